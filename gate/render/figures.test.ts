/** Figures read as they are meant: grouped, in a fitting unit, with their sign. */
import { describe, expect, it } from 'vitest';
import { bytes, count, duration, group, msColumn, plural, rate, share } from './figures.ts';

describe('figures', () => {
  it.each([
    ['0.00', '0.00'],
    ['-1234.50', '-1,234.50'],
    ['1234567', '1,234,567'],
    ['100', '100'],
    ['1044.11999999999989086606', '1,044.11999999999989086606'],
    ['NaN', 'NaN'],
  ])('group %s as %s', (text, expected) => expect(group(text)).toBe(expected));

  it.each([
    [0, '0 us'],
    [850, '850 us'],
    [1_000, '1 ms'],
    [12_500, '12.5 ms'],
    [10_000, '10 ms'],
    [100_000, '100 ms'],
    [1_410_000, '1.41 s'],
    [86_400_000_000, '24 h 00 min'],
    [300_000_000, '5 min 0 s'],
  ])('tell %d us as %s', (us, expected) => expect(duration(us)).toBe(expected));

  it('count, and agree with their noun', () => {
    expect([count(2_592_000), plural(1, 'holder'), plural(0, 'holder')]).toEqual([
      '2,592,000',
      '1 holder',
      '0 holders',
    ]);
  });

  it('keep as many places in a column', () => {
    expect([0, 7, 1_000_000].map(msColumn)).toEqual(['0.000', '0.007', '1,000.000']);
  });

  it('tell rates, sizes and shares in short', () => {
    expect([59.57, 843, 12_345, 1_310_000].map(rate)).toEqual(['59.6', '843', '12 k', '1.31 M']);
    expect([512, 43_383, 1_200_000_000].map(bytes)).toEqual(['512 B', '43 kB', '1.20 GB']);
    expect([0.419, 1].map(share)).toEqual(['41 %', '100 %']);
  });
});
