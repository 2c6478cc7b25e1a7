/**
 * Virtual time: an integer number of microseconds since the start of a run.
 *
 * Range 0 to 2^53 - 1 (285 years); arithmetic on whole numbers in that range is exact.
 */
import { assert } from './assert.ts';
import type { Brand } from './brand.ts';

export type Micros = Brand<number, 'Micros'>;

export const US_PER_MS = 1_000;
export const US_PER_S = 1_000_000;

/**
 * Makes a time or a duration of `us` microseconds; anything but a safe whole number >= 0 throws.
 */
export function micros(us: number): Micros {
  assert(Number.isSafeInteger(us) && us >= 0, 'expected whole microseconds >= 0');
  return us as Micros;
}

/** Milliseconds as text, without trailing zeros: `12.5`, `0.003`. */
export function formatMs(us: number): string {
  return String(us / US_PER_MS);
}
