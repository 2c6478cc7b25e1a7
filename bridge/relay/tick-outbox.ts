/**
 * Ticks on their way to one page: sent while it has credits and keeps up, else only the latest
 * price of a symbol is kept, with the number of those that it stands for.
 *
 * Invariant: at most one tick a symbol waits here, however slow the page is. Replies never come
 * this way.
 */
import type { TickBody } from '../protocol.ts';
import type { Tick } from '../sockets/tick-feed.ts';

export class TickOutbox {
  readonly #send: (tick: TickBody) => void;
  readonly #isCongested: () => boolean;
  readonly #waiting = new Map<string, TickBody>();
  #credits = 0;

  constructor(send: (tick: TickBody) => void, isCongested: () => boolean) {
    this.#send = send;
    this.#isCongested = isCongested;
  }

  /** The page takes so many ticks more. */
  grant(credits: number): void {
    this.#credits = Math.min(Number.MAX_SAFE_INTEGER, this.#credits + credits);
    this.drain();
  }

  offer(tick: Tick): void {
    const older = this.#waiting.get(tick.symbol);
    this.#waiting.set(tick.symbol, {
      ...tick,
      conflated: older === undefined ? 0 : older.conflated + 1,
    });
    this.drain();
  }

  /** Forgets what waits: the page listens to other symbols now. */
  clear(): void {
    this.#waiting.clear();
  }

  /** Sends what may go by now: the page has read something, say. */
  drain(): void {
    for (const [symbol, tick] of this.#waiting) {
      if (this.#credits === 0 || this.#isCongested()) return;
      this.#credits -= 1;
      this.#waiting.delete(symbol);
      this.#send(tick);
    }
  }
}
