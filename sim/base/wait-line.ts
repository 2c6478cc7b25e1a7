/**
 * A line of numbered waiters in order of arrival, from any place of which one may leave.
 *
 * Join, leave and the question who is first cost O(1). A waiter stands in a slot, under which users
 * keep what else they know of it; slots are taken again. Memory grows with the longest line.
 */
import { SlotTable } from './slot-table.ts';

export class WaitLine {
  readonly #table = new SlotTable();
  readonly #key: number[] = [];
  /** Neighbours by slot; -1 at the ends. */
  readonly #before: number[] = [];
  readonly #behind: number[] = [];
  #first = -1;
  #last = -1;

  get size(): number {
    return this.#table.size;
  }

  /** The slot of whoever has waited longest, or -1. */
  get first(): number {
    return this.#first;
  }

  /** The slot of who joined next after `slot`, or -1. */
  behind(slot: number): number {
    return this.#behind[slot] as number;
  }

  /** Who stands in `slot`. */
  key(slot: number): number {
    return this.#key[slot] as number;
  }

  /** The slot in which `key` stands, or -1. */
  find(key: number): number {
    return this.#table.find(key);
  }

  /** Puts `key`, which must not stand in line, at the end. */
  join(key: number): number {
    const slot = this.#table.add(key);
    const last = this.#last;
    this.#key[slot] = key;
    this.#before[slot] = last;
    this.#behind[slot] = -1;
    if (last < 0) this.#first = slot;
    else this.#behind[last] = slot;
    this.#last = slot;
    return slot;
  }

  /** Takes `key` out of the line; the slot in which it stood, or -1. */
  leave(key: number): number {
    const slot = this.#table.remove(key);
    if (slot < 0) return -1;
    const before = this.#before[slot] as number;
    const behind = this.#behind[slot] as number;
    if (before < 0) this.#first = behind;
    else this.#behind[before] = behind;
    if (behind < 0) this.#last = before;
    else this.#before[behind] = before;
    return slot;
  }
}
