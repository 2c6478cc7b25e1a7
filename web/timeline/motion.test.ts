/** A view on its way begins and ends where it should and never looks outside both. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rangeOnTheWay, ZOOM_MS } from './motion.ts';
import { spanOf } from './view-state.ts';

const anyRange = fc
  .tuple(fc.nat(1_000_000), fc.integer({ min: 20, max: 1_000_000 }))
  .map(([startUs, span]) => ({ startUs, endUs: startUs + span }));

describe('a range on its way', () => {
  it('begins at the one, ends at the other, and stays between them', () => {
    fc.assert(
      fc.property(anyRange, anyRange, fc.integer({ min: 0, max: ZOOM_MS - 1 }), (from, to, ms) => {
        expect(rangeOnTheWay(from, to, 0).startUs).toBeCloseTo(from.startUs, 3);
        expect(rangeOnTheWay(from, to, 0).endUs).toBeCloseTo(from.endUs, 3);
        expect(rangeOnTheWay(from, to, ZOOM_MS)).toBe(to);
        const now = rangeOnTheWay(from, to, ms);
        const slack = 1e-3;
        expect(now.startUs).toBeGreaterThanOrEqual(Math.min(from.startUs, to.startUs) - slack);
        expect(now.endUs).toBeLessThanOrEqual(Math.max(from.endUs, to.endUs) + slack);
        expect(spanOf(now)).toBeGreaterThan(0);
      }),
      { seed: 160, numRuns: 300 },
    );
  });
});
