/** What is under the pointer is what was drawn there. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventKind } from '../../sim/index.ts';
import { hitTest } from './hit-test.ts';
import { layOut, plotWidth, rowAt, ROW_PX } from './layout.ts';
import { rangeStats } from './range-stats.ts';
import { anyTurns, eventsOfTurns, indexOf } from './testing/made-trace.ts';
import { newView, show } from './view-state.ts';

const layout = layOut({ width: 1_096, lanes: 4, form: 'wide' });
const middle = (kind: string, lane = -1): number => {
  const row = layout.rows.find((one) => one.kind === kind && one.lane === lane);
  return row === undefined ? NaN : row.top + row.height / 2;
};

describe('a layout', () => {
  it.each(['wide', 'compact', 'narrow'] as const)('when %s has rows that never overlap', (form) => {
    for (const lanes of [0, 1, 16, 17, 64]) {
      const { rows, height } = layOut({ width: 390, lanes, form });
      rows.forEach((row, at) => {
        const next = rows[at + 1];
        expect(row.labelTop).toBeLessThanOrEqual(row.top);
        if (next !== undefined) expect(row.top + row.height).toBeLessThanOrEqual(next.labelTop);
        else expect(row.top + row.height).toBe(height);
      });
      const lane = rows.find((row) => row.kind === 'lane');
      if (lanes > 0) expect(lane?.height).toBe(lanes > 16 ? ROW_PX.laneMany : ROW_PX.lane);
    }
  });

  it('finds the row of every height, and none between rows', () => {
    for (const row of layout.rows) {
      expect(rowAt(layout, row.top)).toBe(row);
      expect(rowAt(layout, row.top + row.height)).not.toBe(row);
    }
    expect(rowAt(layout, -1)).toBeUndefined();
    expect(plotWidth(layout)).toBe(1_000);
  });
});

describe('a hit', () => {
  const events = [
    { kind: EventKind.request, lane: 0, hold: 1, timeUs: 100 },
    { kind: EventKind.grant, lane: 0, hold: 1, timeUs: 300 },
    { kind: EventKind.enter, lane: 0, hold: 1, timeUs: 300 },
    { kind: EventKind.exit, lane: 0, hold: 1, timeUs: 600 },
    { kind: EventKind.request, lane: 1, hold: 2, timeUs: 650 },
    { kind: EventKind.timeout, lane: 1, hold: 2, timeUs: 900 },
    { kind: EventKind.request, lane: 2, hold: 3, timeUs: 700 },
  ].sort((one, other) => one.timeUs - other.timeUs);
  const index = indexOf(events, 1_000);
  const view = newView(index.extent());
  const hit = (x: number, y: number): ReturnType<typeof hitTest> =>
    hitTest(index, view, layout, 96 + x, y);

  it('finds holds and waits of every kind, and the events at their edges', () => {
    expect(hit(450, middle('lane', 0))?.hold).toMatchObject({
      startUs: 300,
      endUs: 600,
      waitUs: 200,
    });
    expect(hit(200, middle('lane', 0))?.wait).toMatchObject({ sinceUs: 100, outcome: 'granted' });
    expect(hit(800, middle('lane', 1))?.wait).toMatchObject({ endUs: 900, outcome: 'timeout' });
    expect(hit(950, middle('lane', 2))?.wait).toMatchObject({ sinceUs: 700, outcome: 'waiting' });
    expect(hit(950, middle('lane', 1))).toMatchObject({ hold: undefined, wait: undefined });
    expect(hit(602, middle('lane', 0))).toMatchObject({ hold: { row: 0 }, event: { timeUs: 600 } });
    expect(hit(450, middle('lane', 0))?.event).toBeUndefined();
  });

  it('knows the gutter, the minimap and the gaps', () => {
    expect(hit(-50, middle('lane', 1))).toMatchObject({ inGutter: true, lane: 1, hold: undefined });
    const closer = show(view, { startUs: 0, endUs: 100 });
    const inMap = hitTest(index, closer, layout, 96 + 500, middle('minimap'));
    expect(inMap).toMatchObject({ row: 'minimap', timeUs: 500 });
    expect(hit(5, -3)).toBeUndefined();
  });

  it('in the middle of any hold is that hold, whatever the zoom', () => {
    fc.assert(
      fc.property(anyTurns, fc.nat(), (turns, which) => {
        const any = indexOf(eventsOfTurns(turns));
        const lane = which % turns.length;
        const holds = any.byLane[lane]?.holds;
        fc.pre(holds !== undefined && holds.size > 0);
        const row = which % (holds?.size ?? 1);
        const startUs = holds?.startUs(row) ?? 0;
        const endUs = holds?.endUs(row) ?? 0;
        fc.pre(endUs - startUs >= 2);
        const seen = show(newView(any.extent()), { startUs: startUs - 10, endUs: endUs + 10 });
        const x =
          96 +
          (((startUs + endUs) / 2 - seen.range.startUs) / (seen.range.endUs - seen.range.startUs)) *
            1_000;
        expect(hitTest(any, seen, layout, x, middle('lane', lane))?.hold?.row).toBe(row);
      }),
      { seed: 8, numRuns: 200 },
    );
  });
});

describe('statistics of a range', () => {
  it('are nearest ranks over what began in it', () => {
    fc.assert(
      fc.property(anyTurns, fc.nat(300_000), fc.nat(300_000), (turns, one, other) => {
        const events = eventsOfTurns(turns);
        const any = indexOf(events);
        const range = { startUs: Math.min(one, other), endUs: Math.max(one, other) };
        fc.pre(range.endUs < any.endUs);
        const stats = rangeStats(any, range);
        turns.forEach((lane, number) => {
          let nowUs = 0;
          const held = lane
            .flatMap(({ restUs, waitUs, holdUs }) => {
              const startUs = nowUs + restUs + waitUs;
              nowUs = startUs + holdUs;
              return startUs >= range.startUs && startUs < range.endUs ? [holdUs] : [];
            })
            .sort((x, y) => x - y);
          const rank = (percent: number): number =>
            held[Math.ceil((percent * held.length) / 100) - 1] ?? 0;
          expect(stats[number]?.holdUs).toEqual({
            samples: held.length,
            p50: rank(50),
            p95: rank(95),
            p99: rank(99),
            max: held.at(-1) ?? 0,
          });
        });
      }),
      { seed: 9, numRuns: 200 },
    );
  });
});
