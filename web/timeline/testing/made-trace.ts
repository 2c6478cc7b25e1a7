/** Small made-up traces: whoever comes and goes as it is written, right or wrong. */
import fc from 'fast-check';
import {
  EventKind,
  type EventView,
  newView,
  ObjectId,
  packHead,
  Segment,
} from '../../../sim/index.ts';
import { TimelineIndex } from '../index-builder.ts';

/** An event on the socket: its kind, whose lane and which hold; each `seq` is its place. */
export interface MadeEvent {
  readonly kind: EventKind;
  readonly lane: number;
  readonly hold: number;
  readonly timeUs: number;
  readonly value?: number;
}

/** What one lane does, in order: waits so long, holds so long, rests so long. */
export interface Turn {
  readonly restUs: number;
  readonly waitUs: number;
  readonly holdUs: number;
}

/** Events of lanes that take turns as they like, sorted by time; overlaps happen as they happen. */
export function eventsOfTurns(lanes: readonly (readonly Turn[])[]): MadeEvent[] {
  let hold = 0;
  const events = lanes.flatMap((turns, lane) => {
    let timeUs = 0;
    return turns.flatMap((turn): MadeEvent[] => {
      hold += 1;
      const requestUs = timeUs + turn.restUs;
      const grantUs = requestUs + turn.waitUs;
      timeUs = grantUs + turn.holdUs;
      return [
        { kind: EventKind.request, lane, hold, timeUs: requestUs },
        { kind: EventKind.grant, lane, hold, timeUs: grantUs },
        { kind: EventKind.enter, lane, hold, timeUs: grantUs },
        { kind: EventKind.exit, lane, hold, timeUs },
      ];
    });
  });
  // A stable sort: events of one lane keep their order.
  return events.sort((one, other) => one.timeUs - other.timeUs);
}

/** Up to four lanes with up to 30 turns each, short and long. */
export const anyTurns: fc.Arbitrary<Turn[][]> = fc.array(
  fc.array(
    fc.record({
      restUs: fc.oneof(fc.nat(50), fc.nat(100_000)),
      waitUs: fc.oneof(fc.constant(0), fc.nat(5_000)),
      holdUs: fc.oneof(fc.nat(20), fc.nat(20_000)),
    }),
    { maxLength: 30 },
  ),
  { minLength: 1, maxLength: 4 },
);

/** The events as segments of so many. */
export function segmentsOf(events: readonly MadeEvent[], capacity = 16): Segment[] {
  const segments: Segment[] = [];
  events.forEach((event, seq) => {
    let segment = segments.at(-1);
    if (segment === undefined || segment.size === capacity) {
      segment = new Segment(seq, capacity);
      segments.push(segment);
    }
    const { kind, lane, hold, timeUs, value = 0 } = event;
    segment.head[segment.size] = packHead(kind, lane, lane, ObjectId.socket) >>> 0;
    segment.a[segment.size] = hold;
    segment.timeUs[segment.size] = timeUs;
    segment.value[segment.size] = value;
    segment.size += 1;
  });
  return segments;
}

/** The index of the events, finished at the last one or at `endUs`. */
export function indexOf(events: readonly MadeEvent[], endUs = 0, capacity = 16): TimelineIndex {
  const index = new TimelineIndex({ symbols: 4 });
  for (const segment of segmentsOf(events, capacity)) index.append(segment);
  index.finish(endUs);
  return index;
}

/** The same, event by event. */
export function indexBySteps(events: readonly MadeEvent[]): TimelineIndex {
  const index = new TimelineIndex({ symbols: 4 });
  const view: EventView = newView();
  events.forEach((event, seq) => {
    Object.assign(view, { kind: event.kind, task: event.lane, symbol: event.lane, object: 0 });
    Object.assign(view, {
      a: event.hold,
      b: 0,
      value: event.value ?? 0,
      seq,
      timeUs: event.timeUs,
    });
    index.step(view);
  });
  index.finish(0);
  return index;
}

/** Who is inside at a time, by the events themselves: all events at that time have happened. */
export function insideAt(events: readonly MadeEvent[], timeUs: number): Map<number, number> {
  const inside = new Map<number, number>();
  for (const event of events) {
    if (event.timeUs > timeUs) break;
    if (event.kind === EventKind.enter) inside.set(event.hold, event.lane);
    if (event.kind === EventKind.exit) inside.delete(event.hold);
  }
  return inside;
}

/** The most that were inside at once from one time to before another, by the events themselves. */
export function mostInside(events: readonly MadeEvent[], startUs: number, endUs: number): number {
  const inside = new Set<number>();
  let most = 0;
  let begun = false;
  for (const event of events) {
    if (event.timeUs >= endUs) break;
    if (!begun && event.timeUs >= startUs) {
      begun = true;
      most = inside.size;
    }
    if (event.kind === EventKind.enter) inside.add(event.hold);
    if (event.kind === EventKind.exit) inside.delete(event.hold);
    if (begun) most = Math.max(most, inside.size);
  }
  return begun ? most : inside.size;
}
