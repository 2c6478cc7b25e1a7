/**
 * The timeline's door: all that the page needs, as plain TypeScript without DOM access.
 *
 * ```ts
 * const index = new TimelineIndex({ symbols: 3 });     // once a run
 * index.append(segment);                                // each segment, as it arrives; or
 * index.step(event);                                    // each event of a log
 * index.finish(elapsedUs);                              // when the run is over
 * let view = newView(index.extent());                   // grow(view, index.extent()) while it
 * lives const layout = layOut({ width, lanes: index.lanes.length, form: 'wide' });
 * drawTimeline(context, { index, view, layout, ... });  // canvas: layout.width x layout.height
 * const hit = hitTest(index, view, layout, x, y);       // what is under the pointer
 * const details = detailsAt(index, timeUs);             // holders, waiters, queue, for the
 * inspector const stats = rangeStats(index, selection);           // percentiles a lane
 * const command = commandOfKey(event);                  // physical keys; then applyCommand(...)
 * ```
 *
 * The canvas has to be `width * ratio` by `height * ratio` device pixels; `ratio` goes into the
 * scene.
 */
export { commandOfKey, applyCommand, type TimelineCommand } from './commands.ts';
export { detailsAt, type Details, type HoldDetails, type WaitDetails } from './details.ts';
export { drawTimeline, type Scene, type SceneWords } from './draw.ts';
export { hitTest, type Hit } from './hit-test.ts';
export { TimelineIndex, type Lane, type TimelineOptions } from './index-builder.ts';
export {
  layOut,
  plotWidth,
  rowAt,
  type Layout,
  type LayoutOptions,
  type Row,
  type RowKind,
} from './layout.ts';
export { DARK, FORCED, LIGHT, type Palette } from './palette.ts';
export type { Pen } from './pen.ts';
export { rangeStats, type LaneStats } from './range-stats.ts';
export {
  eventAfter,
  eventBefore,
  firstViolation,
  violationAfter,
  violationBefore,
} from './steps.ts';
export {
  clearSelection,
  fit,
  goTo,
  grow,
  newView,
  pan,
  select,
  show,
  spanOf,
  timeOfX,
  xOfTime,
  zoom,
  type Cursor,
  type TimeRange,
  type ViewState,
} from './view-state.ts';
