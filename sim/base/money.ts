/**
 * Money: a whole number of cents in a JavaScript number, exact up to 2^53 - 1 cents.
 *
 * decimal.js parses, rounds and prints; the hot path adds whole numbers and checks the range.
 * Rounding is half-even and happens only where an amount is posted.
 */
import { Decimal as GlobalDecimal } from 'decimal.js';
import { assert } from './assert.ts';
import type { Brand } from './brand.ts';

/** Our own copy of decimal.js: nobody else's settings reach it, nor ours theirs. */
export const Decimal = /* @__PURE__ */ GlobalDecimal.clone({
  precision: 120,
  rounding: GlobalDecimal.ROUND_HALF_EVEN,
  toExpNeg: -120,
  toExpPos: 120,
});
export type Decimal = GlobalDecimal;

export type Cents = Brand<number, 'Cents'>;

/** Takes a whole number of cents; a fraction or a number outside the safe range throws. */
export function cents(value: number): Cents {
  assert(Number.isSafeInteger(value), 'expected whole cents within the safe range');
  return value as Cents;
}

/** The sum of two amounts; leaving the safe range throws rather than loses a cent. */
export function addCents(a: number, b: number): Cents {
  return cents(a + b);
}

/** Rounds an exact amount in the account's currency to cents, half-even: the posting rule. */
export function postCents(amount: Decimal): Cents {
  return cents(amount.times(100).toDecimalPlaces(0).toNumber());
}

/** The exact decimal expansion of a binary float, which `String(0.1 + 0.2)` does not show. */
export function exactDecimal(value: number): Decimal {
  return new Decimal(expandFloat(value));
}

function expandFloat(value: number): string {
  if (Number.isInteger(value)) return String(value);
  let scaled = value;
  let exponent = 0;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    exponent += 1;
  }
  return new Decimal(scaled).div(new Decimal(2).pow(exponent)).toFixed();
}
