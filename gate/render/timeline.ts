/**
 * A small timeline in text: a lane a symbol, who holds and who waits, and how many hold at once.
 *
 * A cell shows the most that happened anywhere within it, so no width can hide an overlap; the row
 * of holders is counted event by event, not read off the cells.
 */
import { type EventRef, NONE } from '../../sim/index.ts';
import type { Picture, Span } from '../evidence/hold-window.ts';
import { stamp } from './figures.ts';
import { glyph, paint, type Role, type Style } from './style.ts';
import { clip, pad, plain, widthOf } from './text.ts';

export interface TimelineView {
  readonly picture: Picture;
  readonly symbolNames: readonly string[];
  readonly taskNames: readonly string[];
  /** Places that the evidence speaks of. */
  readonly marks: readonly EventRef[];
  /** Time, or the lines of a log without time stamps. */
  readonly axis: 'time' | 'line';
}

const LANES_MAX = 10;
const NAME_MAX = 16;
const CELLS_MIN = 16;
const HOLDERS = 'holders';

interface Scale {
  readonly cells: number;
  /** The boundary between cells that is nearest to a place. */
  edge(ref: EventRef): number;
}

interface Lane {
  readonly name: string;
  readonly spans: readonly Span[];
}

/** The timeline's lines: an axis, the lanes, the row of holders, the marks. */
export function timelineLines(style: Style, view: TimelineView): string[] {
  const lanes = lanesOf(view);
  const shown = lanes.slice(0, LANES_MAX);
  const names = Math.max(HOLDERS.length, ...shown.map((lane) => widthOf(lane.name)));
  const scale = scaleOf(view, Math.max(CELLS_MIN, style.columns - names - 4));
  const holders = holdersOf(view.picture, scale);
  const row = (name: string, cells: string) => `  ${pad(name, names)}  ${cells}`;
  const hidden = lanes.length - shown.length;
  return [
    row('', paint(style, 'faint', axis(view, scale.cells))),
    ...shown.map((lane) => row(lane.name, laneCells(style, lane, scale, holders))),
    ...(hidden > 0 ? [row(`and ${hidden} more`, '')] : []),
    row(HOLDERS, holderCells(style, holders)),
    row('', markCells(style, view, scale)),
    ...legend(style, scale.cells).map((text) => row('', paint(style, 'faint', text))),
  ].map((line) => line.trimEnd());
}

function lanesOf(view: TimelineView): Lane[] {
  const lanes = new Map<number, Span[]>();
  for (const span of view.picture.spans) {
    const key = span.symbol === NONE ? NONE + 1 + span.task : span.symbol;
    const lane = lanes.get(key);
    if (lane === undefined) lanes.set(key, [span]);
    else lane.push(span);
  }
  const ordered = [...lanes].sort(([x], [y]) => x - y);
  if (ordered.length > LANES_MAX) ordered.sort(([, x], [, y]) => rank(view, x) - rank(view, y));
  return ordered.map(([key, spans]) => ({ name: nameOf(view, key), spans }));
}

/** Lanes that were inside or waiting at the place itself come first where there are too many. */
function rank(view: TimelineView, spans: readonly Span[]): number {
  const { at } = view.picture;
  return spans.some(({ from, to }) => from.seq <= at.seq && isAfter(to, at)) ? 0 : 1;
}

function isAfter(to: EventRef | undefined, at: EventRef): boolean {
  return to === undefined || to.seq >= at.seq;
}

function nameOf(view: TimelineView, key: number): string {
  const name =
    key > NONE
      ? (view.taskNames[key - NONE - 1] ?? `task ${key - NONE - 1}`)
      : (view.symbolNames[key] ?? `symbol ${key}`);
  return clip(plain(name), NAME_MAX);
}

function scaleOf(view: TimelineView, cells: number): Scale {
  const value = (ref: EventRef) => (view.axis === 'time' ? ref.timeUs : ref.seq);
  const from = value(view.picture.from);
  const span = Math.max(1, value(view.picture.to) - from);
  const edge = (ref: EventRef) =>
    Math.min(cells, Math.max(0, Math.round(((value(ref) - from) * cells) / span)));
  return { cells, edge };
}

