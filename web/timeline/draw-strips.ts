/**
 * The strips of counts and states: holders at once, the socket, the queue.
 *
 * The holders strip shows the maximum of every column and a line at 1; whatever is above the line
 * has the violation's colour and hatch, so no zoom hides an overlap.
 */
import { holdersColumns, queueColumns, socketColumns } from './columns.ts';
import { drawGhostHolders, ghostHolders } from './draw-ghost.ts';
import {
  diamond,
  type Frame,
  ground,
  hatchPhase,
  note,
  rising,
  runs,
  violatedBox,
  xWithin,
} from './frame.ts';
import type { Row } from './layout.ts';
import { SpanKind } from './socket-table.ts';

const DIAMOND_APART_PX = 9;
/** Exchanges are shapes as long as there are three pixels for each. */
const PIXELS_A_SHAPE = 3;

export function drawHolders(frame: Frame, row: Row): void {
  const { pen, scene, left, width } = frame;
  const { palette, index } = scene;
  ground(frame, row);
  const columns = holdersColumns(index, frame.scale);
  const before = ghostHolders(frame);
  const most = Math.max(mostOf(columns), before === undefined ? 0 : mostOf(before));
  const unit = (row.height - 6) / Math.max(2, most);
  const bottom = row.top + row.height;
  runs(columns, (from, to, holders) => {
    pen.fillStyle = palette.holding;
    pen.fillRect(left + from, bottom - unit, to - from, unit);
    if (holders < 2) return;
    const over = unit * (holders - 1);
    violatedBox(frame, { x: left + from, y: bottom - unit - over, width: to - from, height: over });
  });
  if (before !== undefined) drawGhostHolders(frame, row, before, unit);
  const line = Math.round(bottom - unit) - 0.5;
  pen.strokeStyle = palette.text;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.moveTo(left, line);
  pen.lineTo(left + width, line);
  pen.stroke();
  pen.fillStyle = palette.secondary;
  pen.font = `12px ${scene.fonts.figures}`;
  pen.textAlign = 'right';
  pen.textBaseline = 'middle';
  if (scene.layout.labels === 'left') {
    pen.fillText('1', left - 4, line);
    if (most > 1) pen.fillText(String(most), left - 4, bottom - unit * most + 4);
  }
}

/** The greatest of the columns, at least 1. */
function mostOf(columns: Uint8Array): number {
  let most = 1;
  for (const value of columns) if (value > most) most = value;
  return most;
}

export function drawSocket(frame: Frame, row: Row): void {
  const { pen, scene, left } = frame;
  const { palette, index } = scene;
  ground(frame, row);
  if (!index.recorded.exchanges) {
    note(frame, row, scene.words.notRecorded);
    return;
  }
  const { startUs, endUs } = scene.view.range;
  const first = index.socket.firstLasting(startUs);
  const count = index.socket.firstLasting(endUs) - first;
  const columns = socketColumns(index, frame.scale);
  const height = row.height - 8;
  if (count * PIXELS_A_SHAPE <= frame.width) drawSpans(frame, row, first);
  else {
    pen.fillStyle = palette.accent;
    columns.awaiting.forEach((share, x) => {
      if (share <= 0) return;
      const bar = Math.max(1, Math.min(share, 1) * height);
      pen.fillRect(left + x, row.top + row.height - 4 - bar, 1, bar);
    });
  }
  pen.fillStyle = palette.violated;
  let lastX = -Infinity;
  runs(columns.errors, (from, to) => {
    pen.fillRect(left + from, row.top, Math.max(1, to - from), 3);
    if (left + from - lastX < DIAMOND_APART_PX) return;
    lastX = left + from;
    diamond(pen, lastX + 0.5, row.top + row.height / 2, 4);
  });
}

/**
 * Each exchange by itself: solid when answered, open when lost; hatched where there is no socket.
 */
function drawSpans(frame: Frame, row: Row, first: number): void {
  const { pen, scene } = frame;
  const { palette, index, view } = scene;
  const { socket } = index;
  pen.lineWidth = 1;
  for (let at = first; at < socket.size; at++) {
    if (socket.startUs(at) >= view.range.endUs) return;
    const x = xWithin(frame, socket.startUs(at));
    const end = xWithin(frame, Math.min(socket.endUs(at), index.endUs));
    const box = { x, y: row.top + 4, width: Math.max(1, end - x), height: row.height - 8 };
    const kind = socket.kind(at);
    if (kind === SpanKind.answered || kind === SpanKind.awaiting) {
      pen.fillStyle = palette.accent;
      pen.fillRect(box.x, box.y, box.width, box.height);
      continue;
    }
    pen.strokeStyle = kind === SpanKind.closed ? palette.secondary : palette.accent;
    pen.beginPath();
    if (kind === SpanKind.closed) rising(pen, box, hatchPhase(frame));
    pen.rect(box.x + 0.5, box.y + 0.5, Math.max(box.width - 1, 0.5), box.height - 1);
    pen.stroke();
  }
}

export function drawQueue(frame: Frame, row: Row): void {
  const { pen, scene, left } = frame;
  const { palette, index } = scene;
  ground(frame, row);
  if (!index.recorded.requests) {
    note(frame, row, scene.words.notRecorded);
    return;
  }
  const columns = queueColumns(index, frame.scale);
  const most = mostOf(columns);
  const unit = (row.height - 4) / most;
  const bottom = row.top + row.height;
  pen.fillStyle = palette.waiting;
  runs(columns, (from, to, depth) => {
    pen.fillRect(left + from, bottom - unit * depth, to - from, unit * depth);
  });
  if (scene.layout.labels !== 'left') return;
  pen.fillStyle = palette.secondary;
  pen.font = `12px ${scene.fonts.figures}`;
  pen.textAlign = 'right';
  pen.textBaseline = 'top';
  pen.fillText(String(most), left - 4, row.top + 1);
}
