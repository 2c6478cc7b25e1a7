/**
 * A random stream by place: its n-th draw without the n-1 before it.
 *
 * What a trade earns and where a price stands must not depend on who asked earlier, so those are
 * draws by place. Integer arithmetic only (the finalizer of MurmurHash3, twice, under two keys).
 * Not for secrets.
 */
import { mix, RandomStream } from '../base/random.ts';

const GOLDEN = 0x9e37_79b9;
const SPAN_U32 = 0x1_0000_0000;

export class PlacedDraws {
  readonly #first: number;
  readonly #second: number;

  /** The draws that (seed, ...names) names, as in `RandomStream`. */
  constructor(seed: number, ...names: readonly string[]) {
    const keys = new RandomStream(seed, ...names);
    this.#first = keys.nextU32();
    this.#second = keys.nextU32();
  }

  /**
   * A uniform whole number in 0 to 2^32 - 1, always the same at the same place (a safe number >=
   * 0).
   */
  at(place: number): number {
    const high = Math.floor(place / SPAN_U32);
    return mix(mix((place ^ this.#first) + Math.imul(high, GOLDEN)) + this.#second);
  }

  /**
   * A uniform whole number in `min` to `max`, both included. Beyond a span of 2^32 only every so
   * many-th number can come.
   */
  between(place: number, min: number, max: number): number {
    return min + Math.floor((this.at(place) * (max - min + 1)) / SPAN_U32);
  }
}
