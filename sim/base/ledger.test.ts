/** The ledger balances, whatever is posted, and refuses to lose a cent. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AssertionError } from './assert.ts';
import { Ledger } from './ledger.ts';

const SEED = 127;

describe('the ledger', () => {
  it('is balanced after every posting, and the total is the sum of the symbols', () => {
    const postings = fc.array(fc.tuple(fc.nat(5), fc.integer({ min: -1e9, max: 1e9 })));
    fc.assert(
      fc.property(postings, (posted) => {
        const ledger = new Ledger();
        for (const [symbol, cents] of posted) {
          ledger.post(symbol, cents);
          expect(ledger.trialBalance()).toBe(0);
        }
        const symbols = [0, 1, 2, 3, 4, 5];
        const sum = (of: (symbol: number) => number): number =>
          symbols.reduce((total, symbol) => total + of(symbol), 0);
        expect(sum((symbol) => ledger.realised(symbol))).toBe(ledger.total);
        expect(sum((symbol) => ledger.postings(symbol))).toBe(posted.length);
        expect(ledger.posted).toBe(posted.length);
      }),
      { seed: SEED },
    );
  });

  it('knows nothing of a symbol that never traded', () => {
    const ledger = new Ledger();
    ledger.post(200, -5);
    expect(Object.is(ledger.realised(7), 0)).toBe(true);
    expect(ledger.postings(7)).toBe(0);
    expect(ledger.trialBalance()).toBe(0);
  });

  it.each([0.5, NaN, Infinity, Number.MAX_SAFE_INTEGER + 1])('refuses to post %s', (cents) => {
    expect(() => new Ledger().post(0, cents)).toThrow(AssertionError);
  });

  it('refuses a sum that would not be exact', () => {
    const ledger = new Ledger();
    ledger.post(0, Number.MAX_SAFE_INTEGER);
    expect(() => ledger.post(1, 1)).toThrow('safe range');
    expect(ledger.total).toBe(Number.MAX_SAFE_INTEGER);
  });
});
