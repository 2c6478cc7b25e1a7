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

/** A span in the unit that suits it: `850 us`, `12.5 ms`, `1.41 s`, `2 h 05 min`. */
export function formatDuration(us: number): string {
  if (us < US_PER_MS) return `${fixed(us, 0)} us`;
  if (us < US_PER_S) return `${fixed(us / US_PER_MS, us < 100 * US_PER_MS ? 1 : 0)} ms`;
  if (us < 120 * US_PER_S) return `${fixed(us / US_PER_S, 2)} s`;
  const minutes = Math.floor(us / (60 * US_PER_S));
  if (minutes < 120) return `${minutes} min ${Math.floor(us / US_PER_S) % 60} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

function fixed(value: number, places: number): string {
  const text = value.toFixed(places);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
