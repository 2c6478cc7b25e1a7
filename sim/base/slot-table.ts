/**
 * Numbers each open thing with a small slot, so that what is known of it can stand in plain arrays.
 *
 * Open addressing with Fibonacci hashing (Knuth, TAOCP vol. 3, 6.4) and removal by shifting back: no
 * tombstones, so a table that is used for a day stays as fast as a new one. A slot is taken again once
 * its key has left. Keys are whole numbers from 0 to 2^32 - 1; memory grows with the most keys at once.
 */
const CAPACITY_START = 16;
const GOLDEN = 0x9e37_79b1;

export class SlotTable {
  #keys = new Uint32Array(CAPACITY_START);
  /** Slot plus one of the key in the same place; 0 where the place is empty. */
  #slots = new Int32Array(CAPACITY_START);
  #shift = 28;
  #mask = CAPACITY_START - 1;
  #size = 0;
  #slotsEver = 0;
  readonly #free: number[] = [];

  /** How many keys are in the table. */
  get size(): number {
    return this.#size;
  }

  /** The slot of `key`, or -1. */
  find(key: number): number {
    const slots = this.#slots;
    const keys = this.#keys;
    let at = Math.imul(key, GOLDEN) >>> this.#shift;
    for (;;) {
      const slot = slots[at] as number;
      if (slot === 0) return -1;
      if (keys[at] === key) return slot - 1;
      at = (at + 1) & this.#mask;
    }
  }

  /** Gives `key`, which must not be in the table, a slot. */
  add(key: number): number {
    if (this.#size * 2 > this.#mask) this.#grow();
    const slot = this.#free.length > 0 ? (this.#free.pop() as number) : this.#slotsEver++;
    this.#put(key, slot);
    this.#size += 1;
    return slot;
  }

  /** Takes `key` out; its slot, which the next `add` may give away, or -1. */
  remove(key: number): number {
    const slots = this.#slots;
    const keys = this.#keys;
    const mask = this.#mask;
    let at = Math.imul(key, GOLDEN) >>> this.#shift;
    for (;;) {
      const slot = slots[at] as number;
      if (slot === 0) return -1;
      if (keys[at] === key) break;
      at = (at + 1) & mask;
    }
    const slot = (slots[at] as number) - 1;
    let next = (at + 1) & mask;
    while (slots[next] !== 0) {
      const home = Math.imul(keys[next] as number, GOLDEN) >>> this.#shift;
      // A key moves back unless that would put it before its home.
      if (((next - home) & mask) >= ((next - at) & mask)) {
        keys[at] = keys[next] as number;
        slots[at] = slots[next] as number;
        at = next;
      }
      next = (next + 1) & mask;
    }
    slots[at] = 0;
    this.#free.push(slot);
    this.#size -= 1;
    return slot;
  }

  #put(key: number, slot: number): void {
    const slots = this.#slots;
    let at = Math.imul(key, GOLDEN) >>> this.#shift;
    while (slots[at] !== 0) at = (at + 1) & this.#mask;
    this.#keys[at] = key;
    slots[at] = slot + 1;
  }

  #grow(): void {
    const keys = this.#keys;
    const slots = this.#slots;
    const capacity = keys.length * 2;
    this.#keys = new Uint32Array(capacity);
    this.#slots = new Int32Array(capacity);
    this.#mask = capacity - 1;
    this.#shift -= 1;
    for (let at = 0; at < keys.length; at++) {
      const slot = slots[at] as number;
      if (slot !== 0) this.#put(keys[at] as number, slot - 1);
    }
  }
}
