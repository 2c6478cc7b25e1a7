/** A stated figure is shown exactly: nothing is rounded, and no lack of a number is hidden. */
import { describe, expect, it } from 'vitest';
import { amountText, exactAmount, isWithin } from './figure.ts';

describe('a figure', () => {
  it.each([
    [456_386, false, '4563.86'],
    [-5, false, '-0.05'],
    [0, false, '0.00'],
    [1.5, true, '1.50'],
    [0.1, true, '0.1000000000000000055511151231257827021181583404541015625'],
    [NaN, true, 'NaN'],
    [-Infinity, false, '-Infinity'],
  ])('%d (in dollars: %s) is written %s', (value, inDollars, text) => {
    expect(amountText(exactAmount(value, inDollars))).toBe(text);
  });

  it('is within a tolerance up to the last digit, and never if it is no number', () => {
    const cents = (value: number): ReturnType<typeof exactAmount> => exactAmount(value, false);
    expect(isWithin(cents(100), cents(102), 2)).toBe(true);
    expect(isWithin(cents(100), cents(102), 1.9)).toBe(false);
    expect(isWithin(cents(10), exactAmount(0.1, true), 0)).toBe(false);
    expect(isWithin(cents(NaN), cents(NaN), 9)).toBe(false);
  });
});
