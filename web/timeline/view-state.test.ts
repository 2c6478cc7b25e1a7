/** Laws of the view: it never leaves the trace, and what was zoomed in can be zoomed out. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clearSelection,
  fit,
  goTo,
  grow,
  newView,
  pan,
  select,
  show,
  SPAN_US_MIN,
  spanOf,
  timeOfX,
  type ViewState,
  xOfTime,
  zoom,
} from './view-state.ts';

const SEED = { seed: 20260118, numRuns: 500 };
const anyExtent = fc
  .tuple(fc.nat(1_000_000), fc.integer({ min: 0, max: 100_000_000 }))
  .map(([startUs, span]) => ({ startUs, endUs: startUs + span }));
const share = fc.double({ min: 0, max: 1, noNaN: true });
/** A view of some part of some trace. */
const anyView = fc.tuple(anyExtent, share, share).map(([extent, one, other]) => {
  const at = (part: number): number => extent.startUs + part * spanOf(extent);
  return show(newView(extent), {
    startUs: at(Math.min(one, other)),
    endUs: at(Math.max(one, other)),
  });
});

function expectValid({ extent, range }: ViewState): void {
  const slack = 1e-6 * (1 + extent.endUs);
  expect(range.startUs).toBeGreaterThanOrEqual(extent.startUs - slack);
  expect(range.endUs).toBeLessThanOrEqual(extent.endUs + slack);
  const least = Math.min(SPAN_US_MIN, spanOf(extent));
  expect(spanOf(range)).toBeGreaterThanOrEqual(least - slack);
}

describe('a view', () => {
  it('stays in the extent and above the least span whatever is done to it', () => {
    const anyStep = fc.oneof(
      fc.tuple(share, fc.double({ min: 0.01, max: 100, noNaN: true })).map(
        ([at, factor]) =>
          (view: ViewState) =>
            zoom(view, view.range.startUs + at * spanOf(view.range), factor),
      ),
      fc.integer({ min: -1e8, max: 1e8 }).map((by) => (view: ViewState) => pan(view, by)),
      fc.tuple(fc.nat(1e8), fc.nat(1e8)).map(
        ([startUs, endUs]) =>
          (view: ViewState) =>
            show(view, { startUs, endUs }),
      ),
      fc.nat(1e8).map((timeUs) => (view: ViewState) => goTo(view, { seq: 1, timeUs })),
    );
    fc.assert(
      fc.property(anyView, fc.array(anyStep, { maxLength: 8 }), (start, steps) => {
        expectValid(steps.reduce((view, step) => step(view), start));
      }),
      SEED,
    );
  });

  it('is the same after zooming in and out about one point, within its limits', () => {
    fc.assert(
      fc.property(
        anyView,
        share,
        fc.double({ min: 1, max: 50, noNaN: true }),
        (view, at, factor) => {
          fc.pre(spanOf(view.range) / factor >= SPAN_US_MIN);
          const point = view.range.startUs + at * spanOf(view.range);
          const back = zoom(zoom(view, point, factor), point, 1 / factor);
          const slack = 1e-6 * (1 + view.extent.endUs);
          expect(Math.abs(back.range.startUs - view.range.startUs)).toBeLessThan(slack);
          expect(Math.abs(back.range.endUs - view.range.endUs)).toBeLessThan(slack);
        },
      ),
      SEED,
    );
  });

  it('keeps the time under the pointer when it zooms in', () => {
    fc.assert(
      fc.property(
        anyView,
        share,
        fc.double({ min: 1, max: 20, noNaN: true }),
        (view, at, factor) => {
          fc.pre(spanOf(view.range) / factor >= SPAN_US_MIN);
          const point = timeOfX(view.range, 1_000, at * 1_000);
          const closer = zoom(view, point, factor);
          expect(xOfTime(closer.range, 1_000, point)).toBeCloseTo(at * 1_000, 1);
        },
      ),
      SEED,
    );
  });

  it('keeps its span when it pans, and stops at both ends', () => {
    fc.assert(
      fc.property(anyView, fc.integer({ min: -1e9, max: 1e9 }), (view, by) => {
        const moved = pan(view, by);
        expect(spanOf(moved.range)).toBeCloseTo(spanOf(view.range), 3);
        expect(pan(view, -1e12).range.startUs).toBeCloseTo(view.extent.startUs, 3);
        expect(pan(view, 1e12).range.endUs).toBeCloseTo(view.extent.endUs, 3);
      }),
      SEED,
    );
  });

  it('is not changed in place', () => {
    const view = Object.freeze(newView(Object.freeze({ startUs: 0, endUs: 1_000 })));
    const closer = zoom(view, 500, 2);
    expect(closer.range).toEqual({ startUs: 250, endUs: 750 });
    expect(pan(closer, 100).range).toEqual({ startUs: 350, endUs: 850 });
    expect(fit(closer).range).toEqual(view.extent);
    expect(view.range).toEqual({ startUs: 0, endUs: 1_000 });
  });

  it('selects in either order, inside the trace, and nothing when nothing is selected', () => {
    const view = newView({ startUs: 0, endUs: 100 });
    expect(select(view, 80, 20).selection).toEqual({ startUs: 20, endUs: 80 });
    expect(select(view, 50, 900).selection).toEqual({ startUs: 50, endUs: 100 });
    expect(select(view, 50, 50).selection).toBeUndefined();
    expect(clearSelection(select(view, 1, 2)).selection).toBeUndefined();
  });

  it('goes along with a growing trace only if it saw all of it', () => {
    const all = newView({ startUs: 0, endUs: 1_000 });
    expect(grow(all, { startUs: 0, endUs: 2_000 }).range.endUs).toBe(2_000);
    const part = zoom(all, 500, 2);
    expect(grow(part, { startUs: 0, endUs: 2_000 }).range).toEqual(part.range);
  });

  it('moves only as far as it has to when it goes to an event', () => {
    const view = show(newView({ startUs: 0, endUs: 10_000 }), { startUs: 100, endUs: 200 });
    expect(goTo(view, { seq: 3, timeUs: 150 }).range).toEqual(view.range);
    expect(goTo(view, { seq: 9, timeUs: 5_000 }).range).toEqual({ startUs: 4_950, endUs: 5_050 });
  });
});
