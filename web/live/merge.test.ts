/**
 * Whatever members say to each other, and however wrong their clocks are: what was merged has every
 * cause before its effects.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventKind, Recorder, Segment, newView, readEvent } from '../../sim/index.ts';
import { Outbox } from '../workers/outbox.ts';
import { MergedTrace } from './merge.ts';

/** A member that stamps by the rule of the run: later than whatever it has heard. */
class Clockwork {
  readonly recorder: Recorder;
  readonly outbox = new Outbox();
  readonly #skewUs: number;

  constructor(skewUs: number) {
    this.#skewUs = skewUs;
    this.recorder = new Recorder({ capacity: 4, keep: false, readers: [this.outbox.read] });
  }

  /** Its clock goes on, and never back. */
  touch(trueUs: number): void {
    this.recorder.nowUs = Math.max(this.recorder.nowUs, trueUs + this.#skewUs);
  }

  hear(at: number): void {
    if (at >= this.recorder.nowUs) this.recorder.nowUs = at + 1;
  }

  stamp(number: number): void {
    this.recorder.stamp(EventKind.signal, 0, 0, 0, number, 0, 0);
  }
}

/** Who does something next: stamps alone, tells another, or reports. */
const move = (members: number) =>
  fc.record({
    kind: fc.constantFrom('stamp' as const, 'tell' as const, 'report' as const),
    from: fc.nat(members - 1),
    to: fc.nat(members - 1),
    passUs: fc.nat(3),
  });
const MEMBERS = 5;
const script = fc.record({
  skews: fc.array(fc.nat(500), { minLength: MEMBERS, maxLength: MEMBERS }),
  moves: fc.array(move(MEMBERS), { maxLength: 200 }),
});

/** The numbers of merged events in order, and the pairs of a cause and its effect. */
function played({ skews, moves }: typeof script extends fc.Arbitrary<infer T> ? T : never) {
  const members = skews.map((skewUs) => new Clockwork(skewUs));
  const order: number[] = [];
  const times: number[] = [];
  const merged = new Recorder({ keep: false, readers: [] });
  const trace = new MergedTrace(merged, MEMBERS, ({ a, timeUs }) => {
    order.push(a);
    times.push(timeUs);
  });
  const causes: [number, number][] = [];
  const last: (number | undefined)[] = members.map(() => undefined);
  let events = 0;
  let trueUs = 0;
  const stamp = (who: number): number => {
    const number = ++events;
    members[who]?.stamp(number);
    const before = last[who];
    if (before !== undefined) causes.push([before, number]);
    last[who] = number;
    return number;
  };
  const report = (who: number): void => {
    const member = members[who];
    if (member === undefined) return;
    member.outbox.read(member.recorder.pending);
    trace.take(who, member.outbox.take(), member.recorder.nowUs);
    trace.advance();
  };
  for (const { kind, from, to, passUs } of moves) {
    trueUs += passUs;
    const sender = members[from];
    if (sender === undefined) continue;
    sender.touch(trueUs);
    if (kind === 'report') report(from);
    else {
      const cause = stamp(from);
      if (kind !== 'tell' || from === to) continue;
      members[to]?.touch(trueUs);
      members[to]?.hear(sender.recorder.nowUs);
      causes.push([cause, stamp(to)]);
    }
  }
  for (const who of members.keys()) {
    report(who);
    trace.end(who);
  }
  trace.advance();
  return { order, times, causes, events };
}

describe('a merged trace', () => {
  it('has all events, in order of time, and every cause before its effects', () => {
    fc.assert(
      fc.property(script, (input) => {
        const { order, times, causes, events } = played(input);
        expect(order).toHaveLength(events);
        expect(times).toEqual([...times].sort((x, y) => x - y));
        const placeOf = new Map(order.map((number, place) => [number, place]));
        for (const [cause, effect] of causes) {
          expect(placeOf.get(cause)).toBeLessThan(placeOf.get(effect) ?? -1);
        }
      }),
    );
  });

  it('holds back what somebody who has not reported may still precede', () => {
    const recorder = new Recorder({ keep: true, readers: [] });
    const trace = new MergedTrace(recorder, 2, () => undefined);
    const segment = new Segment(0, 1);
    segment.size = 1;
    segment.head[0] = EventKind.signal;
    segment.timeUs[0] = 10;
    const wire = { firstSeq: 0, size: 1, buffer: segment.head.buffer as ArrayBuffer };
    trace.take(0, [wire], 20);
    trace.take(1, [], 10);
    trace.advance();
    expect(recorder.size).toBe(0);
    trace.take(1, [], 11);
    trace.advance();
    expect(recorder.size).toBe(1);
    const view = newView();
    readEvent(recorder.pending, 0, view);
    expect(view.timeUs).toBe(10);
  });

  it('waits for a member that was lost until that is written off', () => {
    const recorder = new Recorder({ keep: false, readers: [] });
    const trace = new MergedTrace(recorder, 2, () => undefined);
    trace.take(0, [], 500);
    expect(trace.watermarkOf(1)).toBe(0);
    trace.end(1);
    expect(trace.watermarkOf(0)).toBe(500);
  });
});
