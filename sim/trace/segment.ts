/**
 * A stretch of the trace as columns of typed arrays: 28 bytes an event, no object an event.
 *
 * A segment is self-contained, so it can be transferred to another thread or let go once it is read.
 */
import type { EventKind, EventView } from './event.ts';

export interface Segment {
  /** Position in the trace of the segment's first event. */
  readonly firstSeq: number;
  /** How many events it holds; the columns may be longer. */
  size: number;
  readonly kind: Uint8Array;
  readonly task: Uint8Array;
  readonly symbol: Uint8Array;
  readonly object: Uint8Array;
  readonly a: Uint32Array;
  readonly b: Uint32Array;
  readonly timeUs: Float64Array;
  readonly value: Float64Array;
}

/** An empty segment with room for `capacity` events, in one buffer. */
export function newSegment(firstSeq: number, capacity: number): Segment {
  const room = (capacity + 7) & ~7;
  const buffer = new ArrayBuffer(room * 28);
  return {
    firstSeq,
    size: 0,
    timeUs: new Float64Array(buffer, 0, room),
    value: new Float64Array(buffer, room * 8, room),
    a: new Uint32Array(buffer, room * 16, room),
    b: new Uint32Array(buffer, room * 20, room),
    kind: new Uint8Array(buffer, room * 24, room),
    task: new Uint8Array(buffer, room * 25, room),
    symbol: new Uint8Array(buffer, room * 26, room),
    object: new Uint8Array(buffer, room * 27, room),
  };
}

/** Points `view` at the event in place `at` of `segment`. */
export function readEvent(segment: Segment, at: number, view: EventView): void {
  view.kind = segment.kind[at] as EventKind;
  view.seq = segment.firstSeq + at;
  view.timeUs = segment.timeUs[at] as number;
  view.task = segment.task[at] as number;
  view.symbol = segment.symbol[at] as number;
  view.object = segment.object[at] as number;
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
