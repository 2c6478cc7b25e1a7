/**
 * Where the timeline's rows stand: pure geometry in CSS pixels, shared by drawing and hit testing.
 *
 * Rows stand from top to bottom without overlap; the plot begins right of the gutter in every row.
 * On a narrow screen there is no gutter and every lane has its name above itself.
 */

export type RowKind = 'ruler' | 'holders' | 'lane' | 'socket' | 'queue' | 'pnl' | 'minimap';

export interface Row {
  readonly kind: RowKind;
  /** Which lane of the index; -1 for a row that is none. */
  readonly lane: number;
  /** Where its label stands; equal to `top` where labels are in the gutter. */
  readonly labelTop: number;
  readonly top: number;
  readonly height: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Width of the labels' column, left of the plot; 0 where labels are above. */
  readonly gutter: number;
  readonly labels: 'left' | 'above';
  readonly rows: readonly Row[];
}

export interface LayoutOptions {
  /** CSS pixels of the whole drawing. */
  readonly width: number;
  readonly lanes: number;
  /** `narrow`: labels above lanes. `compact`: queue and PnL fold to sparklines. */
  readonly form: 'wide' | 'compact' | 'narrow';
}

export const ROW_PX = {
  ruler: 24,
  holders: 48,
  lane: 28,
  laneMany: 12,
  socket: 24,
  queue: 32,
  pnl: 56,
  sparkline: 20,
  minimap: 32,
} as const;

/** More lanes than this are drawn thin. */
export const LANES_TALL_MAX = 16;

const GUTTER_PX = 96;
const LABEL_PX = 14;
const GAP_PX = 2;

/** Lays the rows out; the caller gives the canvas the height that comes out. */
export function layOut({ width, lanes, form }: LayoutOptions): Layout {
  const rows: Row[] = [];
  const above = form === 'narrow';
  let top = 0;
  const add = (kind: RowKind, height: number, lane = -1): void => {
    const labelled = above && kind !== 'ruler' && kind !== 'minimap';
    const labelTop = top;
    if (labelled) top += LABEL_PX;
    rows.push({ kind, lane, labelTop, top, height });
    top += height + GAP_PX;
  };
  add('ruler', ROW_PX.ruler);
  add('holders', ROW_PX.holders);
  const laneHeight = lanes > LANES_TALL_MAX ? ROW_PX.laneMany : ROW_PX.lane;
  for (let lane = 0; lane < lanes; lane++) add('lane', laneHeight, lane);
  add('socket', ROW_PX.socket);
  add('queue', form === 'compact' ? ROW_PX.sparkline : ROW_PX.queue);
  add('pnl', form === 'compact' ? ROW_PX.sparkline : ROW_PX.pnl);
  add('minimap', ROW_PX.minimap);
  const gutter = above ? 0 : Math.min(GUTTER_PX, Math.floor(width / 4));
  return { width, height: top - GAP_PX, gutter, labels: above ? 'above' : 'left', rows };
}

/** Width of the plot, right of the gutter. */
export function plotWidth(layout: Layout): number {
  return Math.max(0, layout.width - layout.gutter);
}

/** The row at height `y`, or undefined between rows. */
export function rowAt(layout: Layout, y: number): Row | undefined {
  return layout.rows.find((row) => y >= row.top && y < row.top + row.height);
}
