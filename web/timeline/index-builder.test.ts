/**
 * The index says what the events say: against a naive reading, and against the run's own figures.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventKind, findEntry, ObjectId, runScenario } from '../../sim/index.ts';
import { holdersColumns, queueColumns, scaleOf } from './columns.ts';
import { detailsAt } from './details.ts';
import { TimelineIndex } from './index-builder.ts';
import { overlapsOf } from './overlaps.ts';
import { rangeStats } from './range-stats.ts';
import { anyTurns, eventsOfTurns, indexBySteps, indexOf, insideAt } from './testing/made-trace.ts';

const SEED = { seed: 127, numRuns: 200 };

describe('the index of a run', () => {
  it.each([
    'reference',
    'escaping-lock',
    'no-lock',
    'lock-per-symbol',
    'heartbeat-shares-socket',
    'lease-expires',
    'timeouts-count',
    'barging-lock',
    'snapshot-gap',
    'gateway-restart-mid-order',
    'twenty-symbols-1ms',
  ])('of %s says what the statistics of the run say', (name) => {
    const scenario = findEntry(name)?.scenario;
    if (scenario === undefined) throw new Error(`expected ${name} in the gallery`);
    const index = new TimelineIndex({ symbols: scenario.symbols.length });
    const run = runScenario(scenario, { keepTrace: false, readers: [index.append] });
    index.finish(run.elapsedUs);
    expect(index.violations).toBe(run.lock.overlaps);
    const scale = scaleOf(index.extent(), 500);
    expect(Math.max(0, ...holdersColumns(index, scale))).toBe(run.lock.maxHolders);
    expect(Math.max(0, ...queueColumns(index, scale))).toBe(run.lock.queueDepthMax);
    const stats = rangeStats(index, index.extent());
    for (const { symbol, waitUs, holdUs } of run.lock.perSymbol) {
      expect(stats[symbol]).toEqual({ lane: symbol, waitUs, holdUs });
    }
    expect(index.pnl.ledger.last).toBeCloseTo(Number(run.pnl.ledgerTotal) * 100, 3);
    expect(index.pnl.aggregator.last).toBeCloseTo(Number(run.pnl.aggregatorTotal) * 100, 3);
  });
});

describe('the index of any trace', () => {
  it('knows who was inside at every time', () => {
    fc.assert(
      fc.property(anyTurns, fc.nat(200_000), (turns, anyUs) => {
        const events = eventsOfTurns(turns);
        const index = indexOf(events);
        for (const timeUs of [anyUs, ...events.slice(0, 8).map((event) => event.timeUs)]) {
          const inside = [...insideAt(events, timeUs).values()].sort();
          const told = detailsAt(index, timeUs).holders.map(({ lane }) => lane);
          expect(told.sort()).toEqual(inside);
        }
      }),
      SEED,
    );
  });

  it('is the same however the trace is cut', () => {
    const told = (index: TimelineIndex): unknown => ({
      stats: rangeStats(index, index.extent()),
      violations: index.violations,
      held: index.byLane.map((lane) => [...lane.held.values]),
      violated: index.byLane.map((lane) => [...lane.violated.values]),
      depth: [...index.depthMax.values],
      holders: [...index.holdersMax.values],
    });
    fc.assert(
      fc.property(anyTurns, fc.integer({ min: 1, max: 9 }), (turns, size) => {
        const events = eventsOfTurns(turns);
        const whole = told(indexOf(events, 0, 1_024));
        expect(told(indexOf(events, 0, size * 8))).toEqual(whole);
        expect(told(indexBySteps(events))).toEqual(whole);
      }),
      { ...SEED, numRuns: 50 },
    );
  });

  it('marks exactly the holds that were ever beside another', () => {
    fc.assert(
      fc.property(anyTurns, (turns) => {
        const index = indexOf(eventsOfTurns(turns));
        index.byLane.forEach(({ holds }, lane) => {
          for (let row = 0; row < holds.size; row++) {
            // A hold that meets another without any time in common was beside it all the same.
            if (overlapsOf(index, lane, row).length > 0) {
              expect(holds.isOverlapped(row)).toBe(true);
            }
            if (!holds.isOverlapped(row)) expect(overlapsOf(index, lane, row)).toEqual([]);
          }
        });
      }),
      SEED,
    );
  });

  it('adds up to all the time that was held, however far it has grown', () => {
    fc.assert(
      fc.property(anyTurns, fc.constantFrom(1, 1_000, 100_000), (turns, factor) => {
        const longer = turns.map((lane) =>
          lane.map(({ restUs, waitUs, holdUs }) => ({
            restUs: restUs * factor,
            waitUs: waitUs * factor,
            holdUs: holdUs * factor,
          })),
        );
        const index = indexOf(eventsOfTurns(longer));
        longer.forEach((lane, number) => {
          const total = lane.reduce((sum, turn) => sum + turn.holdUs, 0);
          const summed = index.byLane[number]?.held.values.reduce((sum, us) => sum + us, 0) ?? 0;
          expect(Math.abs(summed - total)).toBeLessThanOrEqual(1e-4 * (1 + total));
        });
      }),
      SEED,
    );
  });
});

describe('the index of a log', () => {
  const log = [
    { kind: EventKind.enter, lane: 0, hold: 1, timeUs: 0 },
    { kind: EventKind.enter, lane: 1, hold: 2, timeUs: 1_000 },
    { kind: EventKind.exit, lane: 0, hold: 1, timeUs: 3_000 },
  ];

  it('has no waits, no queue and no exchanges, and says so', () => {
    const index = indexOf(log, 5_000);
    expect(index.recorded).toEqual({ requests: false, exchanges: false, figures: false });
    const { holders, waiters } = detailsAt(index, 500);
    expect(waiters).toEqual([]);
    expect(holders).toMatchObject([{ lane: 0, waitUs: undefined, requestSeq: undefined }]);
  });

  it('keeps a hold open that is never released', () => {
    const index = indexOf(log, 5_000);
    expect(detailsAt(index, 4_000).holders).toMatchObject([
      { lane: 1, endUs: undefined, exitSeq: undefined, holders: 2, overlapped: true },
    ]);
    expect(overlapsOf(index, 1, 0)).toEqual([{ startUs: 1_000, endUs: 3_000 }]);
  });

  it('counts a hold that is entered twice once, and an exit of nothing not at all', () => {
    const index = indexOf([
      { kind: EventKind.exit, lane: 0, hold: 9, timeUs: 0 },
      { kind: EventKind.enter, lane: 0, hold: 1, timeUs: 1 },
      { kind: EventKind.enter, lane: 0, hold: 1, timeUs: 2 },
      { kind: EventKind.exit, lane: 0, hold: 1, timeUs: 3 },
    ]);
    expect(index.byLane[0]?.holds.size).toBe(1);
    expect(index.violations).toBe(0);
  });
});

describe('another resource', () => {
  it('is not watched', () => {
    const index = new TimelineIndex({ symbols: 1, resource: ObjectId.sideSocket });
    expect(
      indexOf(eventsOfTurns([[{ restUs: 0, waitUs: 0, holdUs: 5 }]])).byLane[0]?.holds.size,
    ).toBe(1);
    for (const event of eventsOfTurns([[{ restUs: 0, waitUs: 0, holdUs: 5 }]])) {
      index.step({ ...event, seq: 0, task: 0, symbol: 0, object: 0, a: 1, b: 0, value: 0 });
    }
    expect(index.byLane[0]?.holds.size).toBe(0);
  });
});
