/** What a gesture or the wheel over the timeline comes to: another view, or another event. */
import { assertUnreachable } from '../../sim/index.ts';
import {
  type Cursor,
  type Gesture,
  hitTest,
  type Layout,
  pan,
  plotWidth,
  select,
  show,
  spanOf,
  type TimelineIndex,
  timeOfX,
  type TimeRange,
  type ViewState,
  zoom,
} from '../timeline/index.ts';

const WHEEL_ZOOM = 0.0015;
const WHEEL_PX_MAX = 200;

/** Where it happens: what is drawn, and what is on the screen of it. */
export interface Plot {
  readonly index: TimelineIndex;
  readonly layout: Layout;
  readonly seen: ViewState;
  /** The whole of the trace, which the minimap shows. */
  readonly extent: TimeRange;
}

export type Gestured =
  | { readonly kind: 'none' }
  | { readonly kind: 'look'; readonly view: ViewState }
  | { readonly kind: 'focus'; readonly at: Cursor };

export function gestured(gesture: Gesture, plot: Plot): Gestured {
  const { seen, layout } = plot;
  const look = (view: ViewState): Gestured => ({ kind: 'look', view });
  switch (gesture.kind) {
    case 'none':
      return { kind: 'none' };
    case 'pan':
      return look(pan(seen, gesture.byPx * usPerPixel(plot)));
    case 'pinch': {
      const spread = zoom(seen, timeAt(plot, gesture.atX), gesture.factor);
      return look(pan(spread, gesture.byPx * usPerPixel(plot)));
    }
    case 'select':
      return look(select(seen, timeAt(plot, gesture.fromX), timeAt(plot, gesture.toX)));
    case 'scrub': {
      const middle = timeOfX(plot.extent, plotWidth(layout), gesture.x - layout.gutter);
      const half = spanOf(seen.range) / 2;
      return look(show(seen, { startUs: middle - half, endUs: middle + half }));
    }
    case 'tap': {
      const near = hitTest(plot.index, seen, layout, gesture.x, gesture.y);
      const at = near?.event ?? startOf(near?.hold);
      return at === undefined ? { kind: 'none' } : { kind: 'focus', at };
    }
    default:
      return assertUnreachable(gesture);
  }
}

/** The part of a WheelEvent that decides. */
export type Wheel = Pick<WheelEvent, 'deltaX' | 'deltaY' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/** The view after a turn of the wheel at pixel `x`; undefined where the page has to scroll. */
export function wheeled(
  { deltaX, deltaY, ctrlKey, metaKey, shiftKey }: Wheel,
  x: number,
  plot: Pick<Plot, 'layout' | 'seen'>,
): ViewState | undefined {
  const sideways = Math.abs(deltaX) > Math.abs(deltaY);
  if (ctrlKey || metaKey) {
    const by = Math.max(-WHEEL_PX_MAX, Math.min(WHEEL_PX_MAX, deltaY));
    return zoom(plot.seen, timeAt(plot, x), 1 - by * WHEEL_ZOOM);
  }
  if (!sideways && !shiftKey) return undefined;
  return pan(plot.seen, (sideways ? deltaX : deltaY) * usPerPixel(plot));
}

function timeAt({ layout, seen }: Pick<Plot, 'layout' | 'seen'>, x: number): number {
  return timeOfX(seen.range, plotWidth(layout), x - layout.gutter);
}

function usPerPixel({ layout, seen }: Pick<Plot, 'layout' | 'seen'>): number {
  return spanOf(seen.range) / Math.max(1, plotWidth(layout));
}

/** Where a hold began: a tap in the middle of a long one means that. */
function startOf(hold: { enterSeq: number; startUs: number } | undefined): Cursor | undefined {
  return hold === undefined ? undefined : { seq: hold.enterSeq, timeUs: hold.startUs };
}
