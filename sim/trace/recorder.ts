/**
 * Writes the trace: every part of a run stamps its events here, and observers read whole segments.
 *
 * An observer gets each segment once, when it is full or the run ends. A recorder that keeps
 * nothing reuses one segment, so a day of ticks fits into the memory of a minute.
 */
import { type EventKind } from './event.ts';
import { packHead, Segment } from './segment.ts';

/**
 * Reads a finished stretch of the trace; it must not keep the segment unless the recorder keeps.
 */
export type SegmentReader = (segment: Segment) => void;

export interface RecorderOptions {
  /** Events a segment; the default suits observers' caches. */
  readonly capacity?: number;
  /** True to keep all segments for reading later; false to let them go once they are read. */
  readonly keep: boolean;
  readonly readers: readonly SegmentReader[];
}

export const SEGMENT_EVENTS = 8_192;

export class Recorder {
  readonly #capacity: number;
  readonly #keep: boolean;
  readonly #readers: readonly SegmentReader[];
  readonly #kept: Segment[] = [];
  #segment: Segment;
  /** The driver sets the clock before each step; events take their time from here. */
  nowUs = 0;

  constructor(options: RecorderOptions) {
    this.#capacity = options.capacity ?? SEGMENT_EVENTS;
    this.#keep = options.keep;
    this.#readers = options.readers;
    this.#segment = new Segment(0, this.#capacity);
  }

  /** How many events have been stamped. */
  get size(): number {
    return this.#segment.firstSeq + this.#segment.size;
  }

  /** The segments that were kept, all of them once the trace is finished. */
  get segments(): readonly Segment[] {
    return this.#kept;
  }

  /** The stretch that no reader has got yet; it grows and is reused, so copy what you keep. */
  get pending(): Segment {
    return this.#segment;
  }

  /** Stamps an event; what `object`, `a`, `b` and `value` mean stands with its kind. */
  stamp(
    kind: EventKind,
    task: number,
    symbol: number,
    object: number,
    a: number,
    b: number,
    value: number,
  ): void {
    let segment = this.#segment;
    let at = segment.size;
    if (at === this.#capacity) {
      this.#flush();
      segment = this.#segment;
      at = 0;
    }
    segment.head[at] = packHead(kind, task, symbol, object);
    segment.a[at] = a;
    segment.b[at] = b;
    segment.timeUs[at] = this.nowUs;
    segment.value[at] = value;
    segment.size = at + 1;
  }

  /** Hands over what is pending now; what is stamped later is another stretch. */
  handOver(): void {
    this.#flush();
  }

  /** Hands over what is pending; call once, at the end of the run. */
  finish(): void {
    this.#flush();
  }

  #flush(): void {
    const done = this.#segment;
    if (done.size > 0) for (const read of this.#readers) read(done);
    const firstSeq = done.firstSeq + done.size;
    if (this.#keep) {
      if (done.size > 0) this.#kept.push(done);
      this.#segment = new Segment(firstSeq, this.#capacity);
    } else {
      done.firstSeq = firstSeq;
      done.size = 0;
    }
  }
}
