/**
 * A made-up trace of any length, for measurements: every lane asks, waits, holds and gives back in
 * turn.
 *
 * One segment is used again and again, as a reader that keeps nothing sees it.
 */
import { EventKind, NONE, ObjectId, packHead, Segment } from '../sim/index.ts';

export interface LongTraceOptions {
  readonly holds: number;
  readonly lanes: number;
  /** Also a send and a receive a hold. */
  readonly exchanges: boolean;
  /** Every so many holds the next one barges in; 0 for never. */
  readonly violationEvery: number;
}

const CAPACITY = 8_192;
const HOLD_US = 2_000;

/** Gives the trace to `read`, a segment at a time; the end of it in microseconds. */
export function writeLongTrace(
  options: LongTraceOptions,
  read: (segment: Segment) => void,
): number {
  const { holds, lanes, exchanges, violationEvery } = options;
  const segment = new Segment(0, CAPACITY);
  const stamp = (kind: EventKind, lane: number, a: number, timeUs: number): void => {
    if (segment.size === CAPACITY) {
      read(segment);
      segment.firstSeq += CAPACITY;
      segment.size = 0;
    }
    const at = segment.size;
    segment.head[at] = packHead(kind, lane, lane, ObjectId.socket) >>> 0;
    segment.a[at] = a;
    segment.b[at] = 0;
    segment.timeUs[at] = timeUs;
    segment.value[at] = 0;
    segment.size = at + 1;
  };
  let timeUs = 0;
  let late = 0;
  for (let lane = 0; lane < lanes; lane++) stamp(EventKind.request, lane, lane + 1, 0);
  for (let hold = 1; hold <= holds; hold++) {
    const lane = (hold - 1) % lanes;
    stamp(EventKind.grant, lane, hold, timeUs);
    stamp(EventKind.enter, lane, hold, timeUs);
    if (exchanges) stamp(EventKind.send, lane, hold, timeUs);
    // The one before stayed inside until now: both hold.
    if (late > 0) stamp(EventKind.exit, (late - 1) % lanes, late, timeUs + 100);
    timeUs += HOLD_US + ((hold * 7919) % 997);
    if (exchanges) stamp(EventKind.receive, lane, hold, timeUs);
    late = violationEvery > 0 && hold % violationEvery === 0 ? hold : 0;
    if (late === 0) stamp(EventKind.exit, lane, hold, timeUs);
    stamp(EventKind.release, lane, hold, timeUs);
    if (hold + lanes <= holds) stamp(EventKind.request, lane, hold + lanes, timeUs);
  }
  if (late > 0) stamp(EventKind.exit, (late - 1) % lanes, late, timeUs);
  stamp(EventKind.end, NONE, 0, timeUs);
  read(segment);
  return timeUs;
}
