/**
 * A clock that moves only when a test moves it: to the next timer, once everything else has
 * settled.
 */
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../time/clock.ts';

interface Timer {
  readonly atMs: number;
  readonly callback: () => void;
}

export class VirtualClock implements Clock {
  #nowMs = 0;
  readonly #timers = new Set<Timer>();

  now(): number {
    return this.#nowMs;
  }

  at(atMs: number, callback: () => void): () => void {
    const timer = { atMs, callback };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  /** Timers that are still set. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Fires timers in their order until the promise settles, and gives what it brought. */
  async until<T>(promise: Promise<T>): Promise<T> {
    let settled = false;
    const done = promise.finally(() => {
      settled = true;
    });
    done.catch(() => {});
    for (;;) {
      await setImmediate();
      if (settled) return done;
      const next = [...this.#timers].sort((x, y) => x.atMs - y.atMs)[0];
      if (next === undefined) continue;
      this.#timers.delete(next);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.callback();
    }
  }
}
