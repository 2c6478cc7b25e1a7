/** How much one connection may ask for, and how the bridge counts it. */

/** Time from connecting to a `hello` that fits. */
export const AUTHENTICATION_MS = 2_000;
/** WebSockets at one time, those without a token included. */
export const CONNECTIONS_MAX = 8;
/** What a page may leave unread before its connection is closed, in bytes. */
export const BUFFERED_BYTES_MAX = 1_048_576;
/** Above this ticks wait and conflate, so that replies find room, in bytes. */
export const CONGESTED_BYTES = 65_536;
/** Longest reply of a gateway that is passed on, in bytes: half of what may be buffered. */
export const REPLY_BYTES_MAX = BUFFERED_BYTES_MAX / 2;
/** Frames and envelopes a second, and how many at once. */
export const RATE = { perSecond: 30_000, burst: 10_000 } as const;
/** Pairing codes tried a second, and how many at once. */
export const PAIRING_RATE = { perSecond: 1, burst: 5 } as const;

const MS_PER_S = 1_000;

/** A bucket of permissions that fills by the clock; `nowMs` never goes back. */
export class RateLimit {
  readonly #perSecond: number;
  readonly #burst: number;
  readonly #nowMs: () => number;
  #left: number;
  #filledMs: number;

  constructor(
    { perSecond, burst }: { readonly perSecond: number; readonly burst: number },
    nowMs: () => number,
  ) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#nowMs = nowMs;
    this.#left = burst;
    this.#filledMs = nowMs();
  }

  /** Takes `cost` permissions, or says that there are not as many. */
  take(cost: number): boolean {
    const nowMs = this.#nowMs();
    const fresh = ((nowMs - this.#filledMs) / MS_PER_S) * this.#perSecond;
    this.#left = Math.min(this.#burst, this.#left + fresh);
    this.#filledMs = nowMs;
    if (this.#left < cost) return false;
    this.#left -= cost;
    return true;
  }
}
