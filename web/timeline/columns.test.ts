/** No zoom hides what happened: columns against a naive reading of the events. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventKind } from '../../sim/index.ts';
import {
  columnOf,
  holdersColumns,
  laneColumns,
  queueColumns,
  scaleOf,
  socketColumns,
} from './columns.ts';
import { anyTurns, eventsOfTurns, indexOf, mostInside } from './testing/made-trace.ts';

const SEED = { seed: 31, numRuns: 200 };
const anyPart = fc.tuple(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.double({ min: 0, max: 1, noNaN: true }),
);
const anyWidth = fc.integer({ min: 1, max: 300 });

describe('the columns of any trace', () => {
  it('show at least the most holders of their time, and no more than was near', () => {
    fc.assert(
      fc.property(anyTurns, anyPart, anyWidth, (turns, [one, other], width) => {
        const events = eventsOfTurns(turns);
        const index = indexOf(events);
        fc.pre(index.endUs > 0);
        const startUs = Math.min(one, other) * index.endUs;
        const scale = scaleOf({ startUs, endUs: Math.max(one, other) * index.endUs + 1 }, width);
        holdersColumns(index, scale).forEach((shown, x) => {
          const fromUs = startUs + x * scale.columnUs;
          const toUs = fromUs + scale.columnUs;
          // What began within the column, strictly: its edges may round to either side.
          const within = mostInside(events, fromUs + 1e-6 * toUs, toUs - 1e-6 * toUs);
          expect(shown).toBeGreaterThanOrEqual(toUs - fromUs > 1 ? within : 0);
          const near = mostInside(events, fromUs - scale.columnUs - 2, toUs + scale.columnUs + 2);
          expect(shown).toBeLessThanOrEqual(near);
        });
      }),
      SEED,
    );
  });

  it('show every violation at every zoom, in its own place', () => {
    fc.assert(
      fc.property(anyTurns, anyWidth, (turns, width) => {
        const index = indexOf(eventsOfTurns(turns));
        fc.pre(index.endUs > 0);
        const scale = scaleOf(index.extent(), width);
        const holders = holdersColumns(index, scale);
        index.byLane.forEach(({ holds }, lane) => {
          const { violated } = laneColumns(index, lane, scale);
          for (let row = 0; row < holds.size; row++) {
            if (holds.holders(row) < 2) continue;
            const x = columnOf(scale, holds.startUs(row));
            expect(holders[x]).toBeGreaterThanOrEqual(holds.holders(row));
            expect(violated[x]).toBe(1);
          }
        });
      }),
      SEED,
    );
  });

  it('hold as much time as the lane did', () => {
    fc.assert(
      fc.property(anyTurns, anyWidth, (turns, width) => {
        const index = indexOf(eventsOfTurns(turns));
        fc.pre(index.endUs > 0);
        const scale = scaleOf(index.extent(), width);
        turns.forEach((lane, number) => {
          const { held, waited } = laneColumns(index, number, scale);
          const sum = (shares: Float32Array): number =>
            shares.reduce((total, share) => total + share, 0) * scale.columnUs;
          const total = (of: (turn: (typeof lane)[number]) => number): number =>
            lane.reduce((all, turn) => all + of(turn), 0);
          const slack = 1e-3 * index.endUs + index.buckets.widthUs;
          expect(Math.abs(sum(held) - total((turn) => turn.holdUs))).toBeLessThanOrEqual(slack);
          expect(Math.abs(sum(waited) - total((turn) => turn.waitUs))).toBeLessThanOrEqual(slack);
        });
      }),
      SEED,
    );
  });
});

describe('one overlap of 50 us in a trace of an hour', () => {
  const hourUs = 3_600_000_000;
  const events = [
    { kind: EventKind.enter, lane: 0, hold: 1, timeUs: 1_800_000_000 },
    { kind: EventKind.enter, lane: 1, hold: 2, timeUs: 1_800_000_100 },
    { kind: EventKind.exit, lane: 0, hold: 1, timeUs: 1_800_000_150 },
    { kind: EventKind.exit, lane: 1, hold: 2, timeUs: 1_800_000_400 },
  ];

  it.each([1, 10, 137, 1_000, 5_000])('is seen in %i columns of the whole', (width) => {
    const index = indexOf(events, hourUs);
    const scale = scaleOf(index.extent(), width);
    expect(Math.max(...holdersColumns(index, scale))).toBe(2);
    expect(Math.max(...laneColumns(index, 0, scale).violated)).toBe(1);
    expect(Math.max(...laneColumns(index, 1, scale).violated)).toBe(1);
    expect(Math.max(...laneColumns(index, 2, scale).violated)).toBe(0);
  });

  it('is as long as it was, close by', () => {
    const index = indexOf(events, hourUs);
    const scale = scaleOf({ startUs: 1_800_000_000, endUs: 1_800_000_500 }, 50);
    const seen = [...holdersColumns(index, scale)];
    expect(seen.slice(0, 10)).toEqual(Array(10).fill(1));
    expect(seen.slice(10, 15)).toEqual(Array(5).fill(2));
    expect(seen.slice(15, 40)).toEqual(Array(25).fill(1));
    expect(seen.slice(40)).toEqual(Array(10).fill(0));
  });
});

describe('queue and socket', () => {
  const events = [
    { kind: EventKind.request, lane: 0, hold: 1, timeUs: 0 },
    { kind: EventKind.grant, lane: 0, hold: 1, timeUs: 0 },
    { kind: EventKind.enter, lane: 0, hold: 1, timeUs: 0 },
    { kind: EventKind.send, lane: 0, hold: 1, timeUs: 100 },
    { kind: EventKind.request, lane: 1, hold: 2, timeUs: 200 },
    { kind: EventKind.request, lane: 2, hold: 3, timeUs: 300 },
    { kind: EventKind.socketError, lane: 2, hold: 0, timeUs: 350 },
    { kind: EventKind.receive, lane: 0, hold: 1, timeUs: 500 },
    { kind: EventKind.exit, lane: 0, hold: 1, timeUs: 600 },
    { kind: EventKind.grant, lane: 1, hold: 2, timeUs: 600 },
    { kind: EventKind.timeout, lane: 2, hold: 3, timeUs: 800 },
  ];

  it.each([10, 20, 5])('stand in %i columns as they happened', (width) => {
    const index = indexOf(events, 1_000);
    const scale = scaleOf(index.extent(), width);
    const per = width / 10;
    const queue = [...queueColumns(index, scale)];
    if (per >= 1) {
      expect(queue[0]).toBe(0);
      expect(queue.slice(3 * per, 6 * per)).toEqual(Array(3 * per).fill(2));
      expect(queue.slice(8 * per + 1).every((depth) => depth === 0)).toBe(true);
    }
    expect(Math.max(...queue)).toBe(2);
    const { awaiting, errors } = socketColumns(index, scale);
    expect(awaiting.reduce((sum, part) => sum + part, 0) * scale.columnUs).toBeCloseTo(400, 1);
    expect(errors[columnOf(scale, 350)]).toBe(1);
  });
});
