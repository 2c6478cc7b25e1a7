/**
 * The run before, behind the present one: outlines of its holds, and its holders as a line.
 *
 * Outlines stand over the full height of a lane and the present holds within them, so neither hides
 * the other. Dashes are the ghost's form and the violation's colour stays with what overlapped, so
 * that a repair is seen where it mattered.
 */
import { holdersColumns, laneColumns } from './columns.ts';
import { type Frame, runs, xWithin } from './frame.ts';
import type { HoldTable } from './hold-table.ts';
import type { TimelineIndex } from './index-builder.ts';
import type { Lane } from './lane-index.ts';
import type { Row } from './layout.ts';

const GHOST_DASH = [3, 2];
const GHOST_ALPHA = 0.85;
/** Holds are outlined one by one as long as there are so many pixels for each. */
const PIXELS_A_SHAPE = 3;
const NOTCH_PX = 2;

/** The lane of another index that belongs to the same symbol or task; -1 if there is none. */
export function sameLane(index: TimelineIndex, lane: Lane | undefined): number {
  if (lane === undefined) return -1;
  return index.lanes.findIndex((one) =>
    one.kind === 'symbol'
      ? lane.kind === 'symbol' && one.symbol === lane.symbol
      : lane.kind === 'task' && one.task === lane.task,
  );
}

/** The ghost of one lane, to be drawn before the lane itself. */
export function drawGhostLane(frame: Frame, row: Row): void {
  const { pen, scene } = frame;
  const { ghost, index, palette } = scene;
  if (ghost?.mode !== 'ghost') return;
  const number = sameLane(ghost.index, index.lanes[row.lane]);
  const holds = ghost.index.byLane[number]?.holds;
  if (holds === undefined) return;
  const { startUs, endUs } = scene.view.range;
  const from = holds.firstLasting(startUs);
  const end = holds.endBefore(endUs);
  pen.globalAlpha = GHOST_ALPHA;
  pen.lineWidth = 1;
  if ((end - from) * PIXELS_A_SHAPE <= frame.width) {
    pen.setLineDash(GHOST_DASH);
    const last = { holds, from, end, endUs: ghost.index.endUs };
    outlines(frame, row, { ...last, overlapped: false }, palette.secondary);
    outlines(frame, row, { ...last, overlapped: true }, palette.violated);
  } else profile(frame, row, number);
  pen.setLineDash([]);
  pen.globalAlpha = 1;
}

interface Part {
  readonly holds: HoldTable;
  readonly from: number;
  readonly end: number;
  readonly endUs: number;
  readonly overlapped: boolean;
}

/** The outlines of those holds that overlapped, or of those that did not, in one path. */
function outlines(frame: Frame, row: Row, part: Part, colour: string): void {
  const { pen } = frame;
  const { holds, from, end } = part;
  pen.strokeStyle = colour;
  pen.beginPath();
  for (let at = from; at < end; at++) {
    if (holds.isOverlapped(at) !== part.overlapped) continue;
    const x = Math.round(xWithin(frame, holds.startUs(at)));
    const right = Math.round(xWithin(frame, Math.min(holds.endUs(at), part.endUs)));
    pen.rect(x + 0.5, row.top + 0.5, Math.max(right - x - 1, 0.5), row.height - 1);
  }
  pen.stroke();
}

/** Far away: how much of each column was held, as a line, and where it overlapped, as a notch. */
function profile(frame: Frame, row: Row, number: number): void {
  const { pen, scene, left, scale } = frame;
  const { palette, ghost } = scene;
  if (ghost === undefined) return;
  const { held, violated } = laneColumns(ghost.index, number, scale);
  const height = row.height - 2;
  pen.strokeStyle = palette.secondary;
  pen.beginPath();
  for (let x = 0; x < held.length; x++) {
    const y = Math.round(row.top + 1 + height * (1 - Math.min(held[x] as number, 1))) + 0.5;
    if (x === 0) pen.moveTo(left, y);
    pen.lineTo(left + x, y);
    pen.lineTo(left + x + 1, y);
  }
  pen.stroke();
  pen.fillStyle = palette.violated;
  runs(violated, (from, to) => pen.fillRect(left + from, row.top, to - from, NOTCH_PX));
}

/** The most holders that the run before had in each column, as a line over the strip. */
export function drawGhostHolders(frame: Frame, row: Row, columns: Uint8Array, unit: number): void {
  const { pen, scene, left } = frame;
  const bottom = row.top + row.height;
  const yOf = (holders: number): number => Math.round(bottom - unit * holders) - 0.5;
  pen.strokeStyle = scene.palette.secondary;
  pen.lineWidth = 1;
  pen.globalAlpha = GHOST_ALPHA;
  pen.setLineDash(GHOST_DASH);
  pen.beginPath();
  pen.moveTo(left, yOf(columns[0] ?? 0));
  for (let x = 0; x < columns.length;) {
    const holders = columns[x] as number;
    let end = x + 1;
    while (end < columns.length && columns[end] === holders) end += 1;
    pen.lineTo(left + x, yOf(holders));
    pen.lineTo(left + end, yOf(holders));
    x = end;
  }
  pen.stroke();
  pen.setLineDash([]);
  pen.globalAlpha = 1;
}

/** The columns of the ghost's holders; undefined where it is not shown. */
export function ghostHolders(frame: Frame): Uint8Array | undefined {
  const { ghost } = frame.scene;
  return ghost === undefined ? undefined : holdersColumns(ghost.index, frame.scale);
}

/** Drawn as if the run before were the present one, without marks of its own. */
export function frameOfGhost(frame: Frame): Frame | undefined {
  const { ghost } = frame.scene;
  if (ghost === undefined) return undefined;
  return { ...frame, scene: { ...frame.scene, index: ghost.index, ghost: undefined } };
}
