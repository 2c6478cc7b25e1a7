/** Inflation gives back what was deflated, and stops at its bound however much is packed. */
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deflate, inflate } from './deflate.ts';

const SEED = 127;
const BOUND = 262_144;
const MB = 1_048_576;

/** A stream of `megabytes` zero bytes: one block, again and again, then the end. */
function zeros(megabytes: number): Uint8Array {
  const block = deflateRawSync(Buffer.alloc(MB), { finishFlush: constants.Z_FULL_FLUSH });
  const end = deflateRawSync(Buffer.alloc(0));
  return Buffer.concat([...Array.from({ length: megabytes }, () => block), end]);
}

describe('deflate', () => {
  it('writes what zlib reads, and reads what zlib writes', () => {
    const inputs = fc.oneof(
      fc.uint8Array({ maxLength: 20_000, size: 'max' }),
      fc.string({ maxLength: 20_000, size: 'max' }).map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(inputs, (bytes) => {
        for (const packed of [deflate(bytes), deflateRawSync(bytes)]) {
          const inflated = inflate(packed, BOUND);
          const isSame = inflated.kind === 'ok' && Buffer.from(inflated.bytes).equals(bytes);
          expect(isSame).toBe(true);
        }
        expect(inflateRawSync(deflate(bytes)).equals(bytes)).toBe(true);
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  it('accepts exactly what fits into the bound', () => {
    const packed = deflateRawSync(Buffer.alloc(BOUND, 'interlock'));
    expect(inflate(packed, BOUND).kind).toBe('ok');
    expect(inflate(packed, BOUND - 1).kind).toBe('too-large');
  });

  it.each([12, 1_024])('stops at its bound with %i MB packed, at once', (megabytes) => {
    const bomb = zeros(megabytes);
    const startMs = performance.now();
    expect(inflate(bomb, BOUND).kind).toBe('too-large');
    expect(performance.now() - startMs).toBeLessThan(500);
  });

  it('calls a stream damaged that is cut off at any place', () => {
    const packed = deflate(Buffer.from('{"symbols":[{"name":"BTCUSD.s"},{"name":"ETHUSD.s"}]}'));
    for (let size = 0; size < packed.length; size++) {
      expect(inflate(packed.subarray(0, size), BOUND).kind).toBe('damaged');
    }
  });

  it('calls a stream damaged that has something behind its end', () => {
    const packed = deflate(Buffer.from('{"symbols":[{"name":"BTCUSD.s"}]}'));
    for (const tail of [[0], [255], [1, 2, 3], [3, 0]]) {
      expect(inflate(Uint8Array.from([...packed, ...tail]), BOUND).kind).toBe('damaged');
    }
  });
});
