/**
 * Counts how often each duration occurred, for percentiles that are exact and not sampled.
 *
 * Durations below 65,536 us are counted in a dense array that grows as far as it is needed, longer
 * ones in a map. Known limit: once 200,000 different long durations were seen, further new ones are
 * rounded up to whole milliseconds, so that memory stays bounded.
 */
import { US_PER_MS } from './time.ts';

const DENSE_MAX = 65_536;
const LONG_MAX = 200_000;

/** Nearest-rank percentiles in microseconds; all zero where `samples` is 0. */
export interface Percentiles {
  readonly samples: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export class Tally {
  #dense = new Uint32Array(256);
  readonly #long = new Map<number, number>();
  #samples = 0;
  #max = 0;

  get samples(): number {
    return this.#samples;
  }

  get max(): number {
    return this.#max;
  }

  /** Counts one duration of `us` whole microseconds >= 0. */
  add(us: number): void {
    this.#samples += 1;
    if (us > this.#max) this.#max = us;
    if (us < this.#dense.length) this.#dense[us] = (this.#dense[us] as number) + 1;
    else this.#addFar(us, 1);
  }

  /** Counts everything that `other` has counted. */
  addAll(other: Tally): void {
    for (let us = 0; us < other.#dense.length; us++) {
      const times = other.#dense[us] as number;
      if (times === 0) continue;
      if (us < this.#dense.length) this.#dense[us] = (this.#dense[us] as number) + times;
      else this.#addFar(us, times);
    }
    for (const [us, times] of other.#long) this.#addFar(us, times);
    this.#samples += other.#samples;
    this.#max = Math.max(this.#max, other.#max);
  }

  /** The percentiles by nearest rank: the smallest duration that so many per cent do not exceed. */
  percentiles(): Percentiles {
    const [p50 = 0, p95 = 0, p99 = 0] = this.#ranks([50, 95, 99]);
    return { samples: this.#samples, p50, p95, p99, max: this.#max };
  }

  #ranks(percents: readonly number[]): number[] {
    const wanted = percents.map((percent) => Math.ceil((percent * this.#samples) / 100));
    const found: number[] = [];
    let seen = 0;
    const visit = (us: number, times: number): void => {
      seen += times;
      while (found.length < wanted.length && seen >= (wanted[found.length] as number)) {
        found.push(us);
      }
    };
    if (this.#samples === 0) return found;
    for (let us = 0; us < this.#dense.length; us++) {
      const times = this.#dense[us] as number;
      if (times > 0) visit(us, times);
    }
    for (const [us, times] of [...this.#long].sort((x, y) => x[0] - y[0])) visit(us, times);
    return found;
  }

  #addFar(us: number, times: number): void {
    if (us < DENSE_MAX) {
      let room = this.#dense.length;
      while (room <= us) room *= 2;
      const grown = new Uint32Array(room);
      grown.set(this.#dense);
      grown[us] = (grown[us] as number) + times;
      this.#dense = grown;
      return;
    }
    const crowded = this.#long.size >= LONG_MAX && !this.#long.has(us);
    const rounded = crowded ? Math.ceil(us / US_PER_MS) * US_PER_MS : us;
    this.#long.set(rounded, (this.#long.get(rounded) ?? 0) + times);
  }
}
