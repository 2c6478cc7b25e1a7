import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCents } from './format-cents.ts';
import { addCents, cents, Decimal, exactDecimal, postCents } from './money.ts';

describe('money', () => {
  it('prints cents as decimal text that decimal.js reads back exactly', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (amount) => {
        expect(new Decimal(formatCents(amount)).times(100).toNumber()).toBe(amount + 0);
        expect(formatCents(amount)).toMatch(/^-?\d+\.\d\d$/);
      }),
      { seed: 127 },
    );
  });

  it('rounds half to even when it posts', () => {
    const posted = ['0.005', '0.015', '0.025', '-0.005', '-0.015', '1.234999'].map((text) =>
      postCents(new Decimal(text)),
    );
    expect(posted.map((amount) => amount + 0)).toEqual([0, 2, 2, 0, -2, 123]);
  });

  it('refuses fractions of a cent and amounts beyond the exact range', () => {
    expect(() => cents(0.5)).toThrow('expected whole cents');
    expect(() => addCents(Number.MAX_SAFE_INTEGER, 1)).toThrow('expected whole cents');
  });

  it('shows a binary float to its last digit', () => {
    expect(exactDecimal(0.1).toFixed()).toBe(
      '0.1000000000000000055511151231257827021181583404541015625',
    );
    expect(exactDecimal(0.1 + 0.2).eq(exactDecimal(0.3))).toBe(false);
    expect(exactDecimal(-4_563.75).toFixed()).toBe('-4563.75');
  });
});
