/** Stub. */
import type { HoldDetails, WaitDetails } from './details.ts';
import type { TimelineIndex } from './index-builder.ts';
import { type Layout, rowAt, type RowKind } from './layout.ts';
import type { ViewState } from './view-state.ts';

/** What lies under a point. */
export interface Hit {
  readonly row: RowKind;
  /** -1 outside lanes. */
  readonly lane: number;
  readonly timeUs: number;
  /** Undefined in the gutter's labels: true there. */
  readonly inGutter: boolean;
  readonly hold: HoldDetails | undefined;
  readonly wait: WaitDetails | undefined;
  /** The event nearest to the point, if one is near. */
  readonly event: { readonly seq: number; readonly timeUs: number } | undefined;
}

export function hitTest(
  _index: TimelineIndex,
  _view: ViewState,
  layout: Layout,
  _x: number,
  y: number,
): Hit | undefined {
  return rowAt(layout, y) === undefined ? undefined : undefined;
}
