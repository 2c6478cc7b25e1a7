/**
 * Figures as text: counts with grouping, times in milliseconds, ratios with a decimal.
 *
 * Money never comes here: it is decimal text from the core, and only grouped.
 */
import { US_PER_MS } from '../../sim/index.ts';

/** A count: `12,408`. */
export function integer(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** A count with its English noun: `1 pair`, `2 pairs`. */
export function plural(count: number, noun: string): string {
  return `${integer(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Microseconds as milliseconds to three places, as long as they matter: `16.102`, `2,558.696`. */
export function ms(us: number): string {
  const [whole = '0', fraction] = String(Math.round(us) / US_PER_MS).split('.');
  return integer(Number(whole)) + (fraction === undefined ? '' : `.${fraction}`);
}

/** Microseconds as whole milliseconds, for bars and captions. */
export function wholeMs(us: number): string {
  return integer(Math.round(us / US_PER_MS));
}

/** A ratio: `2.9×`. */
export function ratio(value: number): string {
  return `${value.toFixed(1)}×`;
}

/** Decimal text with grouped thousands, every digit kept: `-1,510.26`. */
export function money(amount: string): string {
  const [whole = '', fraction] = amount.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',').replace('-', '\u2212');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** A share of a whole in per cent with one place; a dash where there is no whole. */
export function percent(part: number, whole: number): string {
  return whole === 0 ? '\u2013' : `${((part / whole) * 100).toFixed(1)} %`;
}

/** Whole per cent of a share from 0 to 1, never 100 before it is all. */
export function wholePercent(share: number): number {
  return share >= 1 ? 100 : Math.min(99, Math.floor(share * 100));
}
