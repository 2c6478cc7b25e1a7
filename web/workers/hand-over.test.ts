/** Everything arrives once and in order, no slice is long, and only what is dealt makes room. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Segment } from '../../sim/index.ts';
import type { EngineMessage, Finished } from './engine-contract.ts';
import { HandOver, SLICE_MS } from './hand-over.ts';
import { bufferOf } from './outbox.ts';

const progress = { done: 0, nowUs: 0 };

/** A batch of so many segments of ten events from `firstSeq` on. */
function batchOf(segments: number, firstSeq: number): EngineMessage {
  const wire = Array.from({ length: segments }, (_, at) => {
    const segment = new Segment(firstSeq + at * 10, 10);
    return { firstSeq: segment.firstSeq, size: 10, buffer: bufferOf(segment) };
  });
  return { kind: 'batch', run: 1, segments: wire, progress };
}

/** A page whose every piece costs `costMs`, with its turns in the test's hand. */
function page(costMs: number): {
  readonly handOver: HandOver;
  readonly turn: () => number | undefined;
  readonly seqs: number[];
  readonly said: string[];
  readonly rooms: () => number;
} {
  let nowMs = 0;
  let room = 0;
  const turns: (() => void)[] = [];
  const seqs: number[] = [];
  const said: string[] = [];
  const handOver = new HandOver(
    {
      onTrace: (segments) => {
        nowMs += costMs;
        seqs.push(...segments.map(({ firstSeq }) => firstSeq));
      },
      onProgress: () => void said.push('progress'),
      onRest: () => void said.push('rest'),
      onFinish: () => void said.push('finish'),
    },
    { nowMs: () => nowMs, later: (work) => void turns.push(work) },
    (batches) => (room += batches),
  );
  const turn = (): number | undefined => {
    const beforeMs = nowMs;
    const work = turns.shift();
    work?.();
    return work === undefined ? undefined : nowMs - beforeMs;
  };
  return { handOver, turn, seqs, said, rooms: () => room };
}

describe('handing over', () => {
  it('gives everything once and in order, in slices that end soon after their time', () => {
    const anySizes = fc.array(fc.nat(40), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(anySizes, fc.constantFrom(0.1, 1, 3, 9), (sizes, costMs) => {
        const { handOver, turn, seqs, said, rooms } = page(costMs);
        let firstSeq = 0;
        for (const size of sizes) {
          handOver.take(batchOf(size, firstSeq));
          firstSeq += size * 10;
        }
        handOver.take({ kind: 'resting', run: 1, progress });
        for (let ms = turn(); ms !== undefined; ms = turn()) {
          expect(ms).toBeLessThan(SLICE_MS + costMs);
        }
        expect(seqs).toEqual(Array.from({ length: firstSeq / 10 }, (_, at) => at * 10));
        expect(rooms()).toBe(sizes.length);
        expect(said).toEqual([...sizes.map(() => 'progress'), 'progress', 'rest']);
      }),
      { seed: 8, numRuns: 100 },
    );
  });

  it('makes no room before the whole batch is dealt with', () => {
    const { handOver, turn, rooms, seqs } = page(SLICE_MS);
    handOver.take(batchOf(12, 0));
    turn();
    expect(seqs.length).toBeLessThan(12);
    expect(rooms()).toBe(0);
    turn();
    turn();
    expect(seqs).toHaveLength(12);
    expect(rooms()).toBe(1);
  });

  it('says that a run is over only after all of its trace', () => {
    const { handOver, turn, said, seqs } = page(SLICE_MS);
    handOver.take(batchOf(8, 0));
    handOver.take({ kind: 'finished', run: 1 } as Finished);
    turn();
    expect(said).toEqual([]);
    while (turn() !== undefined);
    expect(seqs).toHaveLength(8);
    expect(said).toEqual(['progress', 'finish']);
  });

  it('forgets what waits when another run begins, and gives its room back', () => {
    const { handOver, turn, seqs, rooms } = page(SLICE_MS);
    handOver.take(batchOf(12, 0));
    handOver.take(batchOf(3, 120));
    turn();
    handOver.drop();
    expect(rooms()).toBe(2);
    handOver.take(batchOf(1, 0));
    while (turn() !== undefined);
    expect(seqs.at(-1)).toBe(0);
    expect(rooms()).toBe(3);
  });
});
