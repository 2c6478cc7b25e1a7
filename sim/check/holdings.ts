/**
 * Who holds one thing now: open holds by number, oldest first, with who opened each, when and where.
 *
 * Bounded: past 65,536 open holds the oldest is forgotten and counted, because a log without a single
 * release would otherwise fill the memory. A forgotten hold that is given back later is a surplus.
 */
import { WaitLine } from '../base/wait-line.ts';
import { type EventRef, type EventView, NONE } from '../trace/event.ts';
import type { Facts } from './contract.ts';
import { whoName } from './names.ts';

const OPEN_MAX = 65_536;

export class Holdings {
  readonly #line = new WaitLine();
  readonly #task: number[] = [];
  readonly #symbol: number[] = [];
  readonly #object: number[] = [];
  readonly #seq: number[] = [];
  readonly #sinceUs: number[] = [];
  #forgotten = 0;

  /** How many are open. */
  get size(): number {
    return this.#line.size;
  }

  /** How many were dropped because too many were open. */
  get forgotten(): number {
    return this.#forgotten;
  }

  /** The slot of the one that has been open longest, or -1. */
  get first(): number {
    return this.#line.first;
  }

  behind(slot: number): number {
    return this.#line.behind(slot);
  }

  /** The slot of an open hold, or -1. */
  find(hold: number): number {
    return this.#line.find(hold);
  }

  /** Opens the event's hold, which must not be open; its slot. */
  open(event: EventView): number {
    if (this.#line.size >= OPEN_MAX) {
      this.#line.leave(this.#line.key(this.#line.first));
      this.#forgotten += 1;
    }
    const slot = this.#line.join(event.a);
    this.#task[slot] = event.task;
    this.#symbol[slot] = event.symbol;
    this.#object[slot] = event.object;
    this.#seq[slot] = event.seq;
    this.#sinceUs[slot] = event.timeUs;
    return slot;
  }

  /** Closes a hold; the slot, whose columns stay readable until the next `open`, or -1. */
  close(hold: number): number {
    return this.#line.leave(hold);
  }

  /** The hold stays open, but whoever opened it does not know of it. */
  disown(slot: number): void {
    this.#task[slot] = NONE;
    this.#symbol[slot] = NONE;
  }

  hold(slot: number): number {
    return this.#line.key(slot);
  }

  task(slot: number): number {
    return this.#task[slot] as number;
  }

  symbol(slot: number): number {
    return this.#symbol[slot] as number;
  }

  object(slot: number): number {
    return this.#object[slot] as number;
  }

  seq(slot: number): number {
    return this.#seq[slot] as number;
  }

  sinceUs(slot: number): number {
    return this.#sinceUs[slot] as number;
  }

  /** Who opened it, by name. */
  who(slot: number, facts: Facts): string {
    return whoName(facts, this.symbol(slot), this.task(slot));
  }

  ref(slot: number): EventRef {
    return { seq: this.seq(slot), timeUs: this.sinceUs(slot) };
  }
}

/** One `Holdings` an object of the trace, made when it is first used. */
export class HoldingsByObject {
  readonly #byObject: (Holdings | undefined)[] = [];

  of(object: number): Holdings {
    const known = this.#byObject[object];
    if (known !== undefined) return known;
    const made = new Holdings();
    this.#byObject[object] = made;
    return made;
  }

  all(): Holdings[] {
    return this.#byObject.filter((holdings) => holdings !== undefined);
  }
}
