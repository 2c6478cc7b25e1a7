/**
 * Two small pictures for the report: who held the lock when, and what ledger and aggregator said.
 *
 * Light and dark follow the reader's setting, and every colour has a form beside it. Money is drawn
 * here and judged elsewhere.
 */
import { formatCents } from '../../../sim/index.ts';
import type { HoldSpan, Series, Steps } from './series.ts';

const WIDTH = 960;
const LEFT = 96;
const RIGHT = 12;
const LANE = 22;
const STRIP = 40;
const TOP = 26;
const PNL_HEIGHT = 150;
const US_PER_MS = 1_000;

const STYLE = `
  text { font: 12px ui-monospace, monospace; fill: #1B1D21 }
  .back { fill: #FFFFFF } .faint { fill: #565B64 } .rule { stroke: #868B94 }
  .hold { fill: #3D82E0 } .over { fill: #A8002F }
  .ledger { stroke: #1F5FBF; fill: none; stroke-width: 2 }
  .aggregator { stroke: #8F6400; fill: none; stroke-width: 2; stroke-dasharray: 4 3 }
  @media (prefers-color-scheme: dark) {
    text { fill: #E8EAED } .back { fill: #16191E } .faint { fill: #A6ACB7 }
    .rule { stroke: #6B727E } .hold { fill: #4C8FE8 } .over { fill: #FF7F94 }
    .ledger { stroke: #7DB2FF } .aggregator { stroke: #E9CB7C }
  }`;

/** Each symbol's holds in a lane of its own, above them how many hold at once. */
export function lockSvg(series: Series): string {
  const { symbols, holds, elapsedUs } = series;
  const height = TOP + STRIP + symbols.length * LANE + 8;
  const x = scale(elapsedUs);
  const levels = levelsOf(holds);
  const most = Math.max(1, ...levels.map(([, level]) => level));
  const strip = levels.flatMap(([fromUs, level], at) => {
    if (level === 0) return [];
    const toUs = levels[at + 1]?.[0] ?? elapsedUs;
    const tall = (level / most) * (STRIP - 8);
    const top = TOP + STRIP - 4 - tall;
    return [rect(level > 1 ? 'over' : 'hold', x(fromUs), top, x(toUs) - x(fromUs), tall)];
  });
  const lanes = symbols.flatMap((name, at) => {
    const top = TOP + STRIP + at * LANE;
    return [
      text(4, top + 15, '', name),
      ...holds
        .filter(({ symbol }) => symbol === at)
        .map((hold) => rect('hold', x(hold.fromUs), top + 4, x(hold.toUs) - x(hold.fromUs), 14)),
    ];
  });
  const title = `${holds.length} holds of ${symbols.length} symbols, at most ${most} at once`;
  return svg(height, title, [
    text(LEFT, 16, 'faint', '0 ms'),
    text((LEFT + WIDTH - RIGHT) / 2, 16, '', title, 'middle'),
    text(WIDTH - RIGHT, 16, 'faint', `${Math.round(elapsedUs / US_PER_MS)} ms`, 'end'),
    text(4, TOP + STRIP - 10, '', `holders ${most}`),
    ...strip,
    ...lanes,
  ]);
}

/** Ledger and aggregator over time, the aggregator dashed: apart, they show the gap. */
export function pnlSvg(series: Series): string {
  const { ledger, aggregator, elapsedUs } = series;
  const values = [...ledger, ...aggregator].map(([, cents]) => cents);
  const low = Math.min(0, ...values);
  const high = Math.max(1, ...values);
  const x = scale(elapsedUs);
  const y = (cents: number): number =>
    TOP + (1 - (cents - low) / (high - low)) * (PNL_HEIGHT - TOP - 12);
  const end = (steps: Steps): string => dollars(steps.at(-1)?.[1] ?? 0);
  const title = `ledger ${end(ledger)}, aggregator ${end(aggregator)}`;
  return svg(PNL_HEIGHT, title, [
    text(4, y(high) + 4, 'faint', dollars(high)),
    text(4, y(low) + 4, 'faint', dollars(low)),
    `<line class="rule" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(0)}" y2="${y(0)}"/>`,
    `<path class="ledger" d="${path(ledger, x, y, elapsedUs)}"/>`,
    `<path class="aggregator" d="${path(aggregator, x, y, elapsedUs)}"/>`,
    text(LEFT, 16, '', `${title} (dashed)`),
  ]);
}

/** How many hold at once from each instant on. */
function levelsOf(holds: readonly HoldSpan[]): readonly (readonly [number, number])[] {
  const changes = new Map<number, number>();
  for (const { fromUs, toUs } of holds) {
    changes.set(fromUs, (changes.get(fromUs) ?? 0) + 1);
    changes.set(toUs, (changes.get(toUs) ?? 0) - 1);
  }
  let level = 0;
  return [...changes]
    .sort(([one], [other]) => one - other)
    .map(([timeUs, change]) => [timeUs, (level += change)] as const);
}

function path(
  steps: Steps,
  x: (us: number) => number,
  y: (cents: number) => number,
  endUs: number,
): string {
  const corners = steps.map(([timeUs, cents], at) =>
    at === 0 ? `M${x(timeUs)} ${y(cents)}` : `H${x(timeUs)}V${y(cents)}`,
  );
  return `${corners.join('')}H${x(endUs)}`;
}

function scale(elapsedUs: number): (us: number) => number {
  const room = WIDTH - LEFT - RIGHT;
  return (us) => Math.round((LEFT + (us / Math.max(1, elapsedUs)) * room) * 10) / 10;
}

function rect(name: string, x: number, y: number, width: number, height: number): string {
  const [wide, tall, top] = [Math.max(0.5, width), height, y].map((each) =>
    Number(each.toFixed(1)),
  );
  return `<rect class="${name}" x="${x}" y="${top}" width="${wide}" height="${tall}"/>`;
}

function text(x: number, y: number, name: string, words: string, anchor = 'start'): string {
  const plain = words.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  return `<text class="${name}" x="${x}" y="${y.toFixed(1)}" text-anchor="${anchor}">${plain}</text>`;
}

function dollars(cents: number): string {
  return formatCents(Math.round(cents));
}

function svg(height: number, title: string, parts: readonly string[]): string {
  const plain = title.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img">`,
    `<title>${plain}</title><style>${STYLE}\n</style>`,
    `<rect class="back" width="${WIDTH}" height="${height}"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}
