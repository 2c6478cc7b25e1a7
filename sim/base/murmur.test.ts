import { describe, expect, it } from 'vitest';
import { Murmur128, MURMUR_REST_MAX } from './murmur.ts';

/** Hashes `words` in pieces of `piece` words. */
function hash(words: readonly number[], piece: number): string {
  const murmur = new Murmur128();
  const buffer = new Uint32Array(MURMUR_REST_MAX + piece);
  let rest = 0;
  for (let from = 0; from < words.length; from += piece) {
    const part = words.slice(from, from + piece);
    buffer.set(part, rest);
    rest = murmur.update(buffer, rest + part.length);
  }
  return murmur.hex(buffer, rest);
}

/** Computed by another implementation (murmurhash3js-revisited 3.0.0, x86.hash128, seed 0). */
const VECTORS: readonly [readonly number[], string][] = [
  [[], '00000000000000000000000000000000'],
  [[1], 'cf0f20ca519c70b1519c70b1519c70b1'],
  [[1, 2], '40e85748a4321e5e7fee4e567fee4e56'],
  [[1, 2, 3], '8504721670aa166f7385e62f9204edfb'],
  [[1, 2, 3, 4], '37d6ee173d4a429d3dbb9c175b64b81d'],
  [[0xffff_ffff, 0x8000_0000, 7, 8, 9], '469d44a6fc6c8cf6b3c0601d6eaa823a'],
  [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13], 'a5a60f6bc370046900feb48f229f30ac'],
];

describe('MurmurHash3_x86_128', () => {
  it.each(VECTORS)('gives what another implementation gives for %j', (words, expected) => {
    expect(hash(words, 64)).toBe(expected);
  });

  it('does not depend on the pieces in which the words come', () => {
    const words = Array.from({ length: 101 }, (_, i) => (i * 2_654_435_761) >>> 0);
    const pieces = [1, 2, 3, 4, 5, 7, 50, 101].map((piece) => hash(words, piece));
    expect(new Set(pieces).size).toBe(1);
  });
});
