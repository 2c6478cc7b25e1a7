/**
 * How the view goes from one range to another so that an eye can follow: 160 ms, slower at the end.
 *
 * Only what is looked at moves; evidence never does. Who has asked for reduced motion gets none.
 */
import { spanOf, type TimeRange } from './view-state.ts';

/** How long a zoom takes. */
export const ZOOM_MS = 160;

/** The range on the way after `ms`; `to` itself from ZOOM_MS on. Spans change by equal factors. */
export function rangeOnTheWay(from: TimeRange, to: TimeRange, ms: number): TimeRange {
  if (ms >= ZOOM_MS || spanOf(from) <= 0 || spanOf(to) <= 0) return to;
  const left = 1 - Math.max(0, ms) / ZOOM_MS;
  const share = 1 - left * left * left;
  const growth = spanOf(to) / spanOf(from);
  // The point that keeps its place on the screen while the span grows or shrinks.
  const part = growth === 1 ? share : (growth ** share - 1) / (growth - 1);
  return {
    startUs: from.startUs + (to.startUs - from.startUs) * part,
    endUs: from.endUs + (to.endUs - from.endUs) * part,
  };
}
