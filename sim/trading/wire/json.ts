/**
 * Reading JSON that somebody else wrote: nothing throws, nothing is coerced, decimals stay exact.
 *
 * A decimal is taken from the shortest text of its JSON number (what every language prints for
 * 0.01), or from decimal text, through decimal.js into whole units; a fraction of a unit is refused
 * rather than rounded. Writing: up to 15 digits a JSON number carries a decimal unharmed; longer
 * ones go as text.
 */
import { Decimal } from '../../base/money.ts';

export type Fields = Readonly<Record<string, unknown>>;

const DECIMAL_TEXT = /^-?\d{1,18}(\.\d{1,9})?$/;
const NUMBER_UNITS_MAX = 999_999_999_999_999;

/** The object that a text holds, or undefined if it holds none or is longer than `lengthMax`. */
export function parseFields(text: string, lengthMax: number): Fields | undefined {
  if (text.length > lengthMax) return undefined;
  try {
    return asFields(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** A JSON object as fields; undefined for anything else, arrays included. */
export function asFields(value: unknown): Fields | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Fields) : undefined;
}

/** A whole number within bounds, or undefined. */
export function wholeOf(value: unknown, min: number, max: number): number | undefined {
  const fits =
    typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max;
  return fits ? value : undefined;
}

/** A decimal in units of 10^-`places`, exact; undefined if it is none or does not fit. */
export function unitsOf(value: unknown, places: number): number | undefined {
  const isNumber = typeof value === 'number' && Number.isFinite(value);
  if (!isNumber && !(typeof value === 'string' && DECIMAL_TEXT.test(value))) return undefined;
  const scaled = new Decimal(String(value)).times(new Decimal(10).pow(places));
  const units = scaled.toNumber();
  return scaled.isInteger() && Number.isSafeInteger(units) ? units + 0 : undefined;
}

/** Units of 10^-`places` as a JSON value that reads back exactly. */
export function decimalJson(units: number, places: number): number | string {
  const text = new Decimal(units).div(new Decimal(10).pow(places)).toFixed();
  return Math.abs(units) <= NUMBER_UNITS_MAX ? Number(text) : text;
}
