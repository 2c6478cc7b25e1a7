/**
 * The clock that the loop waits by, so that a test can put another one in its place.
 *
 * A timer never fires early, and `sleep` ends at once when its signal is raised. Known limit: the
 * system's clock is as late as the event loop is busy.
 */
import { assert } from '../../../sim/index.ts';

/** Milliseconds from some fixed instant, and timers on the same scale. */
export interface Clock {
  now(): number;
  /** Calls back once `atMs` is reached; gives the way to take that back. */
  at(atMs: number, callback: () => void): () => void;
}

/** The longest delay that a timer of Node can hold, in milliseconds. */
const TIMER_MS_MAX = 2_147_483_647;

/** The monotonic clock of this process. */
export const systemClock: Clock = {
  now: () => performance.now(),
  at: (atMs, callback) => {
    const delayMs = Math.max(0, Math.ceil(atMs - performance.now()));
    assert(delayMs <= TIMER_MS_MAX, 'expected a delay that a timer can hold');
    let timer = setTimeout(fire, delayMs);
    // Node rounds delays down to whole milliseconds, so a timer may come a fraction early.
    function fire(): void {
      if (performance.now() >= atMs) callback();
      else timer = setTimeout(fire, 1);
    }
    return () => clearTimeout(timer);
  },
};

/** Resolves at `untilMs`, or as soon as the signal is raised. */
export function sleepUntil(clock: Clock, untilMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const end = (): void => {
      forget();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const forget = clock.at(untilMs, end);
    signal.addEventListener('abort', end, { once: true });
  });
}
