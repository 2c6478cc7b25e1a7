/**
 * Draws the whole timeline on a canvas of `layout.width * ratio` by `layout.height * ratio` pixels.
 *
 * Pure with respect to the page: a pen and a scene in, strokes out. Hand-overs, selection, playhead
 * and pointer lie above the rows.
 */
import { US_PER_MS } from '../../sim/index.ts';
import { frameOfGhost } from './draw-ghost.ts';
import { drawLane, hasShapes } from './draw-lanes.ts';
import { drawPnl } from './draw-pnl.ts';
import { drawMinimap, drawRuler } from './draw-ruler.ts';
import { drawHolders, drawQueue, drawSocket } from './draw-strips.ts';
import { type Frame, hatchPhase, newFrame, type Scene, xOf, xWithin } from './frame.ts';
import { NO_LANE } from './hold-table.ts';
import { isInSight, isScrolled, type LaneWindow, type Row } from './layout.ts';
import type { Pen } from './pen.ts';

export type { Ghost, Scene, SceneWords, Unknown } from './frame.ts';

/** Hand-overs are drawn once a hold has so many pixels on average. */
const HANDOVER_PIXELS = 30;
const CHEVRON_PX = 4;
/** Half the width of the playhead's handle on the ruler. */
const HANDLE_PX = 5;

/** Draws the whole timeline. */
export function drawTimeline(pen: Pen, scene: Scene): void {
  const { layout, palette, ratio } = scene;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.globalAlpha = 1;
  pen.setLineDash([]);
  pen.fillStyle = palette.background;
  pen.fillRect(0, 0, layout.width, layout.height);
  const frame = newFrame(pen, scene);
  const { lanes } = layout;
  clipped(frame, 0, lanes.top, lanes.height, () => drawLanes(frame));
  for (const row of layout.rows) {
    if (isScrolled(row)) continue;
    drawLabel(frame, row);
    const isFree = row.kind === 'ruler' || row.kind === 'holders' || row.kind === 'queue';
    if (isFree) drawRow(frame, row);
    else clipped(frame, frame.left, row.top, row.height, () => drawRow(frame, row));
  }
  const axis = axisOf(layout.rows);
  const ruler = layout.rows.find(({ kind }) => kind === 'ruler');
  const below = ruler === undefined ? 0 : ruler.top + ruler.height;
  clipped(frame, frame.left, axis.top, axis.height, () =>
    scene.unknown?.onAxis(
      frame,
      {
        ...{ top: below, height: axis.height - below, phase: hatchPhase(frame) },
        xOf: (timeUs) => xWithin(frame, timeUs),
      },
      ruler,
    ),
  );
  clipped(frame, frame.left, axis.top, axis.height, () => drawOverlays(frame, axis));
}

/** The lanes that are in sight, and the hand-overs between them; the clip is the lanes' window. */
function drawLanes(frame: Frame): void {
  const { layout } = frame.scene;
  const { lanes } = layout;
  const seen = layout.rows.filter((row) => isScrolled(row) && isInSight(layout, row));
  for (const row of seen) drawLabel(frame, row);
  for (const row of seen) {
    if (row.kind === 'caption') continue;
    const part = within(lanes, row);
    clipped(frame, frame.left, part.top, part.height, () => drawRow(frame, row));
  }
  clipped(frame, frame.left, lanes.top, lanes.height, () => {
    drawHandovers(frame, 'lane');
    const before = frameOfGhost(frame);
    if (before !== undefined) drawHandovers(before, 'laneBefore');
  });
}

/** The part of a row that lies in the lanes' window. */
function within({ top, height }: LaneWindow, row: Row): { top: number; height: number } {
  const from = Math.max(top, row.top);
  return { top: from, height: Math.max(0, Math.min(top + height, row.top + row.height) - from) };
}

function drawRow(frame: Frame, row: Row): void {
  switch (row.kind) {
    case 'ruler':
      return drawRuler(frame, row);
    case 'holders':
      return drawHolders(frame, row);
    case 'lane':
      return drawLane(frame, row);
    case 'laneBefore':
      return drawLane(frameOfGhost(frame) ?? frame, row);
    case 'caption':
      return;
    case 'socket':
      return drawSocket(frame, row);
    case 'queue':
      return drawQueue(frame, row);
    case 'pnl':
      return drawPnl(frame, row);
    case 'minimap':
      drawMinimap(frame, row);
      return frame.scene.unknown?.onMinimap(frame, row);
  }
}

/** The rows that share the time axis: all but the minimap. */
function axisOf(rows: readonly Row[]): { readonly top: number; readonly height: number } {
  const shared = rows.filter((row) => row.kind !== 'minimap');
  const last = shared.at(-1);
  return { top: 0, height: last === undefined ? 0 : last.top + last.height };
}

/** Draws within a part of the drawing, from `left` to its right edge. */
function clipped(frame: Frame, left: number, top: number, height: number, draw: () => void): void {
  const { pen } = frame;
  pen.save();
  pen.beginPath();
  pen.rect(left, top, Math.max(0, frame.left + frame.width - left), height);
  pen.clip();
  draw();
  pen.restore();
}

function drawLabel(frame: Frame, row: Row): void {
  const { pen, scene } = frame;
  const { layout, palette, words, fonts } = scene;
  const text = labelOf(row, words, scene);
  if (text === '') return;
  const above = layout.labels === 'above';
  pen.fillStyle = row.kind === 'lane' || row.kind === 'caption' ? palette.text : palette.secondary;
  pen.font = `${row.height < 16 && !above ? 11 : 12}px ${fonts.text}`;
  pen.textAlign = 'left';
  pen.textBaseline = above ? 'top' : 'middle';
  const y = above ? row.labelTop + 1 : row.top + row.height / 2;
  const isWide = above || row.kind === 'caption';
  const room = (isWide ? layout.width : layout.gutter - 18) - 8;
  pen.fillText(shortened(pen, text, room), 4, y);
}

