/** What is said to a lock and by it arrives as it was meant. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Answer, Ask, packAnswer, packAsk, readAnswer, readAsk } from './lock-words.ts';

const holds = fc.nat(0xffff_ffff);
const bytes = fc.nat(255);

describe('a word', () => {
  it('to the lock reads back as what it says', () => {
    const kinds = fc.constantFrom(...Object.values(Ask));
    fc.assert(
      fc.property(kinds, holds, bytes, bytes, (kind, hold, task, symbol) => {
        const word = packAsk(kind, hold, task, symbol);
        expect(Number.isSafeInteger(word)).toBe(true);
        expect(readAsk(word)).toEqual({ kind, hold, task, symbol });
      }),
    );
  });

  it('of the lock reads back as what it says', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(Answer)), holds, (kind, hold) => {
        expect(readAnswer(packAnswer(kind, hold))).toEqual({ kind, hold });
      }),
    );
  });
});
