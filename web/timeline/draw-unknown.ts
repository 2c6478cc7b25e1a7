/**
 * Stretches of which nobody knows what happened: a veil with falling lines over all rows, dashed
 * edges, and a question mark on the ruler, so that an empty lane there is not taken for rest.
 *
 * The lines fall and stand twice as far apart as any other hatch. A stretch is never narrower than
 * MIN_PX, so no zoom hides one. Few runs have any, so what draws them comes with those that do: it
 * takes from the drawing what it needs of it, and imports nothing.
 */
import type { Box, Frame, Unknown } from './frame.ts';
import type { Row } from './layout.ts';
import type { TimeRange } from './view-state.ts';

const MIN_PX = 3;
const VEIL_ALPHA = 0.72;
const SPACING_PX = 10;
const EDGE_DASH = [4, 3];
/** The least width that has room for the question mark. */
const SIGN_PX = 14;

/** Draws these stretches on a timeline; undefined where there is none. */
export function unknownOf(stretches: readonly TimeRange[]): Unknown | undefined {
  if (stretches.length === 0) return undefined;
  return {
    onAxis: (frame, { top, height, xOf, phase }, ruler) => {
      const { range } = frame.scene.view;
      for (const stretch of stretches) {
        if (stretch.endUs < range.startUs || stretch.startUs > range.endUs) continue;
        const x = xOf(stretch.startUs);
        const width = Math.max(MIN_PX, xOf(stretch.endUs) - x);
        veil(frame, { x, y: top, width, height }, phase);
        if (ruler !== undefined && width >= SIGN_PX) sign(frame, ruler, x + width / 2);
      }
    },
    onMinimap: (frame, row) => {
      const { extent } = frame.scene.view;
      const full = extent.endUs - extent.startUs;
      if (full === 0) return;
      const at = (timeUs: number): number =>
        frame.left + ((timeUs - extent.startUs) / full) * frame.width;
      for (const { startUs, endUs } of stretches) {
        const width = Math.max(MIN_PX, at(endUs) - at(startUs));
        veil(frame, { x: at(startUs), y: row.top, width, height: row.height }, 0);
      }
    },
  };
}

function veil({ pen, scene }: Frame, box: Box, phase: number): void {
  const { palette } = scene;
  pen.fillStyle = palette.panel;
  pen.globalAlpha = VEIL_ALPHA;
  pen.fillRect(box.x, box.y, box.width, box.height);
  pen.globalAlpha = 1;
  pen.strokeStyle = palette.secondary;
  pen.lineWidth = 1;
  pen.beginPath();
  lines(pen, box, phase);
  pen.stroke();
  pen.setLineDash(EDGE_DASH);
  pen.beginPath();
  for (const x of [box.x, box.x + box.width]) {
    pen.moveTo(Math.round(x) + 0.5, box.y);
    pen.lineTo(Math.round(x) + 0.5, box.y + box.height);
  }
  pen.stroke();
  pen.setLineDash([]);
}

/** Lines that fall through the box, SPACING_PX apart. */
function lines(pen: Frame['pen'], { x, y, width, height }: Box, phase: number): void {
  const from = Math.ceil((x - height - phase) / SPACING_PX) * SPACING_PX + phase;
  for (let start = from; start < x + width; start += SPACING_PX) {
    const left = Math.max(x, start);
    const right = Math.min(x + width, start + height);
    if (right <= left) continue;
    pen.moveTo(left, y + left - start);
    pen.lineTo(right, y + right - start);
  }
}

function sign({ pen, scene }: Frame, ruler: Row, x: number): void {
  pen.fillStyle = scene.palette.text;
  pen.font = `600 12px ${scene.fonts.text}`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText('?', x, ruler.top + ruler.height / 2);
}
