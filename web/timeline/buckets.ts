/**
 * Summaries by time, so that drawing a long trace costs pixels and not holds.
 *
 * All series share one scale: bucket `i` covers `widthUs` from `i * widthUs` on. When the trace
 * outgrows BUCKETS_MAX of them, neighbours are joined and the width doubles. Above the buckets
 * stands a pyramid of the same, joined two by two. Invariant: a maximum survives every join, so
 * what was seen in a bucket is seen at every zoom.
 */
import { assertExists } from '../../sim/index.ts';

export const BUCKETS_MAX = 16_384;
const ROOM_MIN = 256;
const WIDTH_US_MIN = 64;

/** A column of the pyramid. */
type Values = Float32Array | Uint8Array;

/** One figure a bucket, with the pyramid above it. */
abstract class Series<V extends Values> {
  #levels: V[] = [];
  /** For which state of the scale the pyramid was built. */
  #builtFor = -1;

  constructor(public values: V) {}

  protected abstract make(room: number): V;
  protected abstract joinInto(below: V, above: V): void;

  /** The buckets joined by 2^level; level 0 are the buckets themselves. */
  level(level: number, version: number): V {
    if (this.#builtFor !== version) {
      this.#levels = [this.values];
      this.#builtFor = version;
    }
    while (this.#levels.length <= level) {
      const below = assertExists(this.#levels.at(-1), 'expected the buckets themselves');
      const above = this.make(Math.max(1, below.length >> 1));
      this.joinInto(below, above);
      this.#levels.push(above);
    }
    return assertExists(this.#levels[level], 'expected a level that was just built');
  }

  /** Room for `room` buckets. */
  widen(room: number): void {
    const wider = this.make(room);
    wider.set(this.values);
    this.values = wider;
  }

  /** Joins neighbours in place: the scale's width has doubled. */
  fold(): void {
    const folded = this.make(this.values.length);
    this.joinInto(this.values, folded);
    this.values = folded;
  }
}

/** Microseconds a bucket that add up. */
export class SumSeries extends Series<Float32Array> {
  /** Another `us` were spent in that bucket. */
  add(bucket: number, us: number): void {
    this.values[bucket] = (this.values[bucket] as number) + us;
  }

  protected override make(room: number): Float32Array<ArrayBuffer> {
    return new Float32Array(room);
  }

  protected override joinInto(below: Float32Array, above: Float32Array): void {
    const pairs = below.length >> 1;
    for (let at = 0; at < pairs; at++) {
      above[at] = (below[2 * at] as number) + (below[2 * at + 1] as number);
    }
  }
}

/** The greatest that was seen in a bucket, up to 255. */
export class MaxSeries extends Series<Uint8Array> {
  /** At least `value` was seen in that bucket. */
  raise(bucket: number, value: number): void {
    if ((this.values[bucket] as number) < value) this.values[bucket] = Math.min(value, 255);
  }

  protected override make(room: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(room);
  }

  protected override joinInto(below: Uint8Array, above: Uint8Array): void {
    const pairs = below.length >> 1;
    for (let at = 0; at < pairs; at++) {
      above[at] = Math.max(below[2 * at] as number, below[2 * at + 1] as number);
    }
  }
}

/** The common scale of all series of a trace. */
export class Buckets {
  readonly #series: (SumSeries | MaxSeries)[] = [];
  #room = ROOM_MIN;
  widthUs = WIDTH_US_MIN;
  /** Changes whenever a pyramid that was built may be out of date. */
  version = 0;

  newSum(): SumSeries {
    const series = new SumSeries(new Float32Array(this.#room));
    this.#series.push(series);
    return series;
  }

  newMax(): MaxSeries {
    const series = new MaxSeries(new Uint8Array(this.#room));
    this.#series.push(series);
    return series;
  }

  /** Makes sure that a bucket for `timeUs` exists; the number of that bucket. */
  reach(timeUs: number): number {
    while (timeUs >= this.widthUs * BUCKETS_MAX) {
      this.widthUs *= 2;
      for (const series of this.#series) series.fold();
    }
    const bucket = Math.floor(timeUs / this.widthUs);
    if (bucket >= this.#room) {
      while (bucket >= this.#room) this.#room *= 2;
      for (const series of this.#series) series.widen(this.#room);
    }
    return bucket;
  }

  /** Adds the time from `startUs` to `endUs` to the buckets that it lies in; they must exist. */
  addSpan(series: SumSeries, startUs: number, endUs: number): void {
    const { widthUs } = this;
    const { values } = series;
    const first = Math.floor(startUs / widthUs);
    const last = Math.floor(endUs / widthUs);
    if (first === last) {
      values[first] = (values[first] as number) + (endUs - startUs);
      return;
    }
    values[first] = (values[first] as number) + ((first + 1) * widthUs - startUs);
    for (let at = first + 1; at < last; at++) values[at] = (values[at] as number) + widthUs;
    values[last] = (values[last] as number) + (endUs - last * widthUs);
  }

  /** The highest level whose buckets are not wider than `us`; -1 if even level 0 is wider. */
  levelFor(us: number): number {
    let level = -1;
    for (let width = this.widthUs; width <= us && level < 14; width *= 2) level += 1;
    return level;
  }
}
