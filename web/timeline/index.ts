/**
 * The timeline's door: all that the page needs, as plain TypeScript without DOM access.
 *
 * ```ts
 * const index = new TimelineIndex({ symbols: 3 });       // once a run
 * index.append(segment);                                 // each segment, as it arrives; or
 * index.step(event);                                     // each event of a log
 * index.finish(elapsedUs);                               // when the run is over
 * let view = newView(index.extent());                    // grow(view, index.extent()) as it lives
 * const layout = layOut({ width, lanes: index.lanes.length, form: 'wide' });
 * drawTimeline(context, { index, view, layout, ... });   // canvas: layout.width x layout.height
 * const hit = hitTest(index, view, layout, x, y);        // what is under the pointer
 * const details = detailsAt(index, timeUs);              // holders, waiters, queue
 * const stats = rangeStats(index, selection);            // percentiles a lane
 * const command = commandOfKey(event);                   // physical keys; then applyCommand(...)
 * const search = new Search(trace, query.matches);       // advance(...) in slices
 * ```
 *
 * The canvas has to be `width * ratio` by `height * ratio` device pixels; `ratio` goes into the
 * scene.
 */
export { type BlastRadius, blastRadius, type EventReader, ordersIn } from './blast-radius.ts';
export {
  applyCommand,
  commandOfKey,
  isViewCommand,
  type KeyBinding,
  KEYS,
  type TimelineCommand,
} from './commands.ts';
export { detailsAt, type Details, type HoldDetails, type WaitDetails } from './details.ts';
export { unknownOf } from './draw-unknown.ts';
export { drawTimeline, type Ghost, type Scene, type SceneWords, type Unknown } from './draw.ts';
export { type Gesture, Gestures, type Grip } from './gestures.ts';
export { hitTest, type Hit } from './hit-test.ts';
export { TimelineIndex, type Lane, type TimelineOptions } from './index-builder.ts';
export {
  layOut,
  plotWidth,
  rowAt,
  scrollToLane,
  type Layout,
  type LayoutOptions,
  type Row,
  type RowKind,
} from './layout.ts';
export { type LockCounts, lockCounts, type LockSoFar, lockSoFar } from './lock-so-far.ts';
export { rangeOnTheWay, ZOOM_MS } from './motion.ts';
export type { OverlapStretch } from './overlap-table.ts';
export { DARK, FORCED, LIGHT, type Palette } from './palette.ts';
export type { Pen } from './pen.ts';
export { rangeStats, type LaneStats } from './range-stats.ts';
export { parseQuery, type Query, Search, SEARCH_FIELDS, type SearchNames } from './search.ts';
export {
  eventAfter,
  eventBefore,
  firstViolation,
  violationAfter,
  violationBefore,
} from './steps.ts';
export { TimeMarks } from './time-marks.ts';
export {
  clearSelection,
  fit,
  follow,
  goTo,
  grow,
  newView,
  pan,
  select,
  show,
  spanOf,
  timeOfX,
  type Cursor,
  type TimeRange,
  type ViewState,
  xOfTime,
  zoom,
} from './view-state.ts';
