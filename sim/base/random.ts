/**
 * Seeded random streams, named so that adding a part moves nobody else's draws.
 *
 * The generator is sfc32 (Chris Doty-Humphrey, PractRand): 128 bits of state, integer arithmetic
 * only, so every engine draws the same numbers. A stream's state comes from its name by FNV-1a and
 * the finalizer of MurmurHash3. Not for secrets.
 */
import { assert } from './assert.ts';

/** Draws that a stream leaves out at its start, until its state is mixed. */
const WARM_UP = 12;

export class RandomStream {
  #a: number;
  #b: number;
  #c: number;
  #counter = WARM_UP + 1;

  /** The stream that (seed, ...names) names, for instance (42, 'BTCUSD.s', 'interval'). */
  constructor(seed: number, ...names: readonly string[]) {
    let hash = mix(seed >>> 0) ^ mix(Math.floor(seed / 0x1_0000_0000) + 0x9e37_79b9);
    for (const name of names) hash = fnv1a(name, mix(hash));
    let a = mix(hash ^ 0x243f_6a88) | 0;
    let b = mix(hash ^ 0x85a3_08d3) | 0;
    let c = mix(hash ^ 0x1319_8a2e) | 0;
    // As in nextU32, on locals: an explored run begins with dozens of streams.
    for (let counter = 1; counter <= WARM_UP; counter++) {
      const sum = (a + b + counter) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + sum) | 0;
    }
    this.#a = a;
    this.#b = b;
    this.#c = c;
  }

  /** A uniform whole number in 0 to 2^32 - 1. */
  nextU32(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /**
   * A uniform whole number in `min` to `max`, both included; the span is at most 2^32. Always one
   * draw, so that a change of range moves no later draw; the bias is below span / 2^32.
   */
  between(min: number, max: number): number {
    assert(min <= max, 'expected a range with its smaller end first');
    return min + Math.floor((this.nextU32() * (max - min + 1)) / 0x1_0000_0000);
  }

  /** True with a probability of `perMillion` in a million. Always one draw. */
  chance(perMillion: number): boolean {
    return this.between(0, 999_999) < perMillion;
  }
}

/** The finalizer of MurmurHash3: every input bit flips each output bit about half of the time. */
export function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85eb_ca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2_ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function fnv1a(text: string, seed: number): number {
  let h = seed ^ 0x811c_9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x0100_0193);
  return h >>> 0;
}
