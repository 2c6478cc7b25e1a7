/** Figures as people read them: grouped digits, durations in a fitting unit, rates and shares. */
export { formatDuration as duration, wholePercent as share } from '../../sim/index.ts';

/** Decimal text with its whole part in groups of three: `-1234.50` is `-1,234.50`. */
export function group(decimal: string): string {
  const match = /^(-?)(\d+)((?:\.\d+)?)$/.exec(decimal);
  if (match === null) return decimal;
  const [, sign = '', whole = '', fraction = ''] = match;
  return sign + whole.replace(/\B(?=(?:\d{3})+$)/g, ',') + fraction;
}

/** A whole number in groups of three. */
export function count(value: number): string {
  return group(String(Math.round(value)));
}

/** A number and its noun: `1 order`, `2 orders`. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** An instant of the virtual clock, exact: `1,402.125 ms`. */
export function stamp(us: number): string {
  return `${group(String(us / 1_000))} ms`;
}

/** Milliseconds for a table column: always as many places. */
export function msColumn(us: number): string {
  return group((us / 1_000).toFixed(us >= 10_000_000 ? 0 : 3));
}

/** How many a second: `843`, `1.31 M`. */
export function rate(value: number): string {
  if (value >= 1_000_000) return `${(value / 1_000_000).toFixed(2)} M`;
  if (value >= 10_000) return `${(value / 1_000).toFixed(0)} k`;
  return trim(value, value < 100 ? 1 : 0);
}

/** A size in bytes: `512 B`, `43 kB`, `1.2 GB`. */
export function bytes(value: number): string {
  if (value < 1_000) return `${value} B`;
  if (value < 1_000_000) return `${(value / 1_000).toFixed(0)} kB`;
  if (value < 1_000_000_000) return `${(value / 1_000_000).toFixed(1)} MB`;
  return `${(value / 1_000_000_000).toFixed(2)} GB`;
}

function trim(value: number, places: number): string {
  const fixed = value.toFixed(places);
  return group(fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed);
}
