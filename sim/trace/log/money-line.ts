/**
 * Reads the money that an engine prints: trades, figures of a symbol, and the final totals.
 *
 * Known limit: the words are those of the reference; other words need a pattern.
 */
import { type Amount, readAmount } from './amount.ts';

export type MoneyKind =
  | 'fill'
  /** The aggregator's figure of a symbol while the run goes on. */
  | 'metrics'
  /** A symbol's own final sum. */
  | 'books'
  /** The sum of all symbols' trades, against which the aggregator's is held. */
  | 'ledgerTotal'
  | 'aggregatorTotal';

/** What a line says about money; a total has no symbol, its name is empty. */
export interface MoneyLine {
  readonly kind: MoneyKind;
  readonly symbol: string;
  /** Undefined where what stands for the amount is none. */
  readonly amount: Amount | undefined;
}

/** The words before `PnL=` or `PnL:`, with `#` for a number, and what they introduce. */
const WORDS: readonly (readonly [string, MoneyKind, string])[] = [
  ['Trade executed, ', 'fill', '='],
  ['Trades: #, ', 'metrics', ':'],
  ['Completed: # trades, ', 'books', '='],
  ['Trades=#, ', 'books', '='],
  ['Simulated Total ', 'ledgerTotal', ':'],
  ['Aggregator Total ', 'aggregatorTotal', ':'],
];

const NAME = 'PnL';
const AMOUNT_LENGTH_MAX = 64;

/** What `text`, a line without colours that contains `PnL`, says about money, if anything. */
export function readMoneyLine(text: string): MoneyLine | undefined {
  for (let at = text.indexOf(NAME); at >= 0; at = text.indexOf(NAME, at + 1)) {
    for (const [words, kind, sign] of WORDS) {
      if (text[at + NAME.length] !== sign) continue;
      const before = startOf(words, text, at);
      if (before >= 0) return moneyLine(kind, text, before, at + NAME.length + 1);
    }
  }
  return undefined;
}

/** Where `words` begin that end at `end`, or -1 if others stand there. */
function startOf(words: string, text: string, end: number): number {
  const gap = words.indexOf('#');
  if (gap < 0) return text.endsWith(words, end) ? end - words.length : -1;
  if (!text.endsWith(words.slice(gap + 1), end)) return -1;
  let at = end - (words.length - gap - 1);
  const digitsEnd = at;
  while (at > 0 && isDigit(text.charCodeAt(at - 1))) at -= 1;
  if (at === digitsEnd || !text.endsWith(words.slice(0, gap), at)) return -1;
  return at - gap;
}

function moneyLine(
  kind: MoneyKind,
  text: string,
  before: number,
  amountAt: number,
): MoneyLine | undefined {
  const amount = readAmount(amountIn(text, amountAt));
  if (kind === 'ledgerTotal' || kind === 'aggregatorTotal') return { kind, symbol: '', amount };
  const close = text.lastIndexOf(']', before);
  const open = text.lastIndexOf('[', close);
  if (open < 0 || close - open < 2) return undefined;
  return { kind, symbol: text.slice(open + 1, close), amount };
}

/** What stands from `at` to the next blank. */
function amountIn(text: string, at: number): string {
  let from = at;
  while (text[from] === ' ') from += 1;
  const limit = Math.min(text.length, from + AMOUNT_LENGTH_MAX);
  let end = from;
  while (end < limit && text.charCodeAt(end) > 32) end += 1;
  return text.slice(from, end);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
