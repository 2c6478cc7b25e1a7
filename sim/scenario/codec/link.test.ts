/**
 * A link carries a run and says in words why it cannot be read; links once made are read for ever.
 */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { type Scenario, scenarioSchema } from '../schema.ts';
import { anyScenario } from '../testing/arbitrary.ts';
import { formatLink, LINK_CHARS_MAX, parseLink } from './link.ts';
import { parseScenario } from './parse.ts';
import { encodeScenario } from './payload.ts';

const SEED = 127;
const BASE = 'https://interlock.example/play/';
const SCENARIO = v.parse(scenarioSchema, { symbols: [{ name: 'BTCUSD.s' }, { name: 'ETHUSD.s' }] });
const PAYLOAD = encodeScenario(SCENARIO);
const LINK = `${BASE}#s1=${PAYLOAD}`;

interface Golden {
  readonly about: string;
  readonly url: string;
  /** Every setting, those at their defaults too. */
  readonly scenario: Scenario;
  readonly semantics: number;
  readonly schedule?: string;
  readonly digest?: string;
  readonly view?: string;
}

const GOLDEN = JSON.parse(
  readFileSync(new URL('../../../fixtures/golden/urls.json', import.meta.url), 'utf8'),
) as readonly Golden[];

describe('a link', () => {
  it('is read back with all its parts', () => {
    const opaque = fc.option(fc.stringMatching(/^[A-Za-z0-9._~-]{1,40}$/), { nil: undefined });
    const digests = fc.option(fc.stringMatching(/^[0-9a-f]{32}$/), { nil: undefined });
    fc.assert(
      fc.property(anyScenario, opaque, digests, opaque, (scenario, schedule, digest, view) => {
        const link = formatLink(BASE, { scenario, schedule, digest, view });
        expect(parseLink(link)).toEqual({
          kind: 'ok',
          value: { scenario, semantics: 1, schedule, digest: digest?.slice(0, 16), view },
        });
      }),
      { seed: SEED, numRuns: 40 },
    );
  });

  it.each([
    ['without its page', `#s1=${PAYLOAD}`],
    ['without its #', `s1=${PAYLOAD}`],
    ['with space around it', `  ${LINK}\n`],
    [
      'with percent signs that a mail program put in',
      `${BASE}#s1%3D${PAYLOAD}%26d%3D0123456789abcdef`,
    ],
  ])('is read %s', (_, link) => {
    expect(parseLink(link)).toMatchObject({ kind: 'ok', value: { scenario: SCENARIO } });
  });

  it.each([
    ['', 'link-without-scenario', 'expected a link with #s1='],
    [BASE, 'link-without-scenario', 'expected a link with #s1='],
    [`${BASE}#top`, 'link-without-scenario', 'expected a link with #s1='],
    [`#s3=${PAYLOAD}`, 'newer-version', 'a newer Interlock made this link'],
    [`#s2=${PAYLOAD.slice(0, -3)}`, 'link-damaged', 'cut off'],
    [`#s01=${PAYLOAD}`, 'link-without-scenario', 'expected a link with #s1='],
    ['#s1=', 'link-damaged', 'cut off'],
    [LINK.slice(0, -3), 'link-damaged', 'cut off'],
    [`${LINK}&`, 'link-damaged', 'expected &p=, &d= or &v='],
    [`${LINK}&q=1`, 'link-damaged', 'of a newer Interlock'],
    [`${LINK}&p=`, 'link-damaged', 'expected a schedule'],
    [`${LINK}&p=a b`, 'link-damaged', 'expected a schedule'],
    [`${LINK}&d=0123`, 'link-damaged', 'expected 16 hex digits'],
    [`${LINK}&d=0123456789ABCDEF`, 'link-damaged', 'expected 16 hex digits'],
    [`${LINK}&v=<b>`, 'link-damaged', 'expected a view'],
    [`${LINK}&p=1&p=1`, 'link-damaged', 'twice'],
    [`${LINK}&p=${'1'.repeat(8_193)}`, 'link-damaged', 'expected a schedule'],
    [`${LINK}&p=${'1'.repeat(LINK_CHARS_MAX)}`, 'link-too-long', 'characters'],
  ])('%.90s is refused as %s', (link, code, words) => {
    expect(parseLink(link)).toMatchObject({
      kind: 'error',
      error: { code, message: expect.stringContaining(words) as string },
    });
  });

  it('is packed so that everybody can read it, unless a schedule makes it too long', () => {
    const small = parseScenario({ symbols: [{ name: 'A' }], lock: { name: 'none' } });
    if (small.kind === 'error') throw new Error(small.error.message);
    expect(formatLink(BASE, { scenario: small.value, schedule: '0' })).toMatch(/#s1=[\w-]+&p=0$/);
    const schedule = '0'.repeat(200);
    const long = formatLink(BASE, { scenario: small.value, schedule });
    expect(long).toMatch(/#s2=/);
    expect(parseLink(long)).toMatchObject({
      kind: 'ok',
      value: { scenario: small.value, schedule },
    });
  });

  it('is much shorter with a schedule, and is read with one however it is packed', () => {
    const schedule = '0'.repeat(180);
    const short = formatLink(BASE, { scenario: SCENARIO, schedule });
    expect(short).toMatch(/#s2=[\w-]+&p=0+$/);
    expect(short.length - schedule.length).toBeLessThan(LINK.length);
    for (const link of [short, `${LINK}&p=${schedule}`]) {
      expect(parseLink(link)).toMatchObject({
        kind: 'ok',
        value: { scenario: SCENARIO, schedule },
      });
    }
    expect(parseLink(short.replace('#s2=', '#s1='))).toMatchObject({
      kind: 'error',
      error: { code: 'link-damaged' },
    });
  });

  it('is judged without throwing, however it is changed', () => {
    const whole = formatLink(BASE, { scenario: SCENARIO, schedule: 'a.b', digest: '0'.repeat(16) });
    const edit = fc.record({
      at: fc.nat(whole.length - 1),
      remove: fc.nat(40),
      insert: fc.oneof(
        fc.string({ maxLength: 4 }),
        fc.constantFrom('&', '=', '#', '%', '%2', '%26'),
      ),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        let link = whole;
        for (const { at, remove, insert } of edits) {
          link = link.slice(0, at) + insert + link.slice(at + remove);
        }
        const result = parseLink(link);
        if (result.kind === 'error') {
          expect(result.error.message).not.toMatch(/[^\P{Cc}\n]/u);
          return;
        }
        expect(v.is(scenarioSchema, result.value.scenario)).toBe(true);
      }),
      { seed: SEED, numRuns: 3_000 },
    );
  });
});

describe('making a link', () => {
  it.each([
    [`${BASE}#top`, {}],
    [BASE, { schedule: 'a b' }],
    [BASE, { schedule: '' }],
    [BASE, { digest: 'xyz' }],
    [BASE, { view: '&v=' }],
  ])('insists on parts that a link can carry: %s %j', (base, parts) => {
    expect(() => formatLink(base, { scenario: SCENARIO, ...parts })).toThrow(/^expected /);
  });
});

describe('a golden link', () => {
  it('is never taken away', () => {
    expect(GOLDEN.length).toBeGreaterThanOrEqual(5);
  });

  /**
   * Defaults are left out of links, so they are part of what a link means. Where this fails because
   * a default has changed, the format needs a new version with an upgrader that fills in the old
   * one. A field that is new may appear.
   */
  it.each(GOLDEN)('still means what it meant: $about', ({ url, about: _, ...meant }) => {
    expect(parseLink(url)).toMatchObject({ kind: 'ok', value: meant });
  });
});
