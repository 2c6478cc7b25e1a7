/**
 * How long to wait before the next attempt: twice as long each time, half of it by chance.
 *
 * The chance keeps many waiters from coming back at the same moment; the fixed half keeps any of
 * them from coming back at once.
 */

export interface BackOff {
  /** The longest first wait, in milliseconds. */
  readonly firstMs: number;
  /** The longest wait, in milliseconds. */
  readonly mostMs: number;
}

export const BACK_OFF: BackOff = { firstMs: 1_000, mostMs: 30_000 };

/**
 * Milliseconds before attempt `failed` + 1, where `failed` attempts, at least 1, have failed so
 * far; `chance` is uniform in 0 to 1.
 */
export function backOffMs(backOff: BackOff, failed: number, chance: number): number {
  const longest = Math.min(backOff.mostMs, backOff.firstMs * 2 ** Math.min(failed - 1, 30));
  return longest / 2 + (longest / 2) * chance;
}
