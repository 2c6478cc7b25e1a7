/** Whatever fills memory is cut off and told with its line; what is ordinary is not. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Search } from '../../sim/index.ts';
import { LIBRARY_USES } from '../../subjects/uses.ts';
import { testFiles } from '../testing/files.ts';
import { runLab } from '../testing/fake-shell.ts';
import { loadSubject } from './subject-file.ts';

interface Flood {
  readonly what: string;
  readonly body: string;
  readonly gotMb: string;
}

const FLOODS = JSON.parse(readFileSync('fixtures/subjects/floods.json', 'utf8')) as Flood[];
const files = testFiles();

const lockThat = (body: string, before = ''): string =>
  `${before}export const createLock = () => ({\n  async acquire() {\n    ${body}\n  },\n  release() {},\n});`;

const saying = (gotMb: string, line = 3): string =>
  `expected at most 64 MB to be made in one execution, got ${gotMb} MB in line ${line}: ` +
  'look for a list, a text or a buffer that grows without an end';

async function loaded(source: string, scope = { clients: 2, rounds: 2 }) {
  return loadSubject({ path: files.write('lock.js', source), name: 'own', link: undefined }, scope);
}

/** Explores what `path` holds at random, and gives how many schedules that were. */
async function explored(path: string, scope: { clients: number; rounds: number }, schedules = 40) {
  const subject = await loadSubject({ path, name: path, link: undefined }, scope);
  if (subject.kind === 'error') throw new Error(subject.error.message);
  const { target } = subject.value;
  const search = new Search(target.subject, {
    strategy: 'random',
    schedulesMax: schedules,
    stopAtFirst: false,
  });
  while (search.advance(10));
  return search.result().schedules;
}

describe('a flood', () => {
  it.each(FLOODS.map((each) => [each.what, each] as const))('of %s', async (_, each) => {
    const subject = await loaded(lockThat(each.body));
    expect(subject).toMatchObject({
      kind: 'error',
      error: { code: 'subject-flood', message: saying(each.gotMb), exit: 3 },
    });
  });

  it('while the module is loaded, is told as well', async () => {
    const subject = await loaded(`const all = [];\nfor (;;) all.push([]);\nexport const a = 1;`);
    expect(subject).toMatchObject({ kind: 'error', error: { message: saying('65', 2) } });
  });

  it('in one schedule of many is told by the command line, in a process of its own', async () => {
    const path = files.write(
      'late.js',
      lockThat('if (held++ > 0) new Uint8Array(1e9);', 'let held = 0; '),
    );
    const { status, notes } = await runLab(['explore', '--subject', path]);
    expect(status).toBe(3);
    expect(notes).toContain(saying('1,001'));
  });

  it('in a loop that makes nothing is a loop without an end', async () => {
    const subject = await loaded(lockThat('for (let i = 0; ; i++) if (i < 0) break;'));
    expect(subject).toMatchObject({ kind: 'error', error: { code: 'subject-endless' } });
  });
});

describe('what is no flood', () => {
  it('may make a few megabytes in each execution, as often as it likes', async () => {
    const path = files.write('own.js', lockThat('new Uint8Array(1e6).fill(1).slice();'));
    expect(await explored(path, { clients: 2, rounds: 2 }, 400)).toBe(400);
  });

  const libraries = LIBRARY_USES.map(({ name }) => `subjects/library/${name}.ts`);
  const examples = ['correct', 'unfair', 'escaping', 'check-then-act', 'lost-on-exception'];
  it.each([...libraries, ...examples.map((name) => `fixtures/subjects/${name}.ts`)])(
    '%s, used by as many as can be, as often as can be',
    async (path) => {
      expect(await explored(path, { clients: 16, rounds: 100 }, 20)).toBe(20);
    },
    60_000,
  );
});

describe('what one execution leaves', () => {
  it('in its modules is gone in the next', async () => {
    const path = files.write(
      'own.js',
      lockThat('kept.push(new Uint8Array(1e6));', 'const kept = []; '),
    );
    expect(await explored(path, { clients: 2, rounds: 2 }, 400)).toBe(400);
  });

  it.each([
    ['the global object', 'globalThis.kept'],
    ['a class', 'Map.kept'],
    ['a prototype', 'Array.prototype.kept'],
    ['a method of the language', 'Array.prototype.push'],
    ['a namespace', 'Math.max'],
    ['what we put there', 'Promise.prototype.kept'],
  ])('in %s does not pile up', async (_, place) => {
    // As much as is kept of 64 MB, and then some: more would be a leak.
    const body = `const kept = ${place}?.all ?? []; kept.push(new Uint8Array(1e6));
    if (kept.length > 140) for (;;) ;
    if (${place}?.all === undefined) { const was = ${place}; const is = function (...all) { return was?.apply(this, all); }; is.all = kept; ${place} = is; }`;
    const path = files.write('own.js', lockThat(body));
    const found = await explored(path, { clients: 1, rounds: 1 }, 400);
    expect(found).toBe(400);
  });

  it('cannot be hung on a method, which would not be looked at', async () => {
    const subject = await loaded(lockThat('"use strict"; [].push.kept = [];'));
    expect(subject).toMatchObject({ kind: 'error', error: { code: 'subject-shut' } });
  });
});