/** First and last cell of a stretch: at least one, wherever it lies. */
function cellsOf(scale: Scale, from: EventRef, to: EventRef): readonly [number, number] {
  const first = Math.min(scale.cells - 1, scale.edge(from));
  return [first, Math.max(first, scale.edge(to) - 1)];
}

/** The most holders at once within each cell. */
function holdersOf(picture: Picture, scale: Scale): number[] {
  const most = new Array<number>(scale.cells).fill(0);
  const steps = picture.spans
    .filter((span) => span.kind === 'hold')
    .flatMap((span) => [
      { ref: span.from, change: 1 },
      ...(span.to === undefined ? [] : [{ ref: span.to, change: -1 }]),
    ])
    .sort((x, y) => x.ref.seq - y.ref.seq);
  let inside = 0;
  steps.forEach(({ ref, change }, at) => {
    inside += change;
    const [first, last] = cellsOf(scale, ref, steps[at + 1]?.ref ?? picture.to);
    if (inside === 0) return;
    for (let cell = first; cell <= last; cell++) {
      most[cell] = Math.max(most[cell] ?? 0, inside);
    }
  });
  return most;
}

function laneCells(style: Style, lane: Lane, scale: Scale, holders: readonly number[]): string {
  const glyphs = new Array<'idle' | 'wait' | 'hold' | 'holdNext'>(scale.cells).fill('idle');
  for (const kind of ['wait', 'hold'] as const) {
    for (const span of lane.spans) {
      if (span.kind !== kind) continue;
      const end = span.to ?? { seq: Infinity, timeUs: Infinity };
      const [first, last] = cellsOf(scale, span.from, end);
      const follows = kind === 'hold' && (glyphs[first - 1] ?? 'idle').startsWith('hold');
      glyphs.fill(kind, first, last + 1);
      if (follows) glyphs[first] = 'holdNext';
    }
  }
  const cells = glyphs.map((name, at): readonly [string, Role] => {
    if (name === 'idle') return [glyph(style, name), 'faint'];
    if (name === 'wait') return [glyph(style, name), 'waiting'];
    return [glyph(style, name), (holders[at] ?? 0) > 1 ? 'violated' : 'holding'];
  });
  return paintCells(style, cells);
}

function holderCells(style: Style, holders: readonly number[]): string {
  return paintCells(
    style,
    holders.map((inside) => [digit(inside), inside > 1 ? 'violated' : 'faint'] as const),
  );
}

function digit(inside: number): string {
  if (inside === 0) return ' ';
  return inside > 9 ? '+' : String(inside);
}

function markCells(style: Style, view: TimelineView, scale: Scale): string {
  const cells = new Array<string>(scale.cells).fill(' ');
  const { from, to } = view.picture;
  for (const mark of [view.picture.at, ...view.marks]) {
    if (mark.seq < from.seq || mark.seq > to.seq) continue;
    cells[cellsOf(scale, mark, mark)[0]] = glyph(style, 'place');
  }
  return paint(style, 'violated', cells.join('').trimEnd());
}

/** Neighbours of one role in one colour sequence. */
function paintCells(style: Style, cells: readonly (readonly [string, Role])[]): string {
  let text = '';
  let run = '';
  let role: Role = 'plain';
  for (const [cell, cellRole] of cells) {
    if (cellRole !== role) {
      text += paint(style, role, run);
      run = '';
      role = cellRole;
    }
    run += cell;
  }
  return text + paint(style, role, run.trimEnd());
}

function axis(view: TimelineView, cells: number): string {
  const { from, to } = view.picture;
  const [left, right] =
    view.axis === 'time'
      ? [stamp(from.timeUs), stamp(to.timeUs)]
      : [`line ${from.seq}`, `line ${to.seq}`];
  return left + pad(right, cells - widthOf(left), 'right');
}

function legend(style: Style, cells: number): string[] {
  const parts = [
    `${glyph(style, 'hold')} inside`,
    `${glyph(style, 'wait')} waiting`,
    `${glyph(style, 'place')} evidence`,
  ];
  const line = parts.join('   ');
  return widthOf(line) <= cells ? [line] : parts;
}
