/** The error that is stated for two clocks bounds the true one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { offsetOf, spreadOf, stepOfClock } from './clocks.ts';

/** A clock shows its time in steps. */
const shown = (us: number, stepUs: number): number => Math.floor(us / stepUs) * stepUs;

const question = fc.record({ pauseUs: fc.nat(1_000), thereUs: fc.nat(900), backUs: fc.nat(900) });

describe('an offset', () => {
  it('is wrong by no more than its error, however slow and uneven the way was', () => {
    const questions = fc.array(question, { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(
        questions,
        fc.integer({ min: -1_000_000, max: 1_000_000 }),
        fc.constantFrom(1, 5, 100, 1_000),
        (asked, trueUs, stepUs) => {
          let nowUs = 0;
          const exchanges = asked.map(({ pauseUs, thereUs, backUs }) => {
            nowUs += pauseUs;
            const askedUs = shown(nowUs, stepUs);
            nowUs += thereUs;
            const toldUs = shown(nowUs + trueUs, stepUs);
            nowUs += backUs;
            return { askedUs, toldUs, heardUs: shown(nowUs, stepUs) };
          });
          const { us, errorUs } = offsetOf(exchanges, stepUs);
          expect(Math.abs(us - trueUs)).toBeLessThanOrEqual(errorUs);
        },
      ),
    );
  });

  it('is that of the shortest exchange', () => {
    const slow = { askedUs: 0, toldUs: 900, heardUs: 1_000 };
    const fast = { askedUs: 2_000, toldUs: 2_510, heardUs: 2_020 };
    expect(offsetOf([slow, fast], 5)).toEqual({ us: 500, errorUs: 15 });
  });
});

describe('the spread of several clocks', () => {
  it('adds the two largest errors', () => {
    const errors = [3, 40, 7].map((errorUs) => ({ us: 0, errorUs }));
    expect(spreadOf(errors)).toBe(47);
    expect(spreadOf([])).toBe(0);
  });
});

describe('the step of a clock', () => {
  it('is the smallest that was seen', () => {
    let looks = 0;
    expect(stepOfClock(() => Math.floor(++looks / 3) * 100)).toBe(100);
  });

  it('of a clock that stands still is taken for a millisecond', () => {
    expect(stepOfClock(() => 7)).toBe(1_000);
  });
});
