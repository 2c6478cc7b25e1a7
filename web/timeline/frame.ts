/**
 * What every part of the drawing shares: the pen, the scene, and the forms that carry meanings.
 *
 * Hatches are lines cut to their box by arithmetic, in one path each, and move with the time axis.
 */
import type { TimelineIndex } from './index-builder.ts';
import type { TimeMarks } from './time-marks.ts';
import { type Layout, plotWidth, type Row } from './layout.ts';
import type { Palette } from './palette.ts';
import type { Pen } from './pen.ts';
import { spanOf, type ViewState } from './view-state.ts';
import { type Scale, scaleOf } from './columns.ts';

/** Words that stand in the drawing, in the page's language. */
export interface SceneWords {
  readonly holders: string;
  readonly socket: string;
  readonly queue: string;
  readonly pnl: string;
  readonly ledger: string;
  readonly aggregator: string;
  readonly notRecorded: string;
  /** Above the lanes of the run before; left out where there is none. */
  readonly before?: string;
}

/** The run before, on the same axis. */
export interface Ghost {
  readonly index: TimelineIndex;
  /** Its lanes behind the present ones, or below them. */
  readonly mode: 'ghost' | 'beside';
  /** A name a lane, in the order of its own lanes. */
  readonly laneNames: readonly string[];
}

/** All that one drawing depends on. */
export interface Scene {
  readonly index: TimelineIndex;
  readonly view: ViewState;
  readonly layout: Layout;
  readonly palette: Palette;
  readonly words: SceneWords;
  /** A name a lane, in the order of `index.lanes`. */
  readonly laneNames: readonly string[];
  /** Device pixels a CSS pixel. */
  readonly ratio: number;
  /** CSS font families: for words, and for figures (its digits must be of one width). */
  readonly fonts: { readonly text: string; readonly figures: string };
  /** What the pointer is on. */
  readonly hover: { readonly lane: number; readonly timeUs: number } | undefined;
  /**
   * Times of findings to mark on the ruler, such as checks' evidence; the overlaps mark themselves.
   */
  readonly marks: readonly number[];
  readonly ghost?: Ghost | undefined;
  /** Where a search found something. */
  readonly found?: TimeMarks | undefined;
  /** What nobody knows of the run; only one that was recorded has any. */
  readonly unknown?: Unknown | undefined;
}

/** Stretches of which nobody knows what happened, as what draws them. */
export interface Unknown {
  readonly onAxis: (frame: Frame, place: UnknownPlace, ruler: Row | undefined) => void;
  /** On the minimap, where the whole trace is seen. */
  readonly onMinimap: (frame: Frame, row: Row) => void;
}

/** Where they stand on the axis; the clip is the plot. */
export interface UnknownPlace {
  readonly top: number;
  readonly height: number;
  /** As `xWithin` and `hatchPhase` give them. */
  readonly xOf: (timeUs: number) => number;
  readonly phase: number;
}

/** One drawing under way. */
export interface Frame {
  readonly pen: Pen;
  readonly scene: Scene;
  /** Left edge and width of the plot. */
  readonly left: number;
  readonly width: number;
  readonly scale: Scale;
}

export const HATCH_PX = 5;

/** A frame of the scene's own range. */
export function newFrame(pen: Pen, scene: Scene): Frame {
  const width = plotWidth(scene.layout);
  return { pen, scene, left: scene.layout.gutter, width, scale: scaleOf(scene.view.range, width) };
}

/** Where a time stands, in CSS pixels of the canvas. */
export function xOf(frame: Frame, timeUs: number): number {
  const { range } = frame.scene.view;
  const span = spanOf(range);
  return frame.left + (span === 0 ? 0 : ((timeUs - range.startUs) / span) * frame.width);
}

/** The same, kept near the plot's edges, because canvases lose far coordinates. */
export function xWithin(frame: Frame, timeUs: number): number {
  return Math.min(Math.max(xOf(frame, timeUs), frame.left - 2), frame.left + frame.width + 2);
}

/** How far hatches are shifted, so that they move with what they fill. */
export function hatchPhase(frame: Frame): number {
  const { startUs } = frame.scene.view.range;
  return -((startUs / frame.scale.columnUs) % HATCH_PX);
}

/** Adds lines that rise through the box to the path. */
export function rising(pen: Pen, box: Box, phase: number): void {
  const { x, y, width, height } = box;
  const end = x + width + y + height;
  for (let c = lineFrom(x + y, phase); c < end; c += HATCH_PX) {
    const left = Math.max(x, c - y - height);
    const right = Math.min(x + width, c - y);
    if (right <= left) continue;
    pen.moveTo(left, c - left);
    pen.lineTo(right, c - right);
  }
}

/** Adds lines that fall through the box to the path. */
export function falling(pen: Pen, box: Box, phase: number): void {
  const { x, y, width, height } = box;
  for (let c = lineFrom(x - y - height, phase); c < x + width - y; c += HATCH_PX) {
    const left = Math.max(x, c + y);
    const right = Math.min(x + width, c + y + height);
    if (right <= left) continue;
    pen.moveTo(left, left - c);
    pen.lineTo(right, right - c);
  }
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A filled diamond about a point. */
export function diamond(pen: Pen, x: number, y: number, radius: number): void {
  pen.beginPath();
  pen.moveTo(x, y - radius);
  pen.lineTo(x + radius, y);
  pen.lineTo(x, y + radius);
  pen.lineTo(x - radius, y);
  pen.closePath();
  pen.fill();
}

/** The form of a violation: a tint, crosshatch in full strength, and an edge. */
export function violatedBox(frame: Frame, box: Box): void {
  const { pen, scene } = frame;
  const { palette } = scene;
  pen.fillStyle = palette.lane;
  pen.fillRect(box.x, box.y, box.width, box.height);
  pen.fillStyle = palette.violated;
  pen.globalAlpha = palette.outlines ? 0 : 0.35;
  pen.fillRect(box.x, box.y, box.width, box.height);
  pen.globalAlpha = 1;
  if (box.width < 3) {
    pen.fillRect(box.x, box.y, box.width, box.height);
    return;
  }
  pen.strokeStyle = palette.violated;
  pen.lineWidth = 1;
  pen.beginPath();
  rising(pen, box, hatchPhase(frame));
  falling(pen, box, hatchPhase(frame));
  pen.rect(box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1);
  pen.stroke();
}

/** Calls `draw` with every run of equal columns that are not 0. */
export function runs(
  values: Uint8Array,
  draw: (from: number, to: number, value: number) => void,
): void {
  for (let x = 0; x < values.length;) {
    const value = values[x] as number;
    let end = x + 1;
    while (end < values.length && values[end] === value) end += 1;
    if (value !== 0) draw(x, end, value);
    x = end;
  }
}

/** Fills a row's plot with the lanes' ground. */
export function ground(frame: Frame, row: Row): void {
  frame.pen.fillStyle = frame.scene.palette.lane;
  frame.pen.fillRect(frame.left, row.top, frame.width, row.height);
}

/** Words in the middle of a row where there is nothing to draw. */
export function note(frame: Frame, row: Row, text: string): void {
  const { pen, scene } = frame;
  pen.fillStyle = scene.palette.secondary;
  pen.font = `12px ${scene.fonts.text}`;
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  pen.fillText(text, frame.left + 8, row.top + row.height / 2);
}

function lineFrom(low: number, phase: number): number {
  return Math.ceil((low - phase) / HATCH_PX) * HATCH_PX + phase;
}
