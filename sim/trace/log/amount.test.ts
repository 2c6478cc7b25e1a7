import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCents } from '../../base/format-cents.ts';
import { AMOUNT_CENTS_MAX, readAmount } from './amount.ts';

describe('an amount', () => {
  it('comes back as it was printed, to the cent', () => {
    const cents = fc.integer({ min: -AMOUNT_CENTS_MAX, max: AMOUNT_CENTS_MAX });
    fc.assert(
      fc.property(cents, (value) => {
        const expected = { cents: value, dollars: undefined };
        expect(readAmount(formatCents(value))).toEqual(expected);
        expect(readAmount(`$${formatCents(value)}`)).toEqual(expected);
      }),
    );
  });

  it('that a float printed is rounded half-even to cents and kept in dollars', () => {
    const dollars = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(dollars, (value) => {
        const read = readAmount(String(value));
        expect(read?.dollars ?? (read?.cents ?? Number.NaN) / 100).toBe(value === 0 ? 0 : value);
        expect(Math.abs((read?.cents ?? Number.NaN) - value * 100)).toBeLessThanOrEqual(0.51);
      }),
    );
    expect(readAmount('0.125')).toEqual({ cents: 12, dollars: 0.125 });
    expect(readAmount('-0.135')).toEqual({ cents: -14, dollars: -0.135 });
  });

  it.each([
    ['$-62.80', -6_280],
    ['-$62.80', -6_280],
    ['+62.8', 6_280],
    ['4,371.53', 437_153],
    ['$4_371.53,', 437_153],
    ['€12', 1_200],
    ['-0.00', 0],
    ['1e3', 100_000],
    ['0.1000', 10],
    ['100000000000.00', AMOUNT_CENTS_MAX],
  ])('%s is %d cents', (text, cents) => {
    expect(readAmount(text)).toEqual({ cents, dollars: undefined });
  });

  it.each([
    ['nan', Number.NaN],
    ['$nan', Number.NaN],
    ['inf', Number.POSITIVE_INFINITY],
    ['-Infinity', Number.NEGATIVE_INFINITY],
  ])('%s is no number, and stays visible as one', (text, dollars) => {
    expect(readAmount(text)).toEqual({ cents: Number.NaN, dollars });
  });

  it.each(['', '-', '--1', '-$-1', '12..3', 'abc', '100000000000.01', '1e999'])(
    '%s is none',
    (text) => {
      expect(readAmount(text)).toBeUndefined();
    },
  );
});
