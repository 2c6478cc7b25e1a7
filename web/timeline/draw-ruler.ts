/** The ruler with its marks, and the minimap with the part of the whole that is in sight. */
import { holdersColumns, markColumns, scaleOf } from './columns.ts';
import { diamond, type Frame, ground, runs, violatedBox, xOf } from './frame.ts';
import type { Row } from './layout.ts';
import { spanOf } from './view-state.ts';

/** The least distance of two labelled ticks. */
const LABEL_PX = 84;
/** Labels keep clear of their tick, and of the playhead's handle. */
const LABEL_INDENT_PX = 7;
const MARK_APART_PX = 7;
/** Below the minimap, where a search has found something. */
const FOUND_PX = 7;

/** A round step of 1, 2 or 5 times a power of ten, at least `us` microseconds. */
export function tickStep(us: number): number {
  let power = 1;
  while (power * 10 <= us) power *= 10;
  for (const factor of [1, 2, 5, 10]) if (power * factor >= us) return power * factor;
  return power * 10;
}

/** A time as the ruler says it: as many digits as the step needs, in us, ms or s. */
export function tickText(timeUs: number, stepUs: number): string {
  if (stepUs >= 1_000_000) return `${timeUs / 1_000_000} s`;
  if (stepUs >= 1_000) {
    return timeUs >= 10_000_000
      ? `${(timeUs / 1_000_000).toFixed(stepUs >= 100_000 ? 1 : 3)} s`
      : `${timeUs / 1_000} ms`;
  }
  const digits = stepUs >= 100 ? 1 : stepUs >= 10 ? 2 : 3;
  return `${(timeUs / 1_000).toFixed(digits)} ms`;
}

export function drawRuler(frame: Frame, row: Row): void {
  const { pen, scene, left, width, scale } = frame;
  const { palette, view } = scene;
  pen.fillStyle = palette.panel;
  pen.fillRect(0, row.top, scene.layout.width, row.height);
  if (spanOf(view.range) === 0) return;
  const stepUs = tickStep(scale.columnUs * LABEL_PX);
  pen.strokeStyle = palette.border;
  pen.lineWidth = 1;
  pen.beginPath();
  const first = Math.ceil(view.range.startUs / stepUs);
  const last = Math.floor(view.range.endUs / stepUs);
  for (let tick = first; tick <= last; tick++) {
    const x = Math.round(xOf(frame, tick * stepUs)) + 0.5;
    pen.moveTo(x, row.top + row.height - 6);
    pen.lineTo(x, row.top + row.height);
  }
  pen.stroke();
  pen.fillStyle = palette.secondary;
  pen.font = `12px ${scene.fonts.figures}`;
  pen.textBaseline = 'middle';
  for (let tick = first; tick <= last; tick++) {
    const x = xOf(frame, tick * stepUs);
    const text = tickText(tick * stepUs, stepUs);
    if (x + pen.measureText(text).width + LABEL_INDENT_PX > left + width) continue;
    pen.textAlign = 'left';
    pen.fillText(text, x + LABEL_INDENT_PX, row.top + row.height / 2 - 2);
  }
  drawMarks(frame, row);
}

function drawMarks(frame: Frame, row: Row): void {
  const { pen, scene, left, width } = frame;
  pen.fillStyle = scene.palette.violated;
  let lastX = -Infinity;
  for (const timeUs of [...scene.marks].sort((one, other) => one - other)) {
    const x = xOf(frame, timeUs);
    if (x < left || x > left + width || x - lastX < MARK_APART_PX) continue;
    lastX = x;
    diamond(pen, x, row.top + row.height - 5, 4);
  }
}

/** Everything at once: where there are holders, where too many, and which part is in sight. */
export function drawMinimap(frame: Frame, row: Row): void {
  const { pen, scene, left, width } = frame;
  const { palette, index, view } = scene;
  ground(frame, row);
  const scale = scaleOf(view.extent, width);
  const columns = holdersColumns(index, scale);
  const band = scene.found === undefined ? 0 : FOUND_PX;
  const bottom = row.top + row.height - 2 - band;
  const half = (row.height - 4 - band) / 2;
  runs(columns, (from, to, holders) => {
    pen.fillStyle = palette.holding;
    pen.fillRect(left + from, bottom - half, to - from, half);
    if (holders < 2) return;
    violatedBox(frame, { x: left + from, y: row.top + 2, width: to - from, height: half });
  });
  if (scene.found !== undefined) {
    pen.fillStyle = palette.accent;
    runs(markColumns(scene.found, scale), (from, to) => {
      pen.fillRect(left + from, bottom + 2, to - from, band - 1);
    });
  }
  const full = spanOf(view.extent);
  if (full === 0) return;
  const at = (timeUs: number): number => left + ((timeUs - view.extent.startUs) / full) * width;
  const x = at(view.range.startUs);
  const seen = Math.max(2, at(view.range.endUs) - x);
  pen.fillStyle = palette.panel;
  pen.globalAlpha = 0.6;
  pen.fillRect(left, row.top, x - left, row.height);
  pen.fillRect(x + seen, row.top, left + width - x - seen, row.height);
  pen.globalAlpha = 1;
  pen.strokeStyle = palette.text;
  pen.lineWidth = 1;
  pen.strokeRect(x + 0.5, row.top + 0.5, Math.max(1, seen - 1), row.height - 1);
}
