import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from './random.ts';

const first = (stream: RandomStream, count: number): number[] =>
  Array.from({ length: count }, () => stream.nextU32());

describe('a random stream', () => {
  it('draws the same numbers for the same seed and names, for ever', () => {
    expect(first(new RandomStream(127, 'BTCUSD.s', 'interval'), 3)).toMatchInlineSnapshot(`
      [
        2085593489,
        2001385391,
        258738959,
      ]
    `);
  });

  it('draws other numbers when the seed or any name differs', () => {
    const streams = [
      new RandomStream(1, 'a', 'b'),
      new RandomStream(2, 'a', 'b'),
      new RandomStream(1, 'b', 'a'),
      new RandomStream(1, 'ab'),
      new RandomStream(1, 'a', 'c'),
      new RandomStream(1 + 2 ** 32, 'a', 'b'),
    ].map((stream) => first(stream, 4).join());
    expect(new Set(streams).size).toBe(streams.length);
  });

  it('stays within its range, both ends included', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(1_000), fc.nat(1_000), (seed, min, span) => {
        const stream = new RandomStream(seed, 'range');
        for (let i = 0; i < 20; i++) {
          const drawn = stream.between(min, min + span);
          expect(drawn).toBeGreaterThanOrEqual(min);
          expect(drawn).toBeLessThanOrEqual(min + span);
        }
      }),
      { seed: 127 },
    );
  });

  it('takes one draw for a number whatever the range, so that a new range moves no later draw', () => {
    const narrow = new RandomStream(9, 'x');
    const wide = new RandomStream(9, 'x');
    narrow.between(0, 1);
    wide.between(0, 1_000_000);
    expect(first(narrow, 3)).toEqual(first(wide, 3));
  });

  it('is uniform: no digit of 100,000 draws of 0 to 9 stands out (chi-square below 27.88, p = 0.001)', () => {
    const stream = new RandomStream(127, 'uniform');
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) {
      const digit = stream.between(0, 9);
      counts[digit] = (counts[digit] ?? 0) + 1;
    }
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(27.88);
  });
});
