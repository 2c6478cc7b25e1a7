/**
 * Summaries by time, so that drawing a long trace costs pixels and not holds.
 *
 * All series share one scale: bucket `i` covers `widthUs` from `i * widthUs` on. When the trace outgrows
 * BUCKETS_MAX of them, neighbours are joined and the width doubles. Above the buckets stands a pyramid
 * of the same, joined two by two. Invariant: a maximum survives every join, so what was seen in a
 * bucket is seen at every zoom.
 */
import { assertExists } from '../../sim/index.ts';

export const BUCKETS_MAX = 16_384;
const ROOM_MIN = 256;
const WIDTH_US_MIN = 64;

type Values = Float32Array | Uint8Array;

/** One figure a bucket: microseconds that add up, or the greatest that was seen. */
export class Series {
  values: Values;
  #levels: Values[] = [];
  /** For which state of the scale the pyramid was built. */
  #builtFor = -1;

  constructor(
    readonly join: 'sum' | 'max',
    room: number,
  ) {
    this.values = this.#make(room);
  }

  /** At least `value` was seen in that bucket. */
  raise(bucket: number, value: number): void {
    if ((this.values[bucket] as number) < value) this.values[bucket] = Math.min(value, 255);
  }

  /** The buckets joined by 2^level; level 0 are the buckets themselves. */
  level(level: number, version: number): Values {
    if (this.#builtFor !== version) {
      this.#levels = [this.values];
      this.#builtFor = version;
    }
    while (this.#levels.length <= level) {
      const below = assertExists(this.#levels.at(-1), 'expected the buckets themselves');
      const above = this.#make(Math.max(1, below.length >> 1));
      this.#joinInto(below, above);
      this.#levels.push(above);
    }
    return assertExists(this.#levels[level], 'expected a level that was just built');
  }

  /** Room for `room` buckets. */
  widen(room: number): void {
    const wider = this.#make(room);
    wider.set(this.values);
    this.values = wider;
  }

  /** Joins neighbours in place: the scale's width has doubled. */
  fold(): void {
    const folded = this.#make(this.values.length);
    this.#joinInto(this.values, folded);
    this.values = folded;
  }

  #make(room: number): Values {
    return this.join === 'sum' ? new Float32Array(room) : new Uint8Array(room);
  }

  #joinInto(below: Values, above: Values): void {
    const pairs = below.length >> 1;
    for (let at = 0; at < pairs; at++) {
      const left = below[2 * at] as number;
      const right = below[2 * at + 1] as number;
      above[at] = this.join === 'sum' ? left + right : Math.max(left, right);
    }
  }
}

/** The common scale of all series of a trace. */
export class Buckets {
  readonly #series: Series[] = [];
  #room = ROOM_MIN;
  widthUs = WIDTH_US_MIN;
  /** Changes whenever a pyramid that was built may be out of date. */
  version = 0;

  newSeries(join: 'sum' | 'max'): Series {
    const series = new Series(join, this.#room);
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
  addSpan(series: Series, startUs: number, endUs: number): void {
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
