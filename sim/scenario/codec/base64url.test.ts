/** The letters of a link: one text for each sequence of bytes, and no other text is accepted. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64url, encodeBase64url } from './base64url.ts';

const SEED = 127;

describe('base64url', () => {
  it('writes what other writers write', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(encodeBase64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
      }),
      { seed: SEED },
    );
  });

  it('reads back every sequence of bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(decodeBase64url(encodeBase64url(bytes))).toEqual(new Uint8Array(bytes));
      }),
      { seed: SEED },
    );
  });

  it('refuses every text that it would not have written', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'AQgw9-_=+/ é\u0000') }), (text) => {
        const bytes = decodeBase64url(text);
        expect(bytes === undefined || encodeBase64url(bytes) === text).toBe(true);
      }),
      { seed: SEED, numRuns: 2_000 },
    );
  });

  it.each(['A', 'AB', 'AAB', 'A=', 'AA==', 'A+', 'A/', 'AA A', 'AAÁ'])('refuses %j', (text) => {
    expect(decodeBase64url(text)).toBeUndefined();
  });
});
