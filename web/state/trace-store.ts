/**
 * The trace as the page has it: stretches of columns for looking up, and the timeline's index.
 *
 * Events are never objects until somebody looks at one. Beyond EVENTS_KEPT events the index goes on
 * and the columns stop, so the table ends where the store does. `lines` has a log's lines.
 */
import { type EventView, readEvent, type Segment } from '../../sim/index.ts';
import { TimelineIndex } from '../timeline/index.ts';
import type { WireSegment } from '../workers/engine-contract.ts';
import { bufferOf } from '../workers/outbox.ts';

/** 28 bytes each: 112 MB at most. */
export const EVENTS_KEPT = 4_000_000;

export class TraceStore {
  readonly index: TimelineIndex;
  readonly #segments: Segment[] = [];
  readonly #lines: Float64Array[] = [];
  #size = 0;
  #seen = 0;

  /** `symbols`: how many are known from the start. */
  constructor(symbols: number) {
    this.index = new TimelineIndex({ symbols });
  }

  /** Events that can be looked up: sequence numbers from 0 to below this. */
  get size(): number {
    return this.#size;
  }

  /** Events that there were. */
  get seen(): number {
    return this.#seen;
  }

  /** Whether every event that there was can be looked up. */
  get isWhole(): boolean {
    return this.#size === this.#seen;
  }

  get isLog(): boolean {
    return this.#lines.length > 0;
  }

  /** Takes the next stretch, which it keeps; `lines` holds a log's line number for each event. */
  append(segment: Segment, lines?: Float64Array): void {
    this.index.append(segment);
    this.#seen += segment.size;
    if (this.#size >= EVENTS_KEPT || segment.firstSeq !== this.#size) return;
    this.#segments.push(segment);
    if (lines !== undefined) this.#lines.push(lines);
    this.#size += segment.size;
  }

  /** The stretches that are kept, for whoever writes them down; they stay the store's. */
  wire(): readonly WireSegment[] {
    return this.#segments.map((segment) => ({
      ...{ firstSeq: segment.firstSeq, size: segment.size, buffer: bufferOf(segment) },
    }));
  }

  /** Points `view` at event `seq`; false where it is not kept. */
  read(seq: number, view: EventView): boolean {
    const at = this.#segmentOf(seq);
    const segment = this.#segments[at];
    if (segment === undefined || seq < 0 || seq >= this.#size) return false;
    readEvent(segment, seq - segment.firstSeq, view);
    return true;
  }

  /** What people call the place of event `seq`: its line in a log, else its own number. */
  placeOf(seq: number): number {
    const at = this.#segmentOf(seq);
    const segment = this.#segments[at];
    return segment === undefined ? seq : (this.#lines[at]?.[seq - segment.firstSeq] ?? seq);
  }

  /** The event at a place of evidence: a sequence number, or in a log the line. */
  seqOf(place: number): number {
    if (!this.isLog) return place;
    let low = 0;
    let high = this.#size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.placeOf(middle) < place) low = middle + 1;
      else high = middle;
    }
    return Math.min(low, Math.max(0, this.#size - 1));
  }

  /** The last event at or before a time; 0 where there is none. */
  seqBefore(timeUs: number): number {
    let low = 0;
    let high = this.#size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const segment = this.#segments[this.#segmentOf(middle)] as Segment;
      if ((segment.timeUs[middle - segment.firstSeq] as number) <= timeUs) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

  /** The last segment that begins at or before `seq`. */
  #segmentOf(seq: number): number {
    let low = 0;
    let high = this.#segments.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#segments[middle] as Segment).firstSeq <= seq) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }
}
