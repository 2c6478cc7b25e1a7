/**
 * A set of hashes of classes, in two halves of 32 bits each: open addressing over typed arrays, so
 * that to meet a class again costs next to nothing. As a text it crosses threads and files, and
 * sets are put together. Invariant: the text depends on the hashes alone, not on their order.
 */
import { assert } from '../base/assert.ts';
import { decodeBase64url, encodeBase64url } from '../scenario/codec/base64url.ts';

const ROOM_START = 256;
const BYTES = 8;

export class ClassSet {
  /** By place: both halves; a pair of zeros is free. */
  #slots = new Int32Array(2 * ROOM_START);
  #mask = ROOM_START - 1;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(low: number, high: number): void {
    // What would look like a free place is another hash then, like any two that are the same.
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
      // Longer ways than this to a free place cost more than the room.
      if (2 * this.#size > mask) this.#grow();
      return;
    }
  }

  /** Adds all of a set that was written as a text. */
  addText(text: string): void {
    const bytes = decodeBase64url(text);
    assert(bytes !== undefined && bytes.length % BYTES === 0, 'expected the text of a set');
    const words = new DataView(bytes.buffer);
    for (let at = 0; at < bytes.length; at += BYTES) {
      this.add(words.getInt32(at), words.getInt32(at + BYTES / 2));
    }
  }

  /** The hashes in their order, eight bytes each, as base64url. */
  get text(): string {
    const hashes = new BigInt64Array(this.#size);
    let nth = 0;
    for (let at = 0; at <= this.#mask; at++) {
      const low = this.#slots[2 * at] as number;
      const high = this.#slots[2 * at + 1] as number;
      if ((low | high) !== 0) hashes[nth++] = (BigInt(low) << 32n) | BigInt(high >>> 0);
    }
    hashes.sort();
    // Of one form on every machine.
    const view = new DataView(new ArrayBuffer(BYTES * this.#size));
    for (let at = 0; at < nth; at++) view.setBigInt64(BYTES * at, hashes[at] as bigint);
    return encodeBase64url(new Uint8Array(view.buffer));
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(2 * old.length);
    this.#mask = old.length - 1;
    this.#size = 0;
    for (let at = 0; at < old.length; at += 2) {
      const low = old[at] as number;
      const high = old[at + 1] as number;
      if ((low | high) !== 0) this.add(low, high);
    }
  }
}
