/**
 * In which unit people type a number of the schema, and the exact way from text to number and back.
 *
 * The unit follows from the field's name, which ends in the schema's own unit, so a new field has
 * one by itself. Invariant: only digits move; no arithmetic on fractions, so what is typed is what
 * is stored, or it is not stored as a number at all.
 */

/** `places`: how many decimal places the schema's whole number has in the unit that is shown. */
export interface Unit {
  readonly name: UnitName;
  readonly places: number;
}

/** Units in which the editor shows numbers; `count` has no name, `instant` is a date in UTC. */
export type UnitName =
  'ms' | 'money' | 'percent' | 'lots' | 'points' | 'rate' | 'instant' | 'count';

const COUNT: Unit = { name: 'count', places: 0 };

/** By the ending of a field's name, `Min` and `Max` apart: the first that fits counts. */
const BY_ENDING: readonly (readonly [RegExp, Unit])[] = [
  [/^epochMs$/, { name: 'instant', places: 0 }],
  [/PerSecond$/, { name: 'rate', places: 0 }],
  [/PerMillion$/, { name: 'percent', places: 4 }],
  [/Bp$/, { name: 'percent', places: 2 }],
  [/Us$/, { name: 'ms', places: 3 }],
  [/Cents$/, { name: 'money', places: 2 }],
  [/Milli$/, { name: 'lots', places: 3 }],
  [/Points$/, { name: 'points', places: 0 }],
];

/** The unit of a field of that name. */
export function unitOf(key: string): Unit {
  const bare = key.replace(/(Min|Max)$/, '');
  return BY_ENDING.find(([ending]) => ending.test(bare))?.[1] ?? COUNT;
}

/** A whole number of the schema as text in its unit: 500 microseconds are `0.5`. */
export function textOf(value: number, { name, places }: Unit): string {
  if (name === 'instant') return new Date(value).toISOString();
  const sign = value < 0 ? '-' : '';
  const digits = String(Math.abs(value)).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places);
  const kept = name === 'money' ? fraction : fraction.replace(/0+$/, '');
  return `${sign}${whole}${kept === '' ? '' : `.${kept}`}`;
}

const PLAIN = /^[+-]?(\d*)(?:\.(\d*))?$/;
const GROUPED = /^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/;
const INSTANT = /^[+-]?\d{4,6}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,3})?)?)?Z?$/;

/**
 * The whole number of the schema that `text` says, exactly; undefined if it says none: no number,
 * more places than the schema keeps, or out of the safe range.
 */
export function numberOf(text: string, unit: Unit): number | undefined {
  const trimmed = text.trim().replace(/^\u2212/, '-');
  if (unit.name === 'instant') return instantOf(trimmed);
  const plain = GROUPED.test(trimmed) ? trimmed.replaceAll(',', '') : trimmed;
  const [, whole = '', fraction = ''] = PLAIN.exec(plain) ?? [];
  if (whole === '' && fraction === '') return undefined;
  const significant = fraction.replace(/0+$/, '');
  if (significant.length > unit.places) return undefined;
  const value = Number(whole + significant.padEnd(unit.places, '0'));
  if (!Number.isSafeInteger(value)) return undefined;
  return plain.startsWith('-') && value !== 0 ? -value : value;
}

function instantOf(text: string): number | undefined {
  if (!INSTANT.test(text)) return undefined;
  const [day = '', time = ''] = text.replace(/Z$/, '').split(/[T ]/);
  const ms = Date.parse(`${day}T${time === '' ? '00:00' : time}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}

/** What the document holds for typed text: its number, or the text as it is if it says none. */
export function typedValue(text: string, unit: Unit): number | string {
  return numberOf(text, unit) ?? text;
}

/** What a field shows for what the document holds. */
export function shownText(value: unknown, unit: Unit): string {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return textOf(value, unit);
  return typeof value === 'string' ? value : String(value);
}

/** A number of the schema for reading: thousands grouped. */
export function readable(value: number, unit: Unit): string {
  const text = textOf(value, unit);
  if (unit.name === 'instant') return text;
  const [whole = '', fraction] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',').replace('-', '\u2212');
  return fraction === undefined || /^0*$/.test(fraction) ? grouped : `${grouped}.${fraction}`;
}

/** The smallest difference that the schema keeps, as text: `0.001` for milliseconds. */
export function stepText({ places }: Unit): string {
  return places === 0 ? '1' : `0.${'1'.padStart(places, '0')}`;
}
