import { expect, test } from 'vitest';
import { GALLERY, galleryEntry } from '../../sim/index.ts';
import { addressOf, readAddress } from './address.ts';
import { digestMatches } from './outcome.ts';

test('every scenario of the gallery survives its address', () => {
  for (const { scenario } of GALLERY) {
    const link = addressOf('https://x.example/lab/', scenario, {
      digest: 'ab'.repeat(16),
      seq: 42,
    });
    const address = readAddress(new URL(link).hash);
    expect(address).toEqual({
      kind: 'ok',
      value: { scenario, digest: 'ab'.repeat(8), seq: 42 },
    });
  }
});

test('an address without fragment asks for nothing', () => {
  expect(readAddress('')).toBeUndefined();
  expect(readAddress('#')).toBeUndefined();
});

test('an address that is cut off is a problem, not an exception', () => {
  const link = addressOf('https://x.example/', galleryEntry('reference').scenario);
  const { hash } = new URL(link);
  expect(readAddress(hash.slice(0, hash.length - 5))?.kind).toBe('error');
  expect(readAddress('#nonsense')?.kind).toBe('error');
});

test('a digest matches its first digits, and nothing is claimed where none was promised', () => {
  expect(digestMatches(undefined, 'abcd')).toBeUndefined();
  expect(digestMatches('ab', 'abcd')).toBe(true);
  expect(digestMatches('ac', 'abcd')).toBe(false);
});
