/**
 * A figure that somebody states: whole cents, or a binary float in dollars shown to its last digit.
 *
 * What a float aggregator holds is not money, so it is never rounded here: what it is off by is
 * told exactly. A figure that is no number at all stays visible as `NaN` or `Infinity`.
 */
import { Decimal, exactDecimal } from './money.ts';

const CENTS_PER_UNIT = 100;

/** The exact amount in the account's currency. `inDollars` tells floats in dollars from cents. */
export function exactAmount(value: number, inDollars: boolean): Decimal {
  const exact = Number.isFinite(value) ? exactDecimal(value) : new Decimal(value);
  return inDollars ? exact : exact.div(CENTS_PER_UNIT);
}

/** An exact amount as decimal text, with all its digits and at least two after the point. */
export function amountText(amount: Decimal): string {
  return amount.isFinite() && amount.decimalPlaces() <= 2 ? amount.toFixed(2) : amount.toFixed();
}

/** Whether two exact amounts are at most `toleranceCents` apart; false where one is no number. */
export function isWithin(left: Decimal, right: Decimal, toleranceCents: number): boolean {
  return left.minus(right).abs().times(CENTS_PER_UNIT).lte(toleranceCents);
}
