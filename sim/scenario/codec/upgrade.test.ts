/**
 * Documents of earlier versions are brought up step by step; later ones are refused with the
 * reason.
 */
import { describe, expect, it } from 'vitest';
import { type Document, READER, type Reader, upgrade } from './upgrade.ts';

const FIRST = { format: 1, semantics: 1 };

/**
 * A reader of format 3: format 2 renamed `locks` to `lock`, format 3 gave `pause` in microseconds.
 */
const LATER: Reader = {
  format: 3,
  semantics: 2,
  upgraders: [
    ({ locks, ...rest }) => ({ ...rest, lock: locks }),
    ({ pauseMs, ...rest }) => ({ ...rest, pauseUs: Number(pauseMs) * 1_000 }),
  ],
};

function upgraded(document: Document, absent = FIRST, reader = LATER): unknown {
  const result = upgrade(document, absent, reader);
  return result.kind === 'ok' ? result.value : result.error;
}

describe('an earlier document', () => {
  it('passes through every upgrader from its own format on', () => {
    const expected = { format: 3, semantics: 2, lock: 'fifo', pauseUs: 5_000 };
    expect(upgraded({ locks: 'fifo', pauseMs: 5 })).toEqual({ document: expected, semantics: 1 });
    expect(upgraded({ format: 2, lock: 'fifo', pauseMs: 5 })).toEqual({
      document: expected,
      semantics: 1,
    });
    expect(upgraded({ format: 3, semantics: 2, lock: 'fifo', pauseUs: 5_000 })).toEqual({
      document: expected,
      semantics: 2,
    });
  });

  it('is of the version that is assumed where it states none', () => {
    expect(upgraded({ lock: 'fifo' }, { format: 3, semantics: 2 })).toEqual({
      document: { format: 3, semantics: 2, lock: 'fifo' },
      semantics: 2,
    });
  });

  it('is not changed itself', () => {
    const document = Object.freeze({ locks: 'fifo', pauseMs: 5 });
    upgraded(document);
    expect(document).toEqual({ locks: 'fifo', pauseMs: 5 });
  });
});

describe('a later document', () => {
  it.each([
    [{ format: 4 }, 'got 4 and 1'],
    [{ semantics: 3 }, 'got 1 and 3'],
    [{ format: 9_007_199_254_740_991 }, 'a newer Interlock made this'],
  ])('is refused: %j', (document, words) => {
    expect(upgraded(document)).toMatchObject({
      code: 'newer-version',
      message: expect.stringContaining(words) as string,
    });
  });
});

describe('a version that is none', () => {
  it.each([0, -1, 1.5, '1', null, Number.NaN, [], {}])('is left for the schema: %j', (format) => {
    expect(upgraded({ format })).toEqual({ document: { format }, semantics: 2 });
  });
});

describe('this Interlock', () => {
  it('has an upgrader for every format before its own', () => {
    expect(READER.upgraders).toHaveLength(READER.format - 1);
  });
});
