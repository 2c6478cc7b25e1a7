/** A lock's link carries code and use, never runs it, and says in words why it cannot be read. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatLockLink,
  isLockLink,
  LOCK_SCOPE,
  type OwnLock,
  parseLockLink,
} from './lock-link.ts';
import { parseLink } from './link.ts';

const SEED = 129;
const BASE = 'https://interlock.example/play/';
const LOCK: OwnLock = {
  source: 'export const x = "é\ufffd";',
  language: 'ts',
  clients: 3,
  rounds: 2,
};

function linkOf(lock: OwnLock, more: { schedule?: string; digest?: string } = {}): string {
  const link = formatLockLink(BASE, { lock, ...more });
  if (link.kind === 'error') throw new Error(link.error.message);
  return link.value;
}

const anyLock = fc.record({
  source: fc.string({ minLength: 1, maxLength: 400, unit: 'grapheme' }),
  language: fc.constantFrom('ts' as const, 'js' as const),
  clients: fc.integer({ min: LOCK_SCOPE.clients.least, max: LOCK_SCOPE.clients.most }),
  rounds: fc.integer({ min: LOCK_SCOPE.rounds.least, max: LOCK_SCOPE.rounds.most }),
});

interface Golden {
  readonly about: string;
  readonly url: string;
  readonly lock: OwnLock;
  readonly schedule?: string;
  readonly digest?: string;
}

const GOLDEN = JSON.parse(
  readFileSync(new URL('../../../fixtures/golden/lock-urls.json', import.meta.url), 'utf8'),
) as readonly Golden[];

describe('the link of a lock', () => {
  it('is read back with all its parts', () => {
    const opaque = fc.option(fc.stringMatching(/^[A-Za-z0-9._~-]{1,40}$/), { nil: undefined });
    const digests = fc.option(fc.stringMatching(/^[0-9a-f]{32}$/), { nil: undefined });
    const property = fc.property(anyLock, opaque, digests, (lock, schedule, digest) => {
      const link = formatLockLink(BASE, { lock, schedule, digest });
      if (link.kind === 'error') throw new Error(link.error.message);
      expect(isLockLink(link.value)).toBe(true);
      const parts = { lock, schedule, digest: digest?.slice(0, 16), view: undefined };
      expect(parseLockLink(link.value)).toEqual({ kind: 'ok', value: parts });
    });
    fc.assert(property, { seed: SEED, numRuns: 100 });
  });

  it('is not mistaken for that of a run, nor a run for a lock', () => {
    expect(parseLink(linkOf(LOCK))).toMatchObject({
      kind: 'error',
      error: { code: 'link-without-scenario' },
    });
    expect(parseLockLink('#s1=AAAA')).toMatchObject({
      kind: 'error',
      error: { code: 'link-without-lock' },
    });
    expect(['reference', './l1.ts', '#s1=x', BASE].some(isLockLink)).toBe(false);
  });

  it.each([
    [linkOf(LOCK).slice(0, -3), 'link-damaged'],
    [linkOf(LOCK).replace('#l1=', '#l2='), 'newer-version'],
    [`${linkOf(LOCK)}&q=1`, 'link-damaged'],
    [linkOf({ ...LOCK, clients: 99 }), 'link-damaged'],
    [linkOf({ ...LOCK, source: '' }), 'link-damaged'],
    [`#l1=${'A'.repeat(40_000)}`, 'link-too-long'],
  ])('%.60s is refused as %s', (link, code) => {
    expect(parseLockLink(link)).toMatchObject({ kind: 'error', error: { code } });
  });

  it('is not made of code that is too long for one', () => {
    const noise = fc.sample(fc.string({ minLength: 40_000, maxLength: 40_000 }), {
      seed: SEED,
      numRuns: 1,
    });
    expect(formatLockLink(BASE, { lock: { ...LOCK, source: noise[0] ?? '' } })).toMatchObject({
      kind: 'error',
      error: { code: 'lock-too-long' },
    });
  });

  it('is judged without throwing, however it is changed', () => {
    const whole = linkOf(LOCK, { schedule: 'a.b', digest: '0'.repeat(16) });
    const edit = fc.record({ at: fc.nat(whole.length), remove: fc.nat(20), insert: fc.string() });
    const property = fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
      let link = whole;
      for (const { at, remove, insert } of edits) {
        link = link.slice(0, at) + insert + link.slice(at + remove);
      }
      expect(['ok', 'error']).toContain(parseLockLink(link).kind);
    });
    fc.assert(property, { seed: SEED, numRuns: 2_000 });
  });
});

describe('a golden link of a lock', () => {
  it.each(GOLDEN)('still means what it meant: $about', ({ url, about: _, ...meant }) => {
    expect(parseLockLink(url)).toMatchObject({ kind: 'ok', value: meant });
  });
});
