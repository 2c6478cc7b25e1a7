/**
 * A set of whole numbers that are given out densely from 0: one bit each, a day of orders in 200
 * kB.
 *
 * Numbers from 0 to 2^30 - 1; a larger one is a programmer's mistake, because nobody counts that
 * far.
 */
import { assert } from './assert.ts';

const LIMIT = 0x4000_0000;
const WORDS_START = 16;
/** Shared by all that hold nothing yet. */
const NO_WORDS = new Uint32Array(0);

export class GrowingBits {
  #words = NO_WORDS;

  has(index: number): boolean {
    const word = this.#words[index >>> 5];
    return word !== undefined && (word & (1 << (index & 31))) !== 0;
  }

  add(index: number): void {
    const at = index >>> 5;
    if (at >= this.#words.length) this.#grow(index);
    this.#words[at] = (this.#words[at] as number) | (1 << (index & 31));
  }

  #grow(index: number): void {
    assert(index < LIMIT, `expected a number below ${LIMIT}, got ${index}`);
    let words = Math.max(WORDS_START, this.#words.length);
    while (words <= index >>> 5) words *= 2;
    const grown = new Uint32Array(words);
    grown.set(this.#words);
    this.#words = grown;
  }
}
