/**
 * The digest of a trace: 128 bits that say "the same run", streaming, in 32-bit integer arithmetic.
 *
 * The hash is MurmurHash3_x86_128 (Austin Appleby, public domain) over the canonical words of the
 * events. It is not cryptographic: it tells runs apart, it does not prove that nobody tampered.
 * Canonical words of an event: a head (kind, symbol, object and which words follow), the task with the
 * microseconds since the event before, `a`, then `b` and `value` only where they are not zero. Runs of
 * one scenario in two engines agree when every word agrees; how the trace was cut into segments does
 * not matter.
 */
import type { Segment } from './segment.ts';

const C1 = 0x239b_961b;
const C2 = 0xab0e_9789 | 0;
const C3 = 0x38b3_4ae5;
const C4 = 0xa1e3_8b93 | 0;

const HAS_B = 1 << 5;
const HAS_VALUE = 1 << 6;
const HAS_LONG_GAP = 1 << 7;
const GAP_LIMIT = 0x100_0000;
const WORDS_PER_EVENT_MAX = 7;

export class TraceDigest {
  #h1 = 0;
  #h2 = 0;
  #h3 = 0;
  #h4 = 0;
  #words = new Uint32Array(4 + 1_024 * WORDS_PER_EVENT_MAX);
  #pending = 0;
  #wordCount = 0;
  #lastUs = 0;
  readonly #double = new Float64Array(1);
  readonly #halves = new Uint32Array(this.#double.buffer);

  /** Takes in a segment; segments come in order and once each. */
  readonly read = (segment: Segment): void => {
    for (let from = 0; from < segment.size; from += 1_024) {
      this.#gather(segment, from, Math.min(from + 1_024, segment.size));
      this.#blocks();
    }
  };

  /** The digest so far, as 32 hex digits; reading goes on afterwards. */
  hex(): string {
    let h1 = this.#h1;
    let h2 = this.#h2;
    let h3 = this.#h3;
    let h4 = this.#h4;
    const words = this.#words;
    const tail = this.#pending;
    if (tail > 2) h3 ^= Math.imul(rotl(Math.imul(words[2] as number, C3), 17), C4);
    if (tail > 1) h2 ^= Math.imul(rotl(Math.imul(words[1] as number, C2), 16), C3);
    if (tail > 0) h1 ^= Math.imul(rotl(Math.imul(words[0] as number, C1), 15), C2);
    const bytes = (this.#wordCount + tail) * 4;
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

  #gather(segment: Segment, from: number, to: number): void {
    const words = this.#words;
    const { kind, task, symbol, object, a, b, timeUs, value } = segment;
    let n = this.#pending;
    let last = this.#lastUs;
    for (let i = from; i < to; i++) {
      const now = timeUs[i] as number;
      const gap = now - last;
      last = now;
      const second = b[i] as number;
      const amount = value[i] as number;
      const headAt = n++;
      let head =
        (kind[i] as number) | ((symbol[i] as number) << 8) | ((object[i] as number) << 16);
      if (gap < GAP_LIMIT) {
        words[n++] = (gap << 8) | (task[i] as number);
      } else {
        head |= HAS_LONG_GAP;
        words[n++] = gap % 0x1_0000_0000;
        words[n++] = (Math.floor(gap / 0x1_0000_0000) << 8) | (task[i] as number);
      }
      words[n++] = a[i] as number;
      if (second !== 0) {
        head |= HAS_B;
        words[n++] = second;
      }
      if (amount !== 0) {
        head |= HAS_VALUE;
        this.#double[0] = amount;
        words[n++] = this.#halves[0] as number;
        words[n++] = this.#halves[1] as number;
      }
      words[headAt] = head;
    }
    this.#lastUs = last;
    this.#pending = n;
  }

  #blocks(): void {
    const words = this.#words;
    const whole = this.#pending & ~3;
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
    words.copyWithin(0, whole, this.#pending);
    this.#pending -= whole;
    this.#wordCount += whole;
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
