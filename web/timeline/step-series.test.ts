/** A step series answers as a plain list would. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StepSeries } from './step-series.ts';

const anySteps = fc.array(fc.tuple(fc.nat(20), fc.integer({ min: -1_000, max: 1_000 })), {
  maxLength: 400,
});

describe('a step series', () => {
  it('has the value, and the extremes of every stretch, of a plain list', () => {
    fc.assert(
      fc.property(
        anySteps,
        fc.nat(400),
        fc.nat(400),
        fc.nat(8_000),
        (steps, one, other, timeUs) => {
          const series = new StepSeries();
          let now = 0;
          const list = steps.map(([waitUs, value], seq) => {
            now += waitUs;
            series.add(now, value, seq);
            return { timeUs: now, value };
          });
          const at = list.filter((step) => step.timeUs <= timeUs).at(-1)?.value ?? 0;
          expect(series.at(timeUs)).toBe(at);
          expect(series.before(timeUs)).toBe(list.filter((step) => step.timeUs < timeUs).length);
          const from = Math.min(one, other, list.length);
          const to = Math.min(Math.max(one, other), list.length);
          const values = list.slice(from, to).map((step) => step.value);
          values.push(from === 0 ? 0 : (list[from - 1]?.value ?? NaN));
          expect(series.between(from, to)).toEqual({
            min: Math.min(...values),
            max: Math.max(...values),
          });
        },
      ),
      { seed: 5, numRuns: 300 },
    );
  });

  it('keeps its extremes over more than a page', () => {
    const series = new StepSeries();
    for (let at = 0; at < 10_000; at++) series.add(at, at === 4_321 ? -7 : 1, at);
    expect(series.between(1, 10_000)).toEqual({ min: -7, max: 1 });
    expect(series.between(4_322, 4_323)).toEqual({ min: -7, max: 1 });
    expect(series.between(4_323, 10_000)).toEqual({ min: 1, max: 1 });
    expect(series.whole).toEqual({ min: -7, max: 1 });
  });
});
