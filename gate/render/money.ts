/**
 * The reconciliation as a table: ledger, aggregator and exact difference, point under point.
 *
 * Amounts are decimal text and stay what they are to the last digit; with many symbols, those that
 * agree are counted instead of listed.
 */
import type { Reconciliation, SymbolReconciliation } from '../../sim/index.ts';
import { count, group, plural, stamp } from './figures.ts';
import type { Role, Style } from './style.ts';
import { type Column, type Row, table } from './table.ts';
import { hang, plain } from './text.ts';

const ROWS_MAX = 24;
const MISSING_LINES = 3;

const COLUMNS: readonly Column[] = [
  { head: 'symbol', align: 'left' },
  { head: 'trades', align: 'right' },
  { head: 'wins', align: 'right' },
  { head: 'ledger', align: 'decimal' },
  { head: 'aggregator', align: 'decimal' },
  { head: 'difference', align: 'decimal' },
];

/** How places are told: a run knows times and events, a log its lines. */
export type PlaceKind = 'event' | 'line';

/** The table, and below it where the two parted and what is missing. */
export function moneyLines(style: Style, pnl: Reconciliation, place: PlaceKind): string[] {
  const shown =
    pnl.symbols.length <= ROWS_MAX
      ? pnl.symbols
      : pnl.symbols.filter((symbol) => !isZero(symbol.difference)).slice(0, ROWS_MAX);
  const trades = pnl.symbols.reduce((sum, symbol) => sum + symbol.trades, 0);
  const total: Row = [
    'total',
    count(trades),
    '',
    group(pnl.ledgerTotal),
    group(pnl.aggregatorTotal),
    difference(pnl.difference),
  ];
  const hidden = pnl.symbols.length - shown.length;
  return [
    ...table(style, COLUMNS, [...shown.map(symbolRow), total]),
    ...(hidden === 0 ? [] : [`  ${plural(hidden, 'symbol')} more, left out of the list.`]),
    ...gapLines(style, pnl, place),
  ];
}

function symbolRow(symbol: SymbolReconciliation): Row {
  const wins = symbol.trades === 0 ? 'no fills' : `${percent(symbol.wins, symbol.trades)} %`;
  return [
    symbol.name,
    count(symbol.trades),
    wins,
    group(symbol.ledger),
    group(symbol.aggregator),
    difference(symbol.difference),
  ];
}

function difference(text: string): { text: string; role: Role } {
  return { text: group(text), role: isZero(text) ? 'plain' : 'violated' };
}

function isZero(decimal: string): boolean {
  return !/[1-9]/.test(decimal);
}

function percent(part: number, whole: number): string {
  return ((part * 100) / whole).toFixed(1);
}

function gapLines(style: Style, pnl: Reconciliation, place: PlaceKind): string[] {
  if (isZero(pnl.difference) && pnl.missingCount === 0) return [];
  const lines: string[] = [];
  if (pnl.partedAt !== undefined) {
    lines.push(`Ledger and aggregator never agree again from ${at(pnl.partedAt, place)} on.`);
  }
  if (pnl.missingCount > 0) {
    lines.push(`The aggregator never counted ${plural(pnl.missingCount, 'fill')}:`);
    const names = new Map(pnl.symbols.map((symbol) => [symbol.symbol, symbol.name]));
    for (const missing of pnl.missing.slice(0, MISSING_LINES)) {
      const who = names.get(missing.symbol) ?? 'no symbol';
      const amount = group(missing.amount);
      lines.push(`  order ${missing.order} of ${who}, ${amount}, ${at(missing.at, place)}`);
    }
    const more = pnl.missingCount - Math.min(pnl.missing.length, MISSING_LINES);
    if (more > 0) lines.push(`  and ${count(more)} more`);
    lines.push(
      pnl.explained
        ? 'Together they make up the difference.'
        : 'They do not make up the whole difference.',
    );
  }
  return lines.flatMap((line) => {
    const indent = /^ */.exec(line)?.[0] ?? '';
    return hang(`  ${indent}`, plain(line.trimStart()), style.columns);
  });
}

function at(ref: { readonly seq: number; readonly timeUs: number }, place: PlaceKind): string {
  return place === 'line' ? `line ${ref.seq}` : `event ${ref.seq} at ${stamp(ref.timeUs)}`;
}
