/**
 * Virtual time: an integer number of microseconds since the start of a run.
 *
 * Range 0 to 2^53 - 1 (285 years); arithmetic on whole numbers in that range is exact.
 */
export const US_PER_MS = 1_000;
export const US_PER_S = 1_000_000;

/** Milliseconds as text, without trailing zeros: `12.5`, `0.003`. */
export function formatMs(us: number): string {
  return String(us / US_PER_MS);
}
