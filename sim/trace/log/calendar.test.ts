import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayNumber, formatSecond } from './calendar.ts';

const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

describe('the calendar', () => {
  it('prints every second as the platform does', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: LAST_MS }), (ms) => {
        const expected = new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
        expect(formatSecond(ms)).toBe(expected);
      }),
      { numRuns: 1_000 },
    );
  });

  it('counts the days of every date as the platform does', () => {
    const day = fc.integer({ min: 0, max: Math.floor(LAST_MS / 86_400_000) });
    fc.assert(
      fc.property(day, (days) => {
        const date = new Date(days * 86_400_000);
        const counted = dayNumber(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
        expect(counted).toBe(days);
      }),
      { numRuns: 1_000 },
    );
  });

  it('knows the leap years of the centuries', () => {
    expect(dayNumber(2000, 3, 1) - dayNumber(2000, 2, 28)).toBe(2);
    expect(dayNumber(2100, 3, 1) - dayNumber(2100, 2, 28)).toBe(1);
  });
});
