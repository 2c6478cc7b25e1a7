/**
 * Reads the money that an engine prints: trades, figures of a symbol, and the final totals.
 *
 * Amounts are whole cents where they were printed with at most two decimals; longer ones (a printed
 * float) keep what a double holds of them, because the figure under test may be no exact one.
 */
import { Decimal } from '../../base/money.ts';

/** What a line says about money; `symbol` is its name, amounts are in cents. */
export type MoneyLine =
  | { readonly kind: 'fill'; readonly symbol: string; readonly cents: number }
  /** The aggregator's figure of a symbol while the run goes on. */
  | { readonly kind: 'metrics'; readonly symbol: string; readonly cents: number }
  /** A symbol's own final sum. */
  | { readonly kind: 'books'; readonly symbol: string; readonly cents: number }
  /** The sum of all symbols' trades, against which the aggregator's is held. */
  | { readonly kind: 'ledgerTotal'; readonly cents: number }
  | { readonly kind: 'aggregatorTotal'; readonly cents: number }
  /** The words are there, but what stands for the amount is no number. */
  | { readonly kind: 'unreadable' };
type MoneyKind = Exclude<MoneyLine['kind'], 'unreadable'>;

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

/** The common form, which needs no exact arithmetic: at most ten digits and two decimals. */
const PLAIN = /^\$?(-?)(\d{1,10})\.(\d\d)$/;
const NUMBER = new RegExp(
  String.raw`^([-+]?)[$€£¥]?([-+]?)(\d[\d,_]*)(?:\.(\d+))?(?:[eE]([-+]?\d{1,3}))?` +
    String.raw`[.,;:)\]"']*$`,
);

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
  const cents = readCents(amountIn(text, amountAt));
  if (kind === 'ledgerTotal' || kind === 'aggregatorTotal') {
    return cents === undefined ? { kind: 'unreadable' } : { kind, cents };
  }
  const close = text.lastIndexOf(']', before);
  const open = text.lastIndexOf('[', close);
  if (open < 0 || close - open < 2) return undefined;
  return cents === undefined
    ? { kind: 'unreadable' }
    : { kind, symbol: text.slice(open + 1, close), cents };
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

/**
 * The cents of an amount as people and programs print it: `$-62.80`, `-62.8`, `4,371.53`, `1e3`.
 * Undefined for anything else, and where the whole cents would leave the safe range.
 */
export function readCents(text: string): number | undefined {
  const plain = PLAIN.exec(text);
  if (plain !== null) {
    const [, sign, whole, fraction] = plain;
    const cents = Number(whole) * 100 + Number(fraction);
    return cents === 0 ? 0 : sign === '-' ? -cents : cents;
  }
  const match = NUMBER.exec(text);
  if (match === null) return undefined;
  const [, signBefore, signBehind, whole = '', fraction = '0', exponent = '0'] = match;
  if (signBefore !== '' && signBehind !== '') return undefined;
  const digits = whole.replace(/[,_]/g, '');
  const cents = new Decimal(`${digits}.${fraction}e${exponent}`).times(100).toNumber();
  if (!(cents <= Number.MAX_SAFE_INTEGER)) return undefined;
  return cents === 0 ? 0 : signBefore === '-' || signBehind === '-' ? -cents : cents;
}
