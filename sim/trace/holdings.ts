/**
 * What is open now, oldest first: waits, grants or stays in a critical section, found by hold number.
 *
 * Few things are open at one time, so a search in order of age is the fastest there is, and the oldest
 * leaves in O(1). Records are used again: one that was closed stays readable until the next `open`.
 * Bounded: past 1,024 the oldest is forgotten and counted, because a log without a single release would
 * otherwise fill the memory.
 */
import type { EventRef, EventView } from './event.ts';

const OPEN_MAX = 1_024;
/** Begins as a double, so that late times do not change the record's shape. */
const NEVER = -0.5;

/** One open thing, as the event that opened it said. */
export class Holding {
  hold = 0;
  task = 0;
  symbol = 0;
  object = 0;
  seq = 0;
  sinceUs = NEVER;
  /** How often a waiter was overtaken. */
  overtaken = 0;
}

export class Holdings {
  /** The open ones stand from `#head` on. */
  readonly #list: Holding[] = [];
  readonly #spare: Holding[] = [];
  #head = 0;
  #forgotten = 0;

  /** How many are open. */
  get size(): number {
    return this.#list.length - this.#head;
  }

  /** How many were dropped because too many were open. */
  get forgotten(): number {
    return this.#forgotten;
  }

  /** The one that has been open longest. */
  get first(): Holding | undefined {
    return this.#list[this.#head];
  }

  /** The one in place `at`, from 0 for the oldest to `size - 1`. */
  at(at: number): Holding | undefined {
    return this.#list[this.#head + at];
  }

  find(hold: number): Holding | undefined {
    const list = this.#list;
    for (let at = this.#head; at < list.length; at++) {
      const one = list[at] as Holding;
      if (one.hold === hold) return one;
    }
    return undefined;
  }

  /** Opens what the event says under its number `a`. */
  open(event: EventView): Holding {
    if (this.size >= OPEN_MAX) this.#forget();
    const one = this.#spare.pop() ?? new Holding();
    one.hold = event.a;
    one.task = event.task;
    one.symbol = event.symbol;
    one.object = event.object;
    one.seq = event.seq;
    one.sinceUs = event.timeUs;
    one.overtaken = 0;
    this.#list.push(one);
    return one;
  }

  /** Closes the oldest of that number, or undefined if there is none. */
  close(hold: number): Holding | undefined {
    const list = this.#list;
    for (let at = this.#head; at < list.length; at++) {
      const one = list[at] as Holding;
      if (one.hold !== hold) continue;
      this.#take(at);
      this.#spare.push(one);
      return one;
    }
    return undefined;
  }

  #take(at: number): void {
    const list = this.#list;
    if (at === list.length - 1) list.pop();
    else if (at === this.#head) this.#head += 1;
    else list.splice(at, 1);
    if (this.#head === list.length) {
      list.length = 0;
      this.#head = 0;
    } else if (this.#head > OPEN_MAX) {
      list.splice(0, this.#head);
      this.#head = 0;
    }
  }

  #forget(): void {
    this.#forgotten += 1;
    this.#take(this.#head);
  }
}

/** Where a holding was opened. */
export function refOfHolding(holding: Holding): EventRef {
  return { seq: holding.seq, timeUs: holding.sinceUs };
}
