/** The examples and the libraries: each race is found by searching, each right use is proved. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  decodeSchedule,
  formatLockLink,
  type OwnLock,
  replay,
  Search,
  Shrink,
  type StrategyName,
} from '../../sim/index.ts';
import { errorOf } from '../testing/documents.ts';
import { runJson, runLab } from '../testing/fake-shell.ts';
import { testFiles } from '../testing/files.ts';
import { LIBRARY_USES } from '../../subjects/uses.ts';
import { findSubject, versionOf } from './source.ts';
import { type LoadedSubject, loadSubject } from './subject-file.ts';

const files = testFiles();
const SCOPE = { clients: 3, rounds: 2 };

interface Replay {
  readonly use: string;
  readonly library: string;
  readonly check: 'lock.exclusion';
  readonly clients: number;
  readonly rounds: number;
  readonly schedule: string;
  readonly digest: string;
}

const REPLAYS = JSON.parse(readFileSync('fixtures/subjects/replays.json', 'utf8')) as Replay[];

async function loaded(path: string, scope = SCOPE): Promise<LoadedSubject> {
  const subject = await loadSubject({ path, name: path, link: undefined }, scope);
  if (subject.kind === 'error') throw new Error(subject.error.message);
  return subject.value;
}

async function library(name: string, scope = SCOPE): Promise<LoadedSubject> {
  const source = findSubject({ kind: 'library', name });
  if (source.kind === 'error') throw new Error(source.error.message);
  return loaded(source.value.path, scope);
}

function searched({ target }: LoadedSubject, strategy: StrategyName) {
  // A walk through everything is bounded by nothing here, as on the command line.
  const schedulesMax = strategy === 'exhaustive' ? 1e9 : 400_000;
  const search = new Search(target.subject, { strategy, schedulesMax });
  while (search.advance(1_000));
  return search.result();
}

describe('a lock in a file', () => {
  it('is proved where it is right', async () => {
    const result = searched(await loaded('fixtures/subjects/correct.ts'), 'exhaustive');
    expect(result).toMatchObject({ conclusion: 'proved', complete: true });
  });

  it.each([
    ['unfair', 'lock.fifo'],
    ['escaping', 'lock.exclusion'],
    ['check-then-act', 'lock.exclusion'],
    ['lost-on-exception', 'lock.lost-wakeup'],
  ])('is refuted where it is %s', async (name, check) => {
    const { findings } = searched(await loaded(`fixtures/subjects/${name}.ts`), 'portfolio');
    expect(findings[0]?.violated).toContain(check);
    expect(findings[0]?.reproduced).toBe(true);
  });

  it('may import its own files, and begins anew in each execution', async () => {
    files.write('count.ts', 'export const state = { made: 0 };');
    const path = files.write(
      'counts.ts',
      `import { state } from './count';
       export function createLock() {
         state.made += 1;
         if (state.made > 1) throw new Error('left over');
         return { async acquire() { return () => undefined; } };
       }`,
    );
    const { target } = await loaded(path, { clients: 1, rounds: 2 });
    const oracle = { chooseNext: () => 0, choose: () => 0 };
    expect(target.subject.attempt(oracle).verdict).toBe('passed');
    expect(target.subject.attempt(oracle).verdict).toBe('passed');
  });

  it.each([
    ['no createLock', 'export const lock = 1;', /export a function createLock, got undefined/],
    ['what is no lock', 'export const createLock = () => 5;', /createLock\(\) to return.*number/],
    ['an unknown promise', 'export const fairness = 1; export const createLock = () => 1;', /fifo/],
    ['a module of Node', "import 'node:net'; export const createLock = 1;", /got node:net/],
    ['a missing file', "import './none'; export const createLock = 1;", /found no \.\/none/],
    ['an error', 'throw new RangeError("early");', /to load, got RangeError: early/],
    ['a syntax error', 'export const = 1;', /line 1: /],
    [
      'a lock that is always shut',
      'export const createLock = () => ({ acquire: () => new Promise(() => undefined) });',
      /let in one client that asks alone, got no answer/,
    ],
    [
      'a lock that needs what is not there',
      'export const createLock = () => ({ async acquire() { await fetch("x"); } });',
      /got ReferenceError: fetch is not defined/,
    ],
  ])('is refused with %s', async (_, source, message) => {
    const path = files.write('own.ts', source);
    const subject = await loadSubject({ path, name: 'own', link: undefined }, SCOPE);
    if (subject.kind === 'ok') throw new Error('expected a refusal');
    expect(subject.error.message).toMatch(message);
    expect(subject.error.exit).toBe(2);
  });

  it('is refused where there is no file', async () => {
    const source = { path: 'no-such-lock.ts', name: 'x', link: undefined };
    const subject = await loadSubject(source, SCOPE);
    expect(errorOf({ error: subject.kind === 'error' ? subject.error : {} }).code).toBe(
      'not-found',
    );
  });
});

describe('the libraries', () => {
  it.each(REPLAYS.map((each) => [each.use, each] as const))(
    '%s breaks as it did, and a search finds it and shrinks it to no more',
    async (name, kept) => {
      const [packageName = '', version] = kept.library.split(' ');
      expect(versionOf(packageName)).toBe(version);
      const smallest = await library(name, { clients: kept.clients, rounds: kept.rounds });
      const schedule = decodeSchedule(kept.schedule);
      if (schedule.kind === 'error') throw new Error(schedule.error.message);
      const again = replay(smallest.target.subject, schedule.value);
      if (again.kind === 'error') throw new Error(again.error.message);
      expect(again.value.violated).toContain(kept.check);
      expect(again.value.digest).toBe(kept.digest);

      const { target } = await library(name);
      const [finding] = searched({ ...smallest, target }, 'portfolio').findings;
      expect(finding?.violated).toContain(kept.check);
      const found = target.subject.attempt(new Picks(finding?.picks ?? []));
      const shrinking = new Shrink(target, found, kept.check);
      while (shrinking.advance(100));
      const shrunk = shrinking.result();
      expect(shrunk.minimal).toBe(true);
      expect(shrunk.schedule.length).toBeLessThanOrEqual(schedule.value.length);
    },
  );

  it('keeps a replay of each use that breaks', () => {
    const breaking = LIBRARY_USES.filter(({ breaks }) => breaks !== undefined);
    expect(REPLAYS.map(({ use, check }) => [use, check])).toEqual(
      breaking.map(({ name, breaks }) => [name, breaks]),
    );
  });

  it.each(['async-lock', 'async-mutex', 'semaphore-async-await'])(
    '%s is proved in its right use, by 3 clients with 2 rounds',
    async (name) => {
      const result = searched(await library(name), 'exhaustive');
      expect(result).toMatchObject({ conclusion: 'proved', complete: true });
      expect(result.scope).toMatch(/^3 clients, 2 rounds each/);
    },
    120_000,
  );

  it('are named in the refusal of an unknown one', () => {
    const found = findSubject({ kind: 'library', name: 'async-mutx' });
    expect(found).toMatchObject({ kind: 'error', error: { code: 'unknown-library', exit: 2 } });
  });
});

describe('the link of a lock', () => {
  const source = readFileSync('fixtures/subjects/check-then-act.ts', 'utf8');
  const linkOf = (lock: Partial<OwnLock>, more: { schedule?: string; digest?: string } = {}) => {
    const whole = { source, language: 'ts', clients: 2, rounds: 1, ...lock } as const;
    const link = formatLockLink('https://lab.example/', { lock: whole, ...more });
    if (link.kind === 'error') throw new Error(link.error.message);
    return link.value;
  };

  it('is explored as often as it says, and printed as one that replays to the same digest', async () => {
    const { status, document } = await runJson(['explore', '--subject', linkOf({})]);
    expect(status).toBe(1);
    expect(document).toMatchObject({
      clients: 2,
      rounds: 1,
      violation: { check: 'lock.exclusion' },
    });
    const { url, digest } = document['violation'] as { url: string; digest: string };
    const again = await runJson(['run', url]);
    expect(again.status).toBe(1);
    expect(again.document).toMatchObject({ digest, promisedDigest: { kept: true } });
    expect(again.document['story']).toHaveLength(1);
    const told = await runLab(['run', url]);
    expect(told.out).toMatch(/^! Violated\. lock\.exclusion$/m);
    expect(told.out).toMatch(/as the link promised/);
  });

  it('without a schedule means the default one; a digest that differs leaves a pass open', async () => {
    const right = readFileSync('fixtures/subjects/correct.ts', 'utf8');
    expect((await runJson(['run', linkOf({ source: right })])).status).toBe(0);
    const other = await runJson(['run', linkOf({ source: right }, { digest: '0'.repeat(16) })]);
    expect(other.status).toBe(3);
    expect(other.document).toMatchObject({ promisedDigest: { kept: false } });
  });

  it.each([
    ['a schedule that does not fit', linkOf({}, { schedule: '0_____A' }), 'schedule-damaged'],
    ['an import of a file', linkOf({ source: "import './x.ts';" }), 'subject-import'],
    ['an import of Node', linkOf({ source: "import 'node:fs';" }), 'subject-import'],
    ['a damaged link', linkOf({}).slice(0, -4), 'link-damaged'],
  ])('is refused with %s', async (_, link, code) => {
    const { status, document } = await runJson(['run', link]);
    expect(status).toBe(2);
    expect(errorOf(document).code).toBe(code);
  });
});

/** Gives the listed answers. */
class Picks {
  readonly #picks: readonly number[];
  #at = 0;

  constructor(picks: readonly number[]) {
    this.#picks = picks;
  }

  chooseNext(): number {
    return this.choose();
  }

  choose(): number {
    return this.#picks[this.#at++] ?? 0;
  }
}
