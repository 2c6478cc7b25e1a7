/**
 * A stretch of the trace as columns of typed arrays: 28 bytes an event, no object an event.
 *
 * A segment is self-contained, so it can be transferred to another thread or let go once it is
 * read.
 */
import type { EventKind, EventView } from './event.ts';

export class Segment {
  /** Position in the trace of the segment's first event. */
  firstSeq: number;
  /** How many events it holds; the columns may be longer. */
  size = 0;
  /** What `packHead` makes of kind, task, symbol and object. */
  readonly head: Uint32Array;
  readonly a: Uint32Array;
  readonly b: Uint32Array;
  readonly timeUs: Float64Array;
  readonly value: Float64Array;

  /** Columns with room for `capacity` events, in one buffer that can be transferred whole. */
  constructor(firstSeq: number, capacity: number, buffer = new ArrayBuffer(bytesFor(capacity))) {
    const room = buffer.byteLength / EVENT_BYTES;
    this.firstSeq = firstSeq;
    this.timeUs = new Float64Array(buffer, 0, room);
    this.value = new Float64Array(buffer, room * 8, room);
    this.a = new Uint32Array(buffer, room * 16, room);
    this.b = new Uint32Array(buffer, room * 20, room);
    this.head = new Uint32Array(buffer, room * 24, room);
  }
}

const EVENT_BYTES = 28;

/** Room for a multiple of eight events, so that every column is aligned. */
function bytesFor(capacity: number): number {
  return ((capacity + 7) & ~7) * EVENT_BYTES;
}

/** Four numbers of 0 to 255 in one word: kind lowest, then task, symbol, object. */
export function packHead(kind: EventKind, task: number, symbol: number, object: number): number {
  return kind | (task << 8) | (symbol << 16) | (object << 24);
}

/** Points `view` at the event in place `at` of `segment`. */
export function readEvent(segment: Segment, at: number, view: EventView): void {
  const head = segment.head[at] as number;
  view.kind = (head & 255) as EventKind;
  view.task = (head >>> 8) & 255;
  view.symbol = (head >>> 16) & 255;
  view.object = head >>> 24;
  view.seq = segment.firstSeq + at;
  view.timeUs = segment.timeUs[at] as number;
  view.a = segment.a[at] as number;
  view.b = segment.b[at] as number;
  view.value = segment.value[at] as number;
}

/** A view that points nowhere yet. */
export function newView(): EventView {
  const kind = 1 satisfies EventKind;
  return { kind, seq: 0, timeUs: 0, task: 0, symbol: 0, object: 0, a: 0, b: 0, value: 0 };
}

/** Every event of the segments in order, through one reused view. */
export function* eventsOf(segments: Iterable<Segment>): Generator<EventView, void, undefined> {
  const view = newView();
  for (const segment of segments) {
    for (let at = 0; at < segment.size; at++) {
      readEvent(segment, at, view);
      yield view;
    }
  }
}
