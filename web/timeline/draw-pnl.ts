/**
 * The PnL lane: the ledger's total solid, the aggregator's dashed, the gap between them shaded.
 *
 * A column shows the value at its end and, where it stands for many steps, the least and greatest
 * in it. Profit and loss have no colours of their own. Figures here are for the eye; the exact ones
 * are the reconciliation's.
 */
import { type Frame, ground, note } from './frame.ts';
import type { Row } from './layout.ts';
import type { StepSeries } from './step-series.ts';

/** One total's columns, in pixels from the top. */
interface Line {
  readonly last: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
}

/** Room for a line of names, and what is left beside them. */
const NAMES_PX = 18;
const NAMES_LEFT_PX = 6;
const NAMES_GAP_PX = 8;

export function drawPnl(frame: Frame, row: Row): void {
  const { scene, left } = frame;
  const { index, palette, words } = scene;
  ground(frame, row);
  if (!index.recorded.figures) {
    note(frame, row, words.notRecorded);
    return;
  }
  const { ledger, aggregator } = index.pnl;
  const min = Math.min(ledger.whole.min, aggregator.whole.min);
  const max = Math.max(ledger.whole.max, aggregator.whole.max);
  const span = Math.max(max - min, 1);
  const y = (cents: number): number => row.top + 4 + (1 - (cents - min) / span) * (row.height - 8);
  const truth = lineOf(frame, ledger, y);
  const claim = lineOf(frame, aggregator, y);
  shadeGap(frame, truth, claim);
  zeroLine(frame, y(0));
  const { pen } = frame;
  stroke(frame, truth, palette.text, []);
  stroke(frame, claim, palette.accent, [4, 3]);
  pen.setLineDash([]);
  if (row.height < 40 || frame.width < 240) return;
  pen.font = `12px ${scene.fonts.text}`;
  pen.textAlign = 'left';
  pen.textBaseline = 'top';
  const aside = NAMES_LEFT_PX + NAMES_GAP_PX + pen.measureText(words.ledger).width;
  const until = aside + pen.measureText(words.aggregator).width;
  const isAbove = ({ high }: Line): boolean =>
    high.subarray(0, until).some((top) => top < row.top + NAMES_PX);
  // The names stand where the lines do not.
  const isLow = isAbove(truth) || isAbove(claim);
  const top = isLow ? row.top + row.height - NAMES_PX : row.top + 2;
  pen.fillStyle = palette.text;
  pen.fillText(words.ledger, left + NAMES_LEFT_PX, top);
  pen.fillStyle = palette.accent;
  pen.fillText(words.aggregator, left + aside, top);
}

function lineOf(frame: Frame, series: StepSeries, y: (cents: number) => number): Line {
  const { range, width, columnUs } = frame.scale;
  const last = new Float64Array(width);
  const high = new Float64Array(width);
  const low = new Float64Array(width);
  let from = series.before(range.startUs);
  for (let x = 0; x < width; x++) {
    const to = series.before(range.startUs + (x + 1) * columnUs, from);
    const { min, max } = series.between(from, to);
    last[x] = y(series.value(to - 1));
    high[x] = y(max);
    low[x] = y(min);
    from = to;
  }
  return { last, high, low };
}

/** Upright lines and a tint between the two totals wherever they are a pixel apart. */
function shadeGap(frame: Frame, truth: Line, claim: Line): void {
  const { pen, scene, left } = frame;
  pen.fillStyle = scene.palette.handover;
  for (let x = 0; x < truth.last.length; x++) {
    const one = truth.last[x] as number;
    const other = claim.last[x] as number;
    const height = Math.abs(one - other);
    if (height < 1) continue;
    pen.globalAlpha = x % 3 === 0 ? 0.7 : 0.25;
    pen.fillRect(left + x, Math.min(one, other), 1, height);
  }
  pen.globalAlpha = 1;
}

function zeroLine(frame: Frame, y: number): void {
  const { pen, scene, left, width } = frame;
  pen.strokeStyle = scene.palette.border;
  pen.lineWidth = 1;
  pen.setLineDash([1, 3]);
  pen.beginPath();
  pen.moveTo(left, Math.round(y) + 0.5);
  pen.lineTo(left + width, Math.round(y) + 0.5);
  pen.stroke();
}

function stroke(frame: Frame, line: Line, colour: string, dash: number[]): void {
  const { pen, left } = frame;
  pen.strokeStyle = colour;
  pen.lineWidth = 1.5;
  pen.setLineDash(dash);
  pen.beginPath();
  for (let x = 0; x < line.last.length; x++) {
    const y = line.last[x] as number;
    if (x === 0) pen.moveTo(left, y);
    else if (y === line.last[x - 1] && y === line.high[x] && y === line.low[x]) {
      // Level stretches are one line: only their last column is a corner.
      if (y !== line.last[x + 1]) pen.lineTo(left + x + 1, y);
    } else {
      pen.lineTo(left + x, line.high[x] as number);
      pen.lineTo(left + x, line.low[x] as number);
      pen.lineTo(left + x, y);
    }
  }
  pen.stroke();
}
