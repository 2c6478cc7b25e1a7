/**
 * Where the timeline's rows stand: pure geometry in CSS pixels, shared by drawing and hit testing.
 *
 * Rows stand from top to bottom without overlap; the plot begins right of the gutter in every row.
 * On a narrow screen there is no gutter and every lane has its name above itself. Lanes that do not
 * fit scroll in a window of their own, and all other rows stay where they are.
 */

export type RowKind =
  | 'ruler'
  | 'holders'
  | 'lane'
  /** Words above the lanes of the run before, and those lanes. */
  | 'caption'
  | 'laneBefore'
  | 'socket'
  | 'queue'
  | 'pnl'
  | 'minimap';

export interface Row {
  readonly kind: RowKind;
  /** Which lane of its index; -1 for a row that is none. */
  readonly lane: number;
  /** Where its label stands; equal to `top` where labels are in the gutter. */
  readonly labelTop: number;
  readonly top: number;
  readonly height: number;
}

/** The window in which the lanes are seen. */
export interface LaneWindow {
  readonly top: number;
  readonly height: number;
  /** What all lanes need; more than `height` where they scroll. */
  readonly needed: number;
  /** How far they are scrolled: 0 to needed - height. */
  readonly scrolled: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Width of the labels' column, left of the plot; 0 where labels are above. */
  readonly gutter: number;
  readonly labels: 'left' | 'above';
  readonly lanes: LaneWindow;
  readonly rows: readonly Row[];
}

export interface LayoutOptions {
  /** CSS pixels of the whole drawing. */
  readonly width: number;
  readonly lanes: number;
  /** `narrow`: labels above lanes. `compact`: queue and PnL fold to sparklines. */
  readonly form: 'wide' | 'compact' | 'narrow';
  /** Lanes of the run before, below the present ones; none unless something else is said. */
  readonly lanesBefore?: number;
  /** What the whole drawing may need in height; lanes scroll rather than go beyond it. */
  readonly heightMax?: number;
  readonly scrolled?: number;
}

export const ROW_PX = {
  ruler: 24,
  holders: 48,
  lane: 28,
  laneMany: 12,
  caption: 20,
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
/** Fewer pixels than this the lanes do not scroll in: eight lanes of full height. */
const WINDOW_PX_MIN = 240;

/** Lays the rows out; the caller gives the canvas the height that comes out. */
export function layOut(options: LayoutOptions): Layout {
  const { width, lanes, form, lanesBefore = 0, heightMax = Infinity, scrolled = 0 } = options;
  const above = form === 'narrow';
  const laneHeight = lanes + lanesBefore > LANES_TALL_MAX ? ROW_PX.laneMany : ROW_PX.lane;
  const top = stack(0, above, [
    ['ruler', ROW_PX.ruler],
    ['holders', ROW_PX.holders],
  ]);
  const bottom = stack(0, above, [
    ['socket', ROW_PX.socket],
    ['queue', form === 'compact' ? ROW_PX.sparkline : ROW_PX.queue],
    ['pnl', form === 'compact' ? ROW_PX.sparkline : ROW_PX.pnl],
    ['minimap', ROW_PX.minimap],
  ]);
  const inWindow = stack(0, above, [
    ...numbered('lane', lanes, laneHeight),
    ...(lanesBefore > 0 ? ([['caption', ROW_PX.caption]] as const) : []),
    ...numbered('laneBefore', lanesBefore, laneHeight),
  ]);
  const needed = inWindow.height;
  const room = Math.max(WINDOW_PX_MIN, heightMax - top.height - bottom.height);
  const height = Math.min(needed, room);
  const by = Math.min(Math.max(0, scrolled), needed - height);
  const gutter = above ? 0 : Math.min(GUTTER_PX, Math.floor(width / 4));
  return {
    width,
    height: top.height + height + bottom.height - GAP_PX,
    gutter,
    labels: above ? 'above' : 'left',
    lanes: { top: top.height, height, needed, scrolled: by },
    rows: [
      ...top.rows,
      ...inWindow.rows.map((row) => moved(row, top.height - by)),
      ...bottom.rows.map((row) => moved(row, top.height + height)),
    ],
  };
}

type Place = readonly [kind: RowKind, height: number, lane?: number];

function numbered(kind: RowKind, count: number, height: number): Place[] {
  return Array.from({ length: count }, (_, lane) => [kind, height, lane] as const);
}

/** Rows one below the other from `from` on, and how much they need with the gap behind each. */
function stack(
  from: number,
  above: boolean,
  places: readonly Place[],
): { readonly rows: readonly Row[]; readonly height: number } {
  let top = from;
  const rows = places.map(([kind, height, lane = -1]): Row => {
    const labelTop = top;
    if (above && kind !== 'ruler' && kind !== 'minimap' && kind !== 'caption') top += LABEL_PX;
    const row = { kind, lane, labelTop, top, height };
    top += height + GAP_PX;
    return row;
  });
  return { rows, height: top - from };
}

function moved(row: Row, by: number): Row {
  return { ...row, labelTop: row.labelTop + by, top: row.top + by };
}

/** Whether a row scrolls with the lanes. */
export function isScrolled({ kind }: Row): boolean {
  return kind === 'lane' || kind === 'laneBefore' || kind === 'caption';
}

/** Whether any of a row, or of its label, is in sight. */
export function isInSight({ lanes }: Layout, row: Row): boolean {
  if (!isScrolled(row)) return true;
  return row.labelTop < lanes.top + lanes.height && row.top + row.height > lanes.top;
}

/** Width of the plot, right of the gutter. */
export function plotWidth(layout: Layout): number {
  return Math.max(0, layout.width - layout.gutter);
}

/** The row at height `y`, or undefined between rows. */
export function rowAt(layout: Layout, y: number): Row | undefined {
  const { lanes, rows } = layout;
  const inWindow = y >= lanes.top && y < lanes.top + lanes.height;
  return rows.find(
    (row) => y >= row.top && y < row.top + row.height && isScrolled(row) === inWindow,
  );
}

/** How far the lanes have to be scrolled so that `lane` is in sight; as they are if it is. */
export function scrollToLane({ lanes, rows }: Layout, lane: number): number {
  const row = rows.find((one) => one.kind === 'lane' && one.lane === lane);
  if (row === undefined) return lanes.scrolled;
  const below = row.top + row.height - (lanes.top + lanes.height);
  const over = lanes.top - row.labelTop;
  if (over > 0) return Math.max(0, lanes.scrolled - over);
  return below > 0 ? lanes.scrolled + below : lanes.scrolled;
}
