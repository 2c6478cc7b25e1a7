/** A tally's percentiles are those of the sorted samples. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Tally } from './tally.ts';

const SEED = 127;

/** The nearest rank by its definition. */
function nearestRank(samples: readonly number[], percent: number): number {
  const sorted = [...samples].sort((x, y) => x - y);
  return sorted[Math.ceil((percent * samples.length) / 100) - 1] ?? 0;
}

function tallyOf(samples: readonly number[]): Tally {
  const tally = new Tally();
  for (const us of samples) tally.add(us);
  return tally;
}

const durations = fc.array(
  fc.oneof(fc.nat(300), fc.nat(70_000), fc.integer({ min: 60_000, max: 9_000_000_000 })),
);

describe('a tally', () => {
  it('is all zero without a sample', () => {
    expect(new Tally().percentiles()).toEqual({ samples: 0, p50: 0, p95: 0, p99: 0, max: 0 });
  });

  it('takes the nearest rank of all samples, short and long', () => {
    fc.assert(
      fc.property(durations, (samples) => {
        const expected = {
          samples: samples.length,
          p50: nearestRank(samples, 50),
          p95: nearestRank(samples, 95),
          p99: nearestRank(samples, 99),
          max: Math.max(0, ...samples),
        };
        expect(tallyOf(samples).percentiles()).toEqual(expected);
      }),
      { seed: SEED },
    );
  });

  it('adds up with another as if all samples had been its own', () => {
    fc.assert(
      fc.property(durations, durations, (mine, others) => {
        const tally = tallyOf(mine);
        tally.addAll(tallyOf(others));
        expect(tally.percentiles()).toEqual(tallyOf([...mine, ...others]).percentiles());
      }),
      { seed: SEED },
    );
  });

  it('rounds up to whole milliseconds once too many different durations were long', () => {
    const tally = new Tally();
    for (let us = 0; us < 200_000; us++) tally.add(1_000_000 + us);
    for (let n = 0; n < 400_000; n++) tally.add(5_000_001);
    expect(tally.percentiles()).toMatchObject({ samples: 600_000, p50: 5_001_000, max: 5_000_001 });
  });
});