function labelOf(row: Row, words: Scene['words'], { laneNames, ghost }: Scene): string {
  switch (row.kind) {
    case 'lane':
      return laneNames[row.lane] ?? '';
    case 'laneBefore':
      return ghost?.laneNames[row.lane] ?? '';
    case 'caption':
      return words.before ?? '';
    case 'holders':
      return words.holders;
    case 'socket':
      return words.socket;
    case 'queue':
      return words.queue;
    case 'pnl':
      return words.pnl;
    case 'ruler':
    case 'minimap':
      return '';
  }
}

/** As much of a text as there is room for, with an ellipsis where it is cut. */
function shortened(pen: Pen, text: string, room: number): string {
  if (pen.measureText(text).width <= room) return text;
  let length = text.length - 1;
  while (length > 1 && pen.measureText(`${text.slice(0, length)}\u2026`).width > room) length -= 1;
  return `${text.slice(0, length)}\u2026`;
}

/** From the lane that let go to the lane that was let in: a line with a chevron at its end. */
function drawHandovers(frame: Frame, kind: Row['kind']): void {
  const { pen, scene } = frame;
  const { index, layout, view, palette } = scene;
  const middles = new Map<number, number>();
  for (const row of layout.rows) {
    if (row.kind === kind) middles.set(row.lane, row.top + row.height / 2);
  }
  pen.strokeStyle = palette.handover;
  pen.lineWidth = 2;
  pen.beginPath();
  index.byLane.forEach((lane, number) => {
    const { holds } = lane;
    const from = holds.firstLasting(view.range.startUs);
    const end = holds.endBefore(view.range.endUs);
    if ((end - from) * HANDOVER_PIXELS > frame.width || !hasShapes(frame, lane)) return;
    for (let row = from; row < end; row++) {
      const giver = holds.from(row);
      const start = middles.get(giver);
      const to = middles.get(number);
      if (giver === NO_LANE || giver === number || start === undefined || to === undefined)
        continue;
      const x = xOf(frame, holds.grantUs(row));
      if (x < frame.left || x > frame.left + frame.width) continue;
      chevron(pen, x, start, to);
    }
  });
  pen.stroke();
}

function chevron(pen: Pen, x: number, from: number, to: number): void {
  const back = to > from ? -CHEVRON_PX : CHEVRON_PX;
  pen.moveTo(x, from);
  pen.lineTo(x, to);
  pen.moveTo(x - CHEVRON_PX, to + back);
  pen.lineTo(x, to);
  pen.lineTo(x + CHEVRON_PX, to + back);
}

/** Selection, pointer and playhead. */
function drawOverlays(frame: Frame, { top, height }: { top: number; height: number }): void {
  const { pen, scene } = frame;
  const { palette, view, hover } = scene;
  const { selection, cursor } = view;
  if (selection !== undefined) {
    const x = Math.max(xOf(frame, selection.startUs), frame.left - 2);
    const end = Math.min(xOf(frame, selection.endUs), frame.left + frame.width + 2);
    pen.fillStyle = palette.accent;
    pen.globalAlpha = 0.16;
    pen.fillRect(x, top, Math.max(0, end - x), height);
    pen.globalAlpha = 1;
    upright(frame, x, top, height, palette.accent, []);
    upright(frame, end, top, height, palette.accent, []);
  }
  if (hover !== undefined) {
    const x = xOf(frame, hover.timeUs);
    upright(frame, x, top, height, palette.secondary, [2, 3]);
    drawHoverTime(frame, x, hover.timeUs);
  }
  if (cursor !== undefined) {
    const x = xOf(frame, cursor.timeUs);
    upright(frame, x, top, height, palette.text, []);
    pen.fillStyle = palette.text;
    pen.beginPath();
    pen.moveTo(x - HANDLE_PX, top);
    pen.lineTo(x + HANDLE_PX, top);
    pen.lineTo(x + 0.5, top + HANDLE_PX * 1.5);
    pen.closePath();
    pen.fill();
  }
}

/** The exact time under the pointer, on the ruler, on whichever side there is room. */
function drawHoverTime({ pen, scene, left, width }: Frame, x: number, timeUs: number): void {
  const { palette, fonts, layout } = scene;
  const ruler = layout.rows.find(({ kind }) => kind === 'ruler');
  if (ruler === undefined) return;
  const text = `${(timeUs / US_PER_MS).toFixed(3)} ms`;
  pen.font = `12px ${fonts.figures}`;
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  const box = pen.measureText(text).width + 12;
  const from = x + box > left + width ? x - box : x;
  pen.fillStyle = palette.text;
  pen.fillRect(from, ruler.top, box, ruler.height);
  pen.fillStyle = palette.background;
  pen.fillText(text, from + 6, ruler.top + ruler.height / 2);
}

function upright(
  frame: Frame,
  x: number,
  top: number,
  height: number,
  colour: string,
  dash: number[],
): void {
  const { pen } = frame;
  pen.strokeStyle = colour;
  pen.lineWidth = 1;
  pen.setLineDash(dash);
  pen.beginPath();
  pen.moveTo(Math.round(x) + 0.5, top);
  pen.lineTo(Math.round(x) + 0.5, top + height);
  pen.stroke();
  pen.setLineDash([]);
}
