/**
 * A lane: waiting, holding, violated. Close by every hold is a shape, far away a column is a share.
 *
 * Waiting is a third of the height and hatched, holding the full height and solid; where a column
 * stands for many holds, both are as high as their share of its time. A violation is crosshatched
 * over the full height, with a notch at the top and a diamond where somebody came in, at every
 * zoom.
 */
import { laneColumns } from './columns.ts';
import { drawGhostLane } from './draw-ghost.ts';
import {
  type Box,
  diamond,
  type Frame,
  ground,
  hatchPhase,
  rising,
  runs,
  violatedBox,
  xOf,
  xWithin,
} from './frame.ts';
import type { LaneIndex } from './lane-index.ts';
import type { Row } from './layout.ts';
import { overlapsOf } from './overlaps.ts';
import { pendingWaits } from './pending-waits.ts';

/** Holds are shapes as long as there is a pixel for each third of one. */
const PIXELS_A_SHAPE = 3;
const DIAMOND_PX = 3.5;
const DIAMOND_APART_PX = 9;
const NOTCH_PX = 3;
const HALO_PX = 2;
const TALL_PX = 20;

/** Whether the holds of a lane that are in sight are few enough to be drawn one by one. */
export function hasShapes(frame: Frame, lane: LaneIndex): boolean {
  const { startUs, endUs } = frame.scene.view.range;
  const count = lane.holds.endBefore(endUs) - lane.holds.firstLasting(startUs);
  return count * PIXELS_A_SHAPE <= frame.width;
}

export function drawLane(frame: Frame, row: Row): void {
  ground(frame, row);
  const lane = frame.scene.index.byLane[row.lane];
  if (lane === undefined) return;
  drawGhostLane(frame, row);
  if (hasShapes(frame, lane)) drawShapes(frame, row, lane);
  else drawColumns(frame, row);
}

function drawShapes(frame: Frame, row: Row, lane: LaneIndex): void {
  const { pen, scene } = frame;
  const { index, palette, view } = scene;
  const { holds } = lane;
  const from = holds.firstLasting(view.range.startUs);
  const end = holds.endBefore(view.range.endUs);
  drawWaits(frame, row, lane, from, end);
  pen.fillStyle = palette.holding;
  pen.strokeStyle = palette.text;
  for (let at = from; at < end; at++) {
    const until = Math.min(holds.endUs(at), index.endUs);
    const box = boxOf(frame, row, holds.startUs(at), until);
    pen.fillRect(box.x, box.y, box.width, box.height);
    if (palette.outlines) pen.strokeRect(box.x, box.y, box.width, box.height);
  }
  let diamondX = -Infinity;
  for (let at = from; at < end; at++) {
    if (!holds.isOverlapped(at)) continue;
    for (const span of overlapsOf(index, row.lane, at)) {
      violatedBox(frame, boxOf(frame, row, span.startUs, span.endUs));
    }
    const x = xOf(frame, holds.startUs(at));
    if (holds.holders(at) < 2 || x < frame.left || x - diamondX < DIAMOND_APART_PX) continue;
    diamondX = x;
    mark(frame, row, x);
  }
}

function drawWaits(frame: Frame, row: Row, lane: LaneIndex, from: number, end: number): void {
  const { pen, scene } = frame;
  const { index, view, palette } = scene;
  const { holds, waits } = lane;
  const boxes: Box[] = [];
  const add = (startUs: number, endUs: number): void => {
    if (endUs <= startUs || endUs < view.range.startUs || startUs > view.range.endUs) return;
    boxes.push(thirdOf(boxOf(frame, row, startUs, endUs)));
  };
  for (let at = from; at < end; at++) add(holds.requestUs(at), holds.grantUs(at));
  for (let at = waits.firstUntil(view.range.startUs); at < waits.size; at++) {
    if (waits.startUs(at) > view.range.endUs && waits.endUs(at) > view.range.endUs) break;
    add(waits.startUs(at), waits.endUs(at));
  }
  for (const wait of pendingWaits(index)) {
    if (wait.lane === row.lane) add(wait.sinceUs, wait.grantUs ?? index.endUs);
  }
  if (boxes.length === 0) return;
  pen.strokeStyle = palette.waiting;
  pen.lineWidth = 1;
  pen.beginPath();
  const phase = hatchPhase(frame);
  for (const box of boxes) {
    rising(pen, box, phase);
    pen.rect(box.x + 0.5, box.y + 0.5, Math.max(box.width - 1, 0.5), box.height - 1);
  }
  pen.stroke();
}

function drawColumns(frame: Frame, row: Row): void {
  const { pen, scene, left, scale } = frame;
  const { index, palette } = scene;
  const { held, waited, violated } = laneColumns(index, row.lane, scale);
  const inset = insetOf(frame, row);
  const top = row.top + inset;
  const height = row.height - 2 * inset;
  const bottom = top + height;
  pen.fillStyle = palette.holding;
  for (let x = 0; x < held.length; x++) {
    const share = Math.min(held[x] as number, 1);
    if (share <= 0) continue;
    const bar = Math.max(1, share * height);
    pen.fillRect(left + x, bottom - bar, 1, bar);
  }
  pen.fillStyle = palette.waiting;
  const phase = Math.round(scene.view.range.startUs / scale.columnUs);
  for (let x = 0; x < waited.length; x++) {
    const share = Math.min(waited[x] as number, 1);
    // Every third column stays free: the hatch of columns.
    if (share <= 0 || (x + phase) % 3 === 0) continue;
    const base = Math.min(held[x] as number, 1) * height;
    const bar = Math.max(1, (share * height) / 3);
    pen.fillRect(left + x, Math.max(top, bottom - base - bar), 1, bar);
  }
  let diamondX = -Infinity;
  runs(violated, (from, to) => {
    violatedBox(frame, { x: left + from, y: top, width: to - from, height });
    if (left + from - diamondX < DIAMOND_APART_PX) return;
    diamondX = left + from;
    mark(frame, row, left + from);
  });
}

/** The notch and the diamond of somebody who came in while another was inside. */
function mark(frame: Frame, row: Row, x: number): void {
  const { pen, scene } = frame;
  // Cut out of the hatch, so that it is seen on any of it.
  pen.fillStyle = scene.palette.lane;
  pen.beginPath();
  pen.moveTo(x - NOTCH_PX, row.top);
  pen.lineTo(x + NOTCH_PX, row.top);
  pen.lineTo(x, row.top + NOTCH_PX * 2);
  pen.closePath();
  pen.fill();
  const radius = Math.min(DIAMOND_PX, row.height / 2 - 2);
  diamond(pen, x, row.top + row.height / 2, radius + HALO_PX);
  pen.fillStyle = scene.palette.violated;
  diamond(pen, x, row.top + row.height / 2, radius);
}

/** The box of a stretch of time in a lane: as wide as it lasts, at least a pixel. */
function boxOf(frame: Frame, row: Row, startUs: number, endUs: number): Box {
  const x = xWithin(frame, startUs);
  const width = Math.max(1, xWithin(frame, endUs) - x);
  const inset = insetOf(frame, row);
  return { x, y: row.top + inset, width, height: row.height - 2 * inset };
}

/** Holds keep away from a lane's edges, and further where a ghost stands behind them. */
function insetOf({ scene }: Frame, row: Row): number {
  if (scene.ghost?.mode !== 'ghost') return 1;
  return row.height < TALL_PX ? 3 : 5;
}

function thirdOf({ x, y, width, height }: Box): Box {
  return { x, y: y + (height * 2) / 3, width, height: height / 3 };
}
