import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClassSet } from './class-set.ts';

const SEED = 36;
/** Few enough to meet again, among them those that look like a free place and like a sign. */
const half = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.constantFrom(-(2 ** 31), 2 ** 31 - 1));
const hashes = fc.array(fc.tuple(half, half), { maxLength: 600 });

function setOf(all: readonly (readonly [number, number])[]): ClassSet {
  const set = new ClassSet();
  for (const [low, high] of all) set.add(low, high);
  return set;
}

/** What zeros count as. */
const nameOf = ([low, high]: readonly [number, number]): string =>
  low === 0 && high === 0 ? '1 0' : `${low} ${high}`;

function namesOf({ hashes: halves }: ClassSet): string[] {
  const names = halves.flatMap((low, at) =>
    at % 2 === 0 ? [nameOf([low, halves[at + 1] ?? 0])] : [],
  );
  return names.sort();
}

describe('a set of hashes', () => {
  it('has each of them once', () => {
    fc.assert(
      fc.property(hashes, (all) => {
        expect(setOf(all).size).toBe(new Set(all.map(nameOf)).size);
      }),
      { seed: SEED },
    );
  });

  it('grows as far as it has to', () => {
    const set = new ClassSet();
    for (let round = 0; round < 2; round++) {
      for (let nth = 1; nth <= 50_000; nth++) set.add(Math.imul(nth, 0x9e37_79b9), nth);
      expect(set.size).toBe(50_000);
    }
  });

  it('is put together from lists as from its hashes, in whatever order', () => {
    fc.assert(
      fc.property(hashes, hashes, (one, other) => {
        const both = new ClassSet();
        both.addAll(setOf(other).hashes);
        both.addAll(setOf(one).hashes);
        const expected = setOf([...one, ...other]);
        expect(namesOf(both)).toEqual(namesOf(expected));
        expect(both.size).toBe(expected.size);
      }),
      { seed: SEED },
    );
  });

  it('takes no half of a hash', () => {
    expect(() => new ClassSet().addAll([1, 2, 3])).toThrow('expected both halves');
  });
});
