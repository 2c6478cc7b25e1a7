/**
 * A figure somebody states in cents: whole, or a binary float that is shown to its last digit.
 *
 * What a float aggregator holds is not money, so it is never rounded here: what it is off by is told
 * exactly. A figure that is no number at all stays visible as `NaN` or `Infinity`.
 */
import { Decimal, exactDecimal, formatCents } from './money.ts';

/** Cents as decimal text in the account's currency, exact: 456386 is `4563.86`. */
export function figureText(cents: number): string {
  if (Number.isSafeInteger(cents)) return formatCents(cents);
  return Number.isFinite(cents) ? currencyText(exactDecimal(cents)) : String(cents);
}

/** `left - right` in cents as exact decimal text in the account's currency. */
export function differenceText(left: number, right: number): string {
  if (!Number.isFinite(left) || !Number.isFinite(right)) return String(left - right);
  return currencyText(exactDecimal(left).minus(exactDecimal(right)));
}

/** Whether two figures are at most `toleranceCents` apart, judged exactly. */
export function isWithin(left: number, right: number, toleranceCents: number): boolean {
  if (!Number.isFinite(left) || !Number.isFinite(right)) return false;
  return exactDecimal(left).minus(exactDecimal(right)).abs().lte(toleranceCents);
}

function currencyText(exactCents: Decimal): string {
  const amount = exactCents.div(100);
  return amount.decimalPlaces() <= 2 ? amount.toFixed(2) : amount.toFixed();
}
