import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TraceDigest } from './digest.ts';
import { EventKind, keepEvent, NONE, type TraceEvent } from './event.ts';
import { Recorder } from './recorder.ts';
import { eventsOf, type Segment } from './segment.ts';

const KINDS = Object.values(EventKind);

type Stamp = Omit<TraceEvent, 'seq' | 'timeUs'> & { gapUs: number };

const stampArbitrary: fc.Arbitrary<Stamp> = fc.record({
  kind: fc.constantFrom(...KINDS),
  gapUs: fc.oneof(fc.nat(5_000), fc.nat(2 ** 40)),
  task: fc.nat(NONE),
  symbol: fc.nat(NONE),
  object: fc.nat(NONE),
  a: fc.nat(2 ** 31 - 1),
  b: fc.oneof(fc.constant(0), fc.nat()),
  value: fc.oneof(fc.constant(0), fc.integer(), fc.double({ noNaN: true })),
});

function record(stamps: readonly Stamp[], capacity: number, keep = true) {
  const digest = new TraceDigest();
  const seen: TraceEvent[] = [];
  const copy = (segment: Segment): void => {
    for (const event of eventsOf([segment])) seen.push(keepEvent(event));
  };
  const recorder = new Recorder({ capacity, keep, readers: [digest.read, copy] });
  for (const stamp of stamps) {
    recorder.nowUs += stamp.gapUs;
    const { kind, task, symbol, object, a, b, value } = stamp;
    recorder.stamp(kind, task, symbol, object, a, b, value);
  }
  recorder.finish();
  return { recorder, seen, digest: digest.hex() };
}

describe('the recorder', () => {
  it('gives readers every event once, in order, however the trace is cut', () => {
    fc.assert(
      fc.property(fc.array(stampArbitrary), fc.integer({ min: 1, max: 40 }), (stamps, capacity) => {
        const { seen, recorder } = record(stamps, capacity);
        let nowUs = 0;
        const expected = stamps.map(({ gapUs, ...stamp }, seq) => ({
          ...stamp,
          seq,
          timeUs: (nowUs += gapUs),
        }));
        expect(seen).toEqual(expected);
        expect([...eventsOf(recorder.segments)].length).toBe(stamps.length);
      }),
      { seed: 127 },
    );
  });

  it('lets segments go when it keeps nothing', () => {
    const stamps = fc.sample(stampArbitrary, { seed: 127, numRuns: 100 });
    const { recorder, seen } = record(stamps, 8, false);
    expect(recorder.segments).toEqual([]);
    expect(recorder.size).toBe(100);
    expect(seen.map((event) => event.seq)).toEqual(stamps.map((_, seq) => seq));
  });
});

describe('the digest', () => {
  const differing: readonly (readonly [string, (stamp: Stamp) => Stamp])[] = [
    ['kind', (stamp) => ({ ...stamp, kind: stamp.kind === 1 ? 2 : 1 })],
    ['time', (stamp) => ({ ...stamp, gapUs: stamp.gapUs + 1 })],
    ['task', (stamp) => ({ ...stamp, task: stamp.task ^ 1 })],
    ['symbol', (stamp) => ({ ...stamp, symbol: stamp.symbol ^ 1 })],
    ['object', (stamp) => ({ ...stamp, object: stamp.object ^ 1 })],
    ['a', (stamp) => ({ ...stamp, a: stamp.a ^ 1 })],
    ['b', (stamp) => ({ ...stamp, b: stamp.b + 1 })],
    ['value', (stamp) => ({ ...stamp, value: stamp.value === 1 ? 2 : 1 })],
  ];

  it.each(differing)('tells apart two traces that differ in one %s', (_, change) => {
    fc.assert(
      fc.property(fc.array(stampArbitrary, { minLength: 1 }), fc.nat(), (stamps, pick) => {
        const at = pick % stamps.length;
        const other = stamps.map((stamp, i) => (i === at ? change(stamp) : stamp));
        expect(record(other, 64).digest).not.toBe(record(stamps, 64).digest);
      }),
      { seed: 127 },
    );
  });

  it('does not depend on how the trace is cut into segments', () => {
    fc.assert(
      fc.property(fc.array(stampArbitrary), fc.integer({ min: 1, max: 9 }), (stamps, capacity) => {
        expect(record(stamps, capacity).digest).toBe(record(stamps, 4_096).digest);
      }),
      { seed: 127 },
    );
  });

  it('goes on after it was asked', () => {
    const stamps = fc.sample(stampArbitrary, { seed: 127, numRuns: 50 });
    const digest = new TraceDigest();
    const { recorder, digest: whole } = record(stamps, 8);
    for (const segment of recorder.segments) {
      digest.read(segment);
      digest.hex();
    }
    expect(digest.hex()).toBe(whole);
  });
});
