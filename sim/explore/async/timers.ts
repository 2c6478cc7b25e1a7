/**
 * Timers of code under exploration: what is due when is kept, when it fires somebody else decides.
 *
 * A timer may fire at any moment, so no duration hides a race, but never before one that was set
 * earlier for as long or shorter: every event loop keeps that order (HTML, "run steps after a
 * timeout"). The clock is the latest due time so far. Known limit: no time passes but by timers.
 */

export type TimerKind = 'timeout' | 'interval' | 'immediate';

/** What `setTimeout` gives: an object with the methods of Node's. */
export class Timer {
  readonly #timers: Timers;
  fire: () => void;
  readonly delayUs: number;
  /** Repeats until it is cleared. */
  readonly repeats: boolean;
  /** `immediate` goes its own way: no loop promises its order against time-outs. */
  readonly immediate: boolean;
  readonly id: number;
  dueUs: number;

  constructor(timers: Timers, id: number, kind: TimerKind, delayUs: number, fire: () => void) {
    this.#timers = timers;
    this.id = id;
    this.delayUs = delayUs;
    this.repeats = kind === 'interval';
    this.immediate = kind === 'immediate';
    this.dueUs = timers.nowUs + delayUs;
    this.fire = fire;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return true;
  }

  close(): this {
    this.#timers.clear(this);
    return this;
  }

  [Symbol.toPrimitive](): number {
    return this.id;
  }
}

const US_PER_MS = 1_000;
/** As in every loop: a longer delay than that, or none that is a number, is 1 ms. */
const DELAY_MS_MAX = 2_147_483_647;

export class Timers {
  nowUs = 0;
  #pending: Timer[] = [];
  #made = 0;

  /** Forgets all timers and the time. */
  clearAll(): void {
    this.nowUs = 0;
    if (this.#pending.length > 0) this.#pending = [];
    this.#made = 0;
  }

  set(kind: TimerKind, fire: () => void, delayMs: unknown): Timer {
    const ms = Number(delayMs);
    const delayUs = kind === 'immediate' ? 0 : delayOf(ms) * US_PER_MS;
    const timer = new Timer(this, this.#made++, kind, delayUs, fire);
    this.#pending.push(timer);
    return timer;
  }

  /** Withdraws a timer, given as itself or as its number; anything else is left alone. */
  clear(which: unknown): void {
    const at = this.#pending.findIndex((each) => each === which || each.id === which);
    if (at >= 0) this.#pending.splice(at, 1);
  }

  /** Adds those that may fire now to `list`, those first that are due first. */
  addEnabled(list: Timer[]): void {
    const pending = this.#pending;
    if (pending.length === 0) return;
    const from = list.length;
    for (let at = 0; at < pending.length; at++) {
      const timer = pending[at] as Timer;
      if (this.#mayFire(timer, at)) list.push(timer);
    }
    if (list.length - from < 2) return;
    const enabled = list.splice(from);
    list.push(...enabled.sort((x, y) => x.dueUs - y.dueUs));
  }

  /** Lets one fire; the clock goes on to its due time. */
  fire(timer: Timer): void {
    this.#pending.splice(this.#pending.indexOf(timer), 1);
    if (timer.dueUs > this.nowUs) this.nowUs = timer.dueUs;
    if (timer.repeats) {
      timer.dueUs = this.nowUs + timer.delayUs;
      this.#pending.push(timer);
    }
    timer.fire();
  }

  #mayFire(timer: Timer, at: number): boolean {
    for (let i = 0; i < at; i++) {
      const earlier = this.#pending[i] as Timer;
      if (earlier.immediate === timer.immediate && earlier.delayUs <= timer.delayUs) return false;
    }
    return true;
  }
}

function delayOf(ms: number): number {
  return ms >= 1 && ms <= DELAY_MS_MAX ? ms : 1;
}
