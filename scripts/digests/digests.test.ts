/** V8 and JavaScriptCore compute the golden digests, and a digest that differs does not pass. */
import { describe, expect, it } from 'vitest';
import { GALLERY } from '../../sim/index.ts';
import { bundle } from './bundle.ts';
import { bun, node, runIn } from './engines.ts';
import { differences, readGolden } from './golden-file.ts';

const golden = readGolden();
const PARTS = Object.keys(golden).filter((name) => name.startsWith('part:'));
const names = (long: boolean): string[] =>
  GALLERY.filter((entry) => entry.long === long).map((entry) => entry.name);
const SHORT = [...PARTS, ...names(false)];

describe('the golden digests', () => {
  it('are those of the parts and of the whole gallery, no more and no fewer', () => {
    expect(PARTS).toHaveLength(3);
    expect(Object.keys(golden).sort()).toEqual([...SHORT, ...names(true)].sort());
  });

  it.each([
    ['V8 (Node)', node],
    ['JavaScriptCore (bun)', bun],
  ])('are computed by %s', { timeout: 300_000 }, async (name, engine) => {
    const short = runIn(engine(), await bundle('digests-entry'));
    expect(differences(name, golden, SHORT, short)).toEqual([]);
    const long = runIn(engine(), await bundle('digests-long-entry'));
    expect(differences(name, golden, names(true), long)).toEqual([]);
  });
});

describe('a comparison of digests', () => {
  const one = { scenario: 'one', digest: '0'.repeat(32) };

  it('passes what is equal', () => {
    expect(differences('an engine', { one: one.digest }, ['one'], [one])).toEqual([]);
  });

  it('names a digest that differs, one that did not come, and one that nobody knows', () => {
    const wrong = { ...one, digest: '1'.repeat(32) };
    expect(differences('an engine', { one: one.digest }, ['one'], [wrong])).toEqual([
      `one: expected ${one.digest}, got ${wrong.digest} from an engine`,
    ]);
    expect(differences('an engine', { one: one.digest }, ['one'], [])).toEqual([
      'one: expected a digest from an engine, got none',
    ]);
    expect(differences('an engine', {}, [], [one])).toEqual([
      'one: expected it among the golden digests; npm run golden adds it',
    ]);
  });

  it(
    'catches an engine whose square root is off in its last bit',
    { timeout: 60_000 },
    async () => {
      const patch = 'const s=Math.sqrt;Math.sqrt=(x)=>s(x)*(1+Number.EPSILON)';
      const engine = {
        name: 'a wrong engine',
        program: process.execPath,
        args: ['--import', `data:text/javascript,${encodeURIComponent(patch)}`],
      };
      const lines = runIn(engine, await bundle('digests-entry'));
      const found = differences(engine.name, golden, SHORT, lines);
      expect(found.some((sentence) => sentence.startsWith('part:numbers: expected '))).toBe(true);
    },
  );

  it('stops at an engine that fails, with what it said', () => {
    const engine = { name: 'a broken engine', program: process.execPath, args: ['-e', 'x.y'] };
    expect(() => runIn(engine, '')).toThrow(
      /a broken engine to end well, got 1: [^]*x is not defined/,
    );
  });
});
