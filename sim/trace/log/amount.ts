/**
 * Reads an amount as people and programs print it: `$-62.80`, `-62.8`, `4,371.53`, `1e3`, `nan`.
 *
 * Invariant: an amount that was printed with at most two decimals is exact in cents. One with more
 * is rounded half-even to cents, and what a double holds of it is kept beside, because a figure
 * under test may be a float.
 */
import { Decimal, postCents } from '../../base/money.ts';

export interface Amount {
  /** Whole cents; NaN where the amount is no number. */
  readonly cents: number;
  /** The same in dollars, where it is not a whole number of cents; else undefined. */
  readonly dollars: number | undefined;
}

/** The largest amount that is read, in cents: a hundred thousand million in the currency. */
export const AMOUNT_CENTS_MAX = 10_000_000_000_000;

/** The common form, which needs no exact arithmetic. */
const PLAIN = /^\$?(-?)(\d{1,10})\.(\d\d)$/;
const NUMBER = new RegExp(
  String.raw`^([-+]?)[$€£¥]?([-+]?)(\d[\d,_]*)(?:\.(\d+))?(?:[eE]([-+]?\d{1,3}))?` +
    String.raw`[.,;:)\]"']*$`,
);
const NO_NUMBER = /^([-+]?)[$€£¥]?([-+]?)(?:nan|inf|infinity)$/i;

/** The amount that `text` is, or undefined if it is none, or too large. */
export function readAmount(text: string): Amount | undefined {
  const plain = PLAIN.exec(text);
  if (plain === null) return readRare(text);
  const [, sign, whole, fraction] = plain;
  const cents = Number(whole) * 100 + Number(fraction);
  return { cents: cents === 0 ? 0 : sign === '-' ? -cents : cents, dollars: undefined };
}

function readRare(text: string): Amount | undefined {
  const match = NUMBER.exec(text);
  if (match === null) return NO_NUMBER.test(text) ? noNumber(text) : undefined;
  const [, signBefore, signBehind, whole = '', fraction = '0', exponent = '0'] = match;
  if (signBefore !== '' && signBehind !== '') return undefined;
  const sign = signBefore === '-' || signBehind === '-' ? '-' : '';
  const exact = new Decimal(`${sign}${whole.replace(/[,_]/g, '')}.${fraction}e${exponent}`);
  if (exact.abs().times(100).gt(AMOUNT_CENTS_MAX)) return undefined;
  const cents = postCents(exact);
  const isWhole = exact.times(100).eq(cents);
  return { cents: cents === 0 ? 0 : cents, dollars: isWhole ? undefined : exact.toNumber() };
}

function noNumber(text: string): Amount {
  const size = /nan/i.test(text) ? Number.NaN : Number.POSITIVE_INFINITY;
  return { cents: Number.NaN, dollars: text.includes('-') ? -size : size };
}
