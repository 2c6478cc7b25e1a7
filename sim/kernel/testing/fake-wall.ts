/**
 * A clock on the wall that a test moves by hand: timers fire when their time is reached, in order.
 *
 * A timer may be told to fire late, as those of every real host do.
 */
import type { WallClock } from '../real-time.ts';

interface Timer {
  readonly dueUs: number;
  readonly callback: () => void;
}

export class FakeWall implements WallClock {
  #timeUs: number;
  #timers: Timer[] = [];
  /** How much later than asked for a timer fires. */
  lateUs = 0;

  constructor(startUs = 1_000_000) {
    this.#timeUs = startUs;
  }

  /** Timers that are set. */
  get pending(): number {
    return this.#timers.length;
  }

  nowUs(): number {
    return this.#timeUs;
  }

  later(us: number, callback: () => void): () => void {
    const timer = { dueUs: this.#timeUs + us + (us === 0 ? 0 : this.lateUs), callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer);
    };
  }

  /** Time that a step takes: the clock moves, and no timer fires. */
  spend(us: number): void {
    this.#timeUs += us;
  }

  /** Lets `us` pass and fires what comes due. */
  pass(us: number): void {
    const endUs = this.#timeUs + us;
    for (;;) {
      const next = this.#timers
        .filter(({ dueUs }) => dueUs <= endUs)
        .sort((x, y) => x.dueUs - y.dueUs)[0];
      if (next === undefined) break;
      this.#timers = this.#timers.filter((one) => one !== next);
      this.#timeUs = Math.max(this.#timeUs, next.dueUs);
      next.callback();
    }
    this.#timeUs = Math.max(this.#timeUs, endUs);
  }
}
