/**
 * MurmurHash3_x86_128 (Austin Appleby, public domain), streaming, over 32-bit words in 32-bit
 * arithmetic.
 *
 * Words count as their four bytes, least significant first; the seed is 0. Not cryptographic.
 */

const C1 = 0x239b_961b;
const C2 = 0xab0e_9789 | 0;
const C3 = 0x38b3_4ae5;
const C4 = 0xa1e3_8b93 | 0;

/** How many words at the front of a buffer `update` may leave unread, for the next call. */
export const MURMUR_REST_MAX = 3;

export class Murmur128 {
  #h1 = 0;
  #h2 = 0;
  #h3 = 0;
  #h4 = 0;
  #wordCount = 0;

  /**
   * Takes in whole blocks of four out of the first `count` words, moves the rest (at most
   * MURMUR_REST_MAX) to the front, and returns how many those are.
   */
  update(words: Uint32Array, count: number): number {
    const whole = count & ~3;
    let h1 = this.#h1;
    let h2 = this.#h2;
    let h3 = this.#h3;
    let h4 = this.#h4;
    for (let i = 0; i < whole; i += 4) {
      h1 ^= Math.imul(rotl(Math.imul(words[i] as number, C1), 15), C2);
      h1 = (Math.imul((rotl(h1, 19) + h2) | 0, 5) + 0x561c_cd1b) | 0;
      h2 ^= Math.imul(rotl(Math.imul(words[i + 1] as number, C2), 16), C3);
      h2 = (Math.imul((rotl(h2, 17) + h3) | 0, 5) + 0x0bca_a747) | 0;
      h3 ^= Math.imul(rotl(Math.imul(words[i + 2] as number, C3), 17), C4);
      h3 = (Math.imul((rotl(h3, 15) + h4) | 0, 5) + 0x96cd_1c35) | 0;
      h4 ^= Math.imul(rotl(Math.imul(words[i + 3] as number, C4), 18), C1);
      h4 = (Math.imul((rotl(h4, 13) + h1) | 0, 5) + 0x32ac_3b17) | 0;
    }
    this.#h1 = h1;
    this.#h2 = h2;
    this.#h3 = h3;
    this.#h4 = h4;
    this.#wordCount += whole;
    words.copyWithin(0, whole, count);
    return count - whole;
  }

  /** The hash of all words so far and of the `rest` that `update` left: 32 hex digits. */
  hex(words: Uint32Array, rest: number): string {
    let h1 = this.#h1;
    let h2 = this.#h2;
    let h3 = this.#h3;
    let h4 = this.#h4;
    if (rest > 2) h3 ^= Math.imul(rotl(Math.imul(words[2] as number, C3), 17), C4);
    if (rest > 1) h2 ^= Math.imul(rotl(Math.imul(words[1] as number, C2), 16), C3);
    if (rest > 0) h1 ^= Math.imul(rotl(Math.imul(words[0] as number, C1), 15), C2);
    const bytes = (this.#wordCount + rest) * 4;
    h1 ^= bytes;
    h2 ^= bytes;
    h3 ^= bytes;
    h4 ^= bytes;
    h1 = (h1 + h2 + h3 + h4) | 0;
    h2 = (h2 + h1) | 0;
    h3 = (h3 + h1) | 0;
    h4 = (h4 + h1) | 0;
    h1 = finalMix(h1);
    h2 = finalMix(h2);
    h3 = finalMix(h3);
    h4 = finalMix(h4);
    h1 = (h1 + h2 + h3 + h4) | 0;
    h2 = (h2 + h1) | 0;
    h3 = (h3 + h1) | 0;
    h4 = (h4 + h1) | 0;
    return [h1, h2, h3, h4].map((h) => (h >>> 0).toString(16).padStart(8, '0')).join('');
  }
}

function rotl(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function finalMix(value: number): number {
  let h = Math.imul(value ^ (value >>> 16), 0x85eb_ca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2_ae35);
  return h ^ (h >>> 16);
}
