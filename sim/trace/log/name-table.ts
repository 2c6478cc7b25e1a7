/**
 * Names, as bytes of a log, to small integers: found by content without making a string.
 *
 * Invariant: a name keeps its number, numbers count up from 0, and at most NAMES_MAX are given: the
 * trace's columns hold no more symbols than that.
 */
import { decodeUtf8 } from '../utf8.ts';

export const NAMES_MAX = 254;

const SLOTS = 1_024;

export class NameTable {
  readonly #names: string[] = [];
  readonly #bytes: Uint8Array[] = [];
  /** Open addressing: a name's number plus 1, or 0. At most a quarter full. */
  readonly #slots = new Uint16Array(SLOTS);

  /** The names so far; the same array grows as names are met. */
  get names(): readonly string[] {
    return this.#names;
  }

  /** The number of the name in `bytes` from `start` up to `end`, or -1 where there are too many. */
  intern(bytes: Uint8Array, start: number, end: number): number {
    let hash = 0x811c_9dc5;
    for (let i = start; i < end; i++) {
      hash = Math.imul(hash ^ (bytes[i] as number), 0x0100_0193);
    }
    let slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    for (;;) {
      const number = (this.#slots[slot] as number) - 1;
      if (number < 0) return this.#add(slot, bytes, start, end);
      if (this.#isAt(number, bytes, start, end)) return number;
      slot = (slot + 1) & (SLOTS - 1);
    }
  }

  #isAt(number: number, bytes: Uint8Array, start: number, end: number): boolean {
    const known = this.#bytes[number] as Uint8Array;
    if (known.length !== end - start) return false;
    for (let i = 0; i < known.length; i++) if (known[i] !== bytes[start + i]) return false;
    return true;
  }

  #add(slot: number, bytes: Uint8Array, start: number, end: number): number {
    const number = this.#names.length;
    if (number === NAMES_MAX) return -1;
    this.#slots[slot] = number + 1;
    // Not `slice`: in Node a Buffer's shares the memory of a chunk that will be reused.
    this.#bytes.push(Uint8Array.from(bytes.subarray(start, end)));
    this.#names.push(decodeUtf8(bytes, start, end));
    return number;
  }
}
