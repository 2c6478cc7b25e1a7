/**
 * Collects a run's trace for the page: every event once, in order, in buffers that can be given
 * away.
 *
 * The engine reuses its segment, so a stretch is copied out of it, whole once it is full and in
 * part whenever the page has room for more. Invariant: what leaves begins where the last stretch
 * ended.
 */
import { Segment } from '../../sim/index.ts';
import type { WireSegment } from './engine-contract.ts';

export class Outbox {
  #collected: WireSegment[] = [];
  #nextSeq = 0;
  #takenSeq = 0;

  /** Events that were collected and not yet taken. */
  get size(): number {
    return this.#nextSeq - this.#takenSeq;
  }

  /** Takes in what is new in `segment`, which may go on growing; segments come in order. */
  readonly read = (segment: Segment): void => {
    const from = this.#nextSeq - segment.firstSeq;
    const size = segment.size - from;
    if (size <= 0) return;
    const copy = new Segment(this.#nextSeq, size);
    copyColumns(segment, copy, from, segment.size);
    this.#collected.push({ firstSeq: this.#nextSeq, size, buffer: bufferOf(copy) });
    this.#nextSeq += size;
  };

  /** Hands over what was collected and starts anew. */
  take(): readonly WireSegment[] {
    const taken = this.#collected;
    this.#collected = [];
    this.#takenSeq = this.#nextSeq;
    return taken;
  }
}

/** The segment whose columns lie in a buffer that arrived. */
export function segmentOf({ firstSeq, size, buffer }: WireSegment): Segment {
  const segment = new Segment(firstSeq, size, buffer);
  segment.size = size;
  return segment;
}

/** The buffer in which all columns of `segment` lie. */
export function bufferOf(segment: Segment): ArrayBuffer {
  return segment.head.buffer as ArrayBuffer;
}

function copyColumns(source: Segment, target: Segment, from: number, to: number): void {
  target.head.set(source.head.subarray(from, to));
  target.a.set(source.a.subarray(from, to));
  target.b.set(source.b.subarray(from, to));
  target.timeUs.set(source.timeUs.subarray(from, to));
  target.value.set(source.value.subarray(from, to));
}
