/** A set of bits holds what was added, and nothing else. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GrowingBits } from './growing-bits.ts';

describe('growing bits', () => {
  it('hold exactly what was added', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(100_000)), fc.nat(200_000), (added, other) => {
        const bits = new GrowingBits();
        for (const index of added) bits.add(index);
        expect(added.every((index) => bits.has(index))).toBe(true);
        expect(bits.has(other)).toBe(added.includes(other));
      }),
      { seed: 127 },
    );
  });

  it('refuse a number that nobody counts to', () => {
    expect(() => new GrowingBits().add(2 ** 30)).toThrow('expected a number below');
  });
});
