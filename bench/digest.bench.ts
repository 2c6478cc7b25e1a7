/**
 * What the digest of a trace costs an event, beside hashes that could have taken its place.
 *
 * All read the same million events of the shapes that a run has. The cryptographic hashes and FNV
 * read the columns as bytes or words, without the canonical form; Node's SHA-256 is native code,
 * which a page has only asynchronously, so it stands here as a limit.
 */
import { createHash } from 'node:crypto';
import { EventKind, RandomStream, Recorder, type Segment, TraceDigest } from '../sim/index.ts';
import type { Claim, Measurement, Subject } from './claim.ts';
import { Sha256 } from './peers/sha256.ts';
import { rateOf } from './stopwatch.ts';

const EVENTS = 1_048_576;
const SHAPES = [
  EventKind.signal,
  EventKind.request,
  EventKind.grant,
  EventKind.enter,
  EventKind.send,
  EventKind.receive,
  EventKind.fill,
  EventKind.exit,
  EventKind.release,
  EventKind.settle,
];

/** Events as a run stamps them: ten kinds in turn, money in one of them. */
function makeTrace(): readonly Segment[] {
  const stream = new RandomStream(127, 'digest bench');
  const recorder = new Recorder({ keep: true, readers: [] });
  for (let seq = 0; seq < EVENTS; seq++) {
    const kind = SHAPES[seq % SHAPES.length] ?? EventKind.signal;
    const cents = kind === EventKind.fill ? stream.between(-10_000, 20_000) : 0;
    const flag = kind === EventKind.signal ? 1 : 0;
    if (seq % 3 === 0) recorder.nowUs += stream.between(0, 3_000);
    recorder.stamp(kind, seq % 4, seq % 3, 0, Math.floor(seq / 10), flag, cents);
  }
  recorder.finish();
  return recorder.segments;
}

/** A subject that reads whole segments; the figure is nanoseconds an event. */
function reader(
  name: string,
  role: Subject['role'],
  make: () => { read(segment: Segment): void; hex(): string },
): Subject {
  const measure = async (): Promise<Measurement> => {
    const segments = makeTrace();
    const rate = await rateOf(20, (times) => {
      for (let i = 0; i < times; i++) {
        const hash = make();
        for (const segment of segments) hash.read(segment);
        if (hash.hex().length < 8) throw new Error('expected a hash');
      }
    });
    return { value: 1e9 / (rate * EVENTS) };
  };
  return { name, role, measure };
}

/** FNV-1a, two lanes of 32 bits over words: the cheapest that could be called a hash. */
function fnv(): { read(segment: Segment): void; hex(): string } {
  let low = 0x811c_9dc5 | 0;
  let high = 0xcbf2_9ce4 | 0;
  return {
    read(segment) {
      const words = new Uint32Array(segment.timeUs.buffer);
      for (let i = 0; i < words.length; i += 2) {
        low = Math.imul(low ^ (words[i] as number), 0x0100_0193);
        high = Math.imul(high ^ (words[i + 1] as number), 0x0100_0193);
      }
    },
    hex: () => (low >>> 0).toString(16).padStart(8, '0') + (high >>> 0).toString(16),
  };
}

export const claim: Claim = {
  name: 'digest',
  says: 'The digest costs a small part of the microsecond that a tick of ten events may take.',
  unit: 'ns/event',
  better: 'less',
  goal: {
    text: 'at most 30 ns an event, and at most a third of SHA-256 in plain JavaScript',
    holds: (medians) => {
      const ours = medians.get('MurmurHash3 x86 128, canonical') ?? Infinity;
      return ours <= 30 && ours * 3 <= (medians.get('SHA-256, plain JavaScript') ?? 0);
    },
  },
  rounds: 5,
  subjects: [
    reader('MurmurHash3 x86 128, canonical', 'ours', () => new TraceDigest()),
    reader('SHA-256, plain JavaScript', 'peer', () => {
      const hash = new Sha256();
      return {
        read: (segment) => hash.update(new Uint8Array(segment.timeUs.buffer)),
        hex: () => hash.hex(),
      };
    }),
    reader('FNV-1a, 2 x 32 bits', 'peer', fnv),
    reader('SHA-256, native (Node)', 'limit', () => {
      const hash = createHash('sha256');
      return {
        read: (segment) => void hash.update(new Uint8Array(segment.timeUs.buffer)),
        hex: () => hash.digest('hex'),
      };
    }),
  ],
};
