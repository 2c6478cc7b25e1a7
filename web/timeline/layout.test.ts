/** Rows never overlap and never leave the drawing; what does not fit scrolls, and only lanes do. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInSight, isScrolled, layOut, rowAt, ROW_PX, scrollToLane } from './layout.ts';

const anyOptions = fc.record({
  width: fc.integer({ min: 1, max: 2_000 }),
  lanes: fc.nat(64),
  form: fc.constantFrom('wide' as const, 'compact' as const, 'narrow' as const),
  lanesBefore: fc.nat(64),
  heightMax: fc.integer({ min: 100, max: 2_000 }),
  scrolled: fc.nat(3_000),
});

describe('a layout', () => {
  it('puts every row below the one before it, and all but lanes inside the drawing', () => {
    fc.assert(
      fc.property(anyOptions, (options) => {
        const { rows, height, lanes } = layOut(options);
        const [scrolling, fixed] = [
          rows.filter(isScrolled),
          rows.filter((row) => !isScrolled(row)),
        ];
        for (const group of [scrolling, fixed]) {
          group.reduce((below, row) => {
            expect(row.labelTop).toBeGreaterThanOrEqual(below);
            expect(row.top).toBeGreaterThanOrEqual(row.labelTop);
            return row.top + row.height;
          }, -Infinity);
        }
        for (const row of fixed) {
          expect(row.labelTop).toBeGreaterThanOrEqual(0);
          expect(row.top + row.height).toBeLessThanOrEqual(height);
          const above = row.top + row.height <= lanes.top;
          expect(above || row.labelTop >= lanes.top + lanes.height).toBe(true);
        }
      }),
      { seed: 64, numRuns: 300 },
    );
  });

  it('lets every lane be reached by scrolling, and none be hit outside the window', () => {
    fc.assert(
      fc.property(anyOptions, fc.nat(63), (options, lane) => {
        const layout = layOut(options);
        const { lanes } = layout;
        for (const row of layout.rows) {
          for (const y of [row.top, row.top + row.height - 1]) {
            const inWindow = y >= lanes.top && y < lanes.top + lanes.height;
            expect(rowAt(layout, y) === row).toBe(isScrolled(row) === inWindow);
          }
        }
        fc.pre(lane < options.lanes);
        const there = layOut({ ...options, scrolled: scrollToLane(layout, lane) });
        const row = there.rows.find((one) => one.kind === 'lane' && one.lane === lane);
        expect(row !== undefined && isInSight(there, row)).toBe(true);
        expect(row?.labelTop).toBeGreaterThanOrEqual(there.lanes.top);
        const bottom = (row?.top ?? 0) + (row?.height ?? 0);
        expect(bottom).toBeLessThanOrEqual(there.lanes.top + there.lanes.height);
      }),
      { seed: 65, numRuns: 300 },
    );
  });

  it('gives lanes 28 pixels, and 12 beyond 16 of them', () => {
    const heights = (lanes: number): number[] =>
      layOut({ width: 1_000, lanes, form: 'wide' })
        .rows.filter(({ kind }) => kind === 'lane')
        .map(({ height }) => height);
    expect(new Set(heights(16))).toEqual(new Set([ROW_PX.lane]));
    expect(new Set(heights(17))).toEqual(new Set([ROW_PX.laneMany]));
  });

  it('of 64 lanes keeps the height that it may have, and does not scroll 3 lanes', () => {
    const many = layOut({ width: 1_000, lanes: 64, form: 'wide', heightMax: 560 });
    expect(many.height).toBeLessThanOrEqual(560);
    expect(many.lanes.needed).toBeGreaterThan(many.lanes.height);
    const few = layOut({ width: 1_000, lanes: 3, form: 'wide', heightMax: 560 });
    expect(few.lanes.needed).toBe(few.lanes.height);
  });
});
