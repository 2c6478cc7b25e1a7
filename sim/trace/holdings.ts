/**
 * What is open now, oldest first: waits, grants or stays in a critical section, found by hold
 * number.
 *
 * Few things are open at one time, so a search in order of age is the fastest there is, and the
 * oldest leaves in O(1). Records are used again: one that was closed stays readable until the next
 * `open`. Bounded: past 1,024 the oldest is forgotten and counted, because a log without a single
 * release would otherwise fill the memory.
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
  /** Whether a grant was waited for; one that was not is unknown to its task. */
  asked = false;
}

export class Holdings {
  /** Records that are open stand from `#head` to before `#tail`; the others are spare. */
  readonly #list: Holding[] = [];
  #head = 0;
  #tail = 0;
  #highest = -1;
  #forgotten = 0;

  /** How many are open. */
  get size(): number {
    return this.#tail - this.#head;
  }

  /** How many were dropped because too many were open. */
  get forgotten(): number {
    return this.#forgotten;
  }

  /** The one that has been open longest. */
  get first(): Holding | undefined {
    return this.#head === this.#tail ? undefined : this.#list[this.#head];
  }

  /** The one in place `at`, from 0 for the oldest to `size - 1`. */
  at(at: number): Holding | undefined {
    return at < this.#tail - this.#head ? this.#list[this.#head + at] : undefined;
  }

  find(hold: number): Holding | undefined {
    const at = this.#placeOf(hold);
    return at < 0 ? undefined : this.#list[at];
  }

  /** Opens what the event says under its number `a`; undefined if that is open already. */
  open(event: EventView): Holding | undefined {
    // Holds are numbered upwards, so nearly every one is known to be new without a search.
    if (event.a > this.#highest) this.#highest = event.a;
    else if (this.#placeOf(event.a) >= 0) return undefined;
    const one = this.#spare();
    one.hold = event.a;
    one.task = event.task;
    one.symbol = event.symbol;
    one.object = event.object;
    one.seq = event.seq;
    one.sinceUs = event.timeUs;
    one.overtaken = 0;
    one.asked = false;
    return one;
  }

  /** Closes the one of that number, or returns undefined if there is none. */
  close(hold: number): Holding | undefined {
    const at = this.#placeOf(hold);
    if (at < 0) return undefined;
    const one = this.#list[at] as Holding;
    if (at === this.#head) this.#head += 1;
    else this.#takeOut(at);
    if (this.#head === this.#tail) {
      this.#head = 0;
      this.#tail = 0;
    }
    return one;
  }

  #placeOf(hold: number): number {
    const list = this.#list;
    const tail = this.#tail;
    for (let at = this.#head; at < tail; at++) {
      if ((list[at] as Holding).hold === hold) return at;
    }
    return -1;
  }

  /** A record behind the last open one. */
  #spare(): Holding {
    if (this.size >= OPEN_MAX) {
      this.#forgotten += 1;
      this.#head += 1;
    }
    if (this.#tail === this.#list.length) {
      if (this.#head > 0) this.#moveToFront();
      else this.#list.push(new Holding());
    }
    const one = this.#list[this.#tail] as Holding;
    this.#tail += 1;
    return one;
  }

  #moveToFront(): void {
    const list = this.#list;
    const { size } = this;
    list.push(...list.splice(0, this.#head));
    this.#head = 0;
    this.#tail = size;
  }

  /** Closes up the gap at `at`; the record goes to the spare ones. */
  #takeOut(at: number): void {
    const list = this.#list;
    const one = list[at] as Holding;
    const last = this.#tail - 1;
    for (let place = at; place < last; place++) list[place] = list[place + 1] as Holding;
    list[last] = one;
    this.#tail = last;
  }
}

/** Where a holding was opened. */
export function refOfHolding(holding: Holding): EventRef {
  return { seq: holding.seq, timeUs: holding.sinceUs };
}
