/**
 * The posting rule in whole numbers: half-even division, for the hot path.
 *
 * It gives what `postCents` of base/money gives for the same fraction (a property test compares
 * them) without making a decimal object. Exact while the numerator is a safe whole number.
 */

/** `numerator / denominator` rounded to a whole number, ties to the even one; denominator > 0. */
export function divideHalfEven(numerator: number, denominator: number): number {
  // Not `%`: on numbers beyond 31 bits it costs as much as all the rest of an execution.
  const whole = Math.trunc(numerator / denominator) + 0;
  const rest = numerator - whole * denominator;
  const twice = 2 * Math.abs(rest);
  const away = twice > denominator || (twice === denominator && whole % 2 !== 0);
  if (!away) return whole;
  return rest < 0 ? whole - 1 : whole + 1;
}
