/**
 * Makes one trace of what several members stamped, in the order of time.
 *
 * Invariants: an event goes on once nobody can stamp an earlier one, that is below the least
 * watermark; what happened in one member stays in its order; at one and the same time the lower
 * member comes first. A cause is stamped at least 1 us before its effect in another member, so it
 * precedes it. Known limit: the slowest to report decides how far the trace is.
 */
import {
  type EventView,
  newView,
  readEvent,
  type Recorder,
  type Segment,
} from '../../sim/index.ts';
import type { WireSegment } from '../workers/engine-contract.ts';
import { segmentOf } from '../workers/outbox.ts';

/** What a member has reported and what of it has not gone on. */
interface Stream {
  readonly segments: Segment[];
  /** Place in the first segment. */
  at: number;
  /** Nothing earlier will come; Infinity once nothing will. */
  watermarkUs: number;
}

export class MergedTrace {
  readonly #recorder: Recorder;
  readonly #onEvent: (view: EventView) => void;
  readonly #streams: Stream[];
  readonly #view = newView();

  /** Stamps into `recorder`; `onEvent` sees each event as it goes on. */
  constructor(recorder: Recorder, members: number, onEvent: (view: EventView) => void) {
    this.#recorder = recorder;
    this.#onEvent = onEvent;
    this.#streams = Array.from({ length: members }, () => ({
      ...{ segments: [], at: 0, watermarkUs: 0 },
    }));
  }

  /** Until when everything that a member stamped is here. */
  watermarkOf(member: number): number {
    return this.#streams[member]?.watermarkUs ?? 0;
  }

  /** Takes in a report of a member; it has stamped everything before `watermarkUs` by then. */
  take(member: number, segments: readonly WireSegment[], watermarkUs: number): void {
    const stream = this.#streams[member];
    if (stream === undefined) return;
    stream.segments.push(...segments.map(segmentOf));
    stream.watermarkUs = Math.max(stream.watermarkUs, watermarkUs);
  }

  /** Nothing more comes from that member. */
  end(member: number): void {
    const stream = this.#streams[member];
    if (stream !== undefined) stream.watermarkUs = Infinity;
  }

  /** Lets everything go on that nothing can precede any more. */
  advance(): void {
    const boundUs = Math.min(...this.#streams.map(({ watermarkUs }) => watermarkUs));
    for (;;) {
      const { first, nextUs } = this.#earliest();
      if (first === undefined || headUs(first) >= boundUs) return;
      // As far as it is the only one: most of the time somebody stamps several in a row.
      do this.#passOn(first);
      while (headUs(first) < Math.min(nextUs, boundUs));
    }
  }

  /** The stream with the earliest event, and when that of any other is due. */
  #earliest(): { readonly first: Stream | undefined; readonly nextUs: number } {
    let first: Stream | undefined;
    let firstUs = Infinity;
    let nextUs = Infinity;
    for (const stream of this.#streams) {
      const timeUs = headUs(stream);
      if (timeUs < firstUs) {
        nextUs = firstUs;
        firstUs = timeUs;
        first = stream;
      } else if (timeUs < nextUs) nextUs = timeUs;
    }
    return { first, nextUs };
  }

  #passOn(stream: Stream): void {
    const [segment] = stream.segments;
    if (segment === undefined) return;
    const view = this.#view;
    readEvent(segment, stream.at, view);
    this.#recorder.nowUs = view.timeUs;
    const { kind, task, symbol, object, a, b, value } = view;
    this.#recorder.stamp(kind, task, symbol, object, a, b, value);
    this.#onEvent(view);
    stream.at += 1;
    if (stream.at < segment.size) return;
    stream.segments.shift();
    stream.at = 0;
  }
}

/** When a stream's next event happened; Infinity where it has none. */
function headUs({ segments, at }: Stream): number {
  return segments[0]?.timeUs[at] ?? Infinity;
}
