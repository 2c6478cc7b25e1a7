/**
 * What lies under a point: the row, the time, and in a lane the hold, the wait and the nearest
 * event.
 *
 * A hold narrower than a few pixels can still be hit: within SLACK_PX the nearest one counts.
 */
import { type HoldDetails, holdDetails, holdRowAt, waitAt, type WaitDetails } from './details.ts';
import type { TimelineIndex } from './index-builder.ts';
import { type Layout, plotWidth, rowAt, type RowKind } from './layout.ts';
import { eventAfter, eventBefore } from './steps.ts';
import { type Cursor, spanOf, timeOfX, type ViewState } from './view-state.ts';

/** What lies under a point. */
export interface Hit {
  readonly row: RowKind;
  /** -1 outside lanes. */
  readonly lane: number;
  /** On the minimap a time of the whole extent, else one of the range in sight. */
  readonly timeUs: number;
  /** True left of the plot, where the labels are. */
  readonly inGutter: boolean;
  readonly hold: HoldDetails | undefined;
  readonly wait: WaitDetails | undefined;
  /** The event nearest to the point in any lane, if one is near. */
  readonly event: Cursor | undefined;
}

const SLACK_PX = 3;

/** What lies under (x, y), in CSS pixels of the canvas; undefined between rows. */
export function hitTest(
  index: TimelineIndex,
  view: ViewState,
  layout: Layout,
  x: number,
  y: number,
): Hit | undefined {
  const row = rowAt(layout, y);
  if (row === undefined || x < 0 || x > layout.width) return undefined;
  const axis = row.kind === 'minimap' ? view.extent : view.range;
  const width = plotWidth(layout);
  const timeUs = timeOfX(axis, width, x - layout.gutter);
  const inGutter = x < layout.gutter;
  const nothing = { hold: undefined, wait: undefined, event: undefined };
  const place = { row: row.kind, lane: row.lane, timeUs, inGutter };
  if (inGutter || row.kind === 'minimap' || width === 0) return { ...place, ...nothing };
  const slackUs = (SLACK_PX * spanOf(axis)) / width;
  const event = eventNear(index, timeUs, slackUs);
  if (index.byLane[row.lane] === undefined) return { ...place, ...nothing, event };
  const at = holdNear(index, row.lane, timeUs, slackUs);
  const hold = at < 0 ? undefined : holdDetails(index, row.lane, at);
  const wait = at < 0 ? waitAt(index, row.lane, timeUs) : undefined;
  return { ...place, hold, wait, event };
}

/** The hold at a time, else the nearest one within `slackUs`; -1 if there is none. */
function holdNear(index: TimelineIndex, lane: number, timeUs: number, slackUs: number): number {
  const exact = holdRowAt(index, lane, timeUs);
  const holds = index.byLane[lane]?.holds;
  if (exact >= 0 || holds === undefined) return exact;
  let best = -1;
  let bestUs = slackUs;
  const next = holds.firstFrom(timeUs);
  for (const row of [next - 1, next]) {
    if (row < 0 || row >= holds.size) continue;
    const awayUs = Math.max(holds.startUs(row) - timeUs, timeUs - holds.endUs(row));
    if (awayUs > bestUs) continue;
    best = row;
    bestUs = awayUs;
  }
  return best;
}

function eventNear(index: TimelineIndex, timeUs: number, slackUs: number): Cursor | undefined {
  const before = eventBefore(index, { seq: Infinity, timeUs });
  const after = eventAfter(index, { seq: -1, timeUs });
  const beforeUs = before === undefined ? Infinity : timeUs - before.timeUs;
  const afterUs = after === undefined ? Infinity : after.timeUs - timeUs;
  if (Math.min(beforeUs, afterUs) > slackUs) return undefined;
  return beforeUs <= afterUs ? before : after;
}
