/**
 * The digest of a trace: 128 bits that say "the same run", streaming, in 32-bit integer arithmetic.
 *
 * The hash is MurmurHash3_x86_128 over the canonical words of the events. It is not cryptographic:
 * it tells runs apart, it does not prove that nobody tampered. Canonical words of an event: a head
 * (kind, task, symbol, object, and in the kind's three unused bits which words follow), the
 * microseconds since the event before, `a`, then `b` and `value` only where they are not zero. How
 * the trace was cut into segments does not matter. Known limit: amounts are hashed as a
 * little-endian machine holds them.
 */
import { Murmur128, MURMUR_REST_MAX } from '../base/murmur.ts';
import type { Segment } from './segment.ts';

const HAS_B = 1 << 5;
const HAS_VALUE = 1 << 6;
const HAS_LONG_GAP = 1 << 7;
const GAP_LIMIT = 0x1_0000_0000;
const WORDS_PER_EVENT_MAX = 7;
const BATCH_EVENTS = 1_024;

export class TraceDigest {
  readonly #hash = new Murmur128();
  readonly #words = new Uint32Array(MURMUR_REST_MAX + BATCH_EVENTS * WORDS_PER_EVENT_MAX);
  #rest = 0;
  #lastUs = 0;
  readonly #double = new Float64Array(1);
  readonly #halves = new Uint32Array(this.#double.buffer);

  /** Takes in a segment; segments come in order and once each. */
  readonly read = (segment: Segment): void => {
    for (let from = 0; from < segment.size; from += BATCH_EVENTS) {
      const count = this.#gather(segment, from, Math.min(from + BATCH_EVENTS, segment.size));
      this.#rest = this.#hash.update(this.#words, count);
    }
  };

  /** The digest so far, as 32 hex digits; reading goes on afterwards. */
  hex(): string {
    return this.#hash.hex(this.#words, this.#rest);
  }

  /** Appends the events' canonical words to the rest; returns how many words there are then. */
  #gather(segment: Segment, from: number, to: number): number {
    const words = this.#words;
    const { head, a, b, timeUs, value } = segment;
    let n = this.#rest;
    let last = this.#lastUs;
    for (let i = from; i < to; i++) {
      const now = timeUs[i] as number;
      const gap = now - last;
      last = now;
      const second = b[i] as number;
      const amount = value[i] as number;
      let flags = 0;
      const headAt = n++;
      words[n++] = gap;
      if (gap >= GAP_LIMIT) {
        flags |= HAS_LONG_GAP;
        words[n++] = Math.floor(gap / GAP_LIMIT);
      }
      words[n++] = a[i] as number;
      if (second !== 0) {
        flags |= HAS_B;
        words[n++] = second;
      }
      if (amount !== 0) {
        flags |= HAS_VALUE;
        this.#double[0] = amount;
        words[n++] = this.#halves[0] as number;
        words[n++] = this.#halves[1] as number;
      }
      words[headAt] = (head[i] as number) | flags;
    }
    this.#lastUs = last;
    return n;
  }
}
