/**
 * A set of hashes of classes, in two halves of 32 bits each: open addressing over typed arrays, so
 * that to meet a class again costs next to nothing. As a list of numbers it crosses threads and
 * files, and sets are put together.
 */
import { assert } from '../base/assert.ts';

/** Places at first; always a power of two, and at least twice as many as hashes. */
const ROOM_START = 256;

export class ClassSet {
  /** By place: both halves; a pair of zeros is free. */
  #slots = new Int32Array(2 * ROOM_START);
  #mask = ROOM_START - 1;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** All of them, both halves of one after the other, in no order that means anything. */
  get hashes(): readonly number[] {
    const hashes: number[] = [];
    for (let at = 0; at < this.#slots.length; at += 2) {
      const low = this.#slots[at] as number;
      const high = this.#slots[at + 1] as number;
      if ((low | high) !== 0) hashes.push(low, high);
    }
    return hashes;
  }

  /** Adds a hash, of whole numbers of 32 bits. */
  add(low: number, high: number): void {
    // What would look like a free place counts as another hash: as likely as any two are one.
    const first = (low | high) === 0 ? 1 : low;
    const slots = this.#slots;
    const mask = this.#mask;
    for (let at = first & mask; ; at = (at + 1) & mask) {
      const known = slots[2 * at] as number;
      const other = slots[2 * at + 1] as number;
      if (known === first && other === high) return;
      if ((known | other) !== 0) continue;
      slots[2 * at] = first;
      slots[2 * at + 1] = high;
      this.#size += 1;
      if (2 * this.#size > mask) this.#grow();
      return;
    }
  }

  /** Adds all of another set. */
  addAll(hashes: readonly number[]): void {
    assert(hashes.length % 2 === 0, 'expected both halves of every hash');
    for (let at = 0; at < hashes.length; at += 2) {
      this.add(hashes[at] as number, hashes[at + 1] as number);
    }
  }

  #grow(): void {
    const old = this.hashes;
    this.#slots = new Int32Array(2 * this.#slots.length);
    this.#mask = this.#slots.length / 2 - 1;
    this.#size = 0;
    this.addAll(old);
  }
}
