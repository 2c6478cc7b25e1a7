/** The bench keeps every draft apart, runs nothing by itself, and drops what comes too late. */
import { describe, expect, test } from 'vitest';
import { formatLockLink, type OwnLock } from '../../sim/index.ts';
import { OWN } from './drafts.ts';
import { LockBench } from './lock-bench.svelte.ts';
import type { LockAnswer, RunLock } from './lock-box.ts';
import type { LockJob, LockTale } from './sandbox/lock-contract.ts';

const LOCK: OwnLock = { source: 'of a link', language: 'js', clients: 4, rounds: 1 };

function memory() {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
  };
}

/** A box that notes what it is asked, and answers when the test says. */
function box() {
  const jobs: { readonly job: LockJob; readonly answer: (answer: LockAnswer) => void }[] = [];
  let closed = 0;
  const run: RunLock = (_, job) => {
    let settle: (answer: LockAnswer) => void = () => undefined;
    const answer = new Promise<LockAnswer>((resolve) => (settle = resolve));
    jobs.push({ job, answer: settle });
    const close = (): void => {
      closed += 1;
      settle({ kind: 'closed' });
    };
    return { answer, cancel: () => undefined, close };
  };
  return { run, jobs, closed: () => closed };
}

function linkOf(lock: OwnLock, more: { schedule?: string; digest?: string } = {}): string {
  const link = formatLockLink('https://lab.example/', { lock, ...more });
  if (link.kind === 'error') throw new Error(link.error.message);
  return link.value;
}

const tale = (schedule: string, digest: string): LockTale => ({
  ...{ schedule, digest, scope: { clients: 4, rounds: 1 }, check: undefined, events: [] },
  marks: { picks: [], widths: [], seqs: [] },
  story: undefined,
});

describe('a draft', () => {
  test('is there again after a reload, each lock its own', () => {
    const store = memory();
    const bench = new LockBench(store);
    bench.pick(OWN);
    bench.edit({ source: 'mine', clients: 5 });
    bench.pick('example:escaping');
    bench.edit({ source: 'changed' });
    const later = new LockBench(store);
    expect(later.lock).toMatchObject({ source: 'mine', clients: 5, rounds: 2 });
    later.pick('example:escaping');
    expect(later.source).toBe('changed');
    expect(later.changed).toContain('example:escaping');
    later.revert();
    expect(later.source).toContain('Releases before the critical section');
    expect(later.changed).not.toContain('example:escaping');
  });

  test('is not touched by a link, nor is what was changed of an earlier link', () => {
    const bench = new LockBench(memory());
    bench.pick(OWN);
    bench.edit({ source: 'mine' });
    expect(bench.openLink(linkOf(LOCK))).toBeUndefined();
    expect(bench.lock).toEqual(LOCK);
    bench.edit({ source: 'of a link, changed' });
    const first = bench.id;
    bench.openLink(linkOf({ ...LOCK, source: 'of another' }));
    bench.pick(first);
    expect(bench.source).toBe('of a link, changed');
    bench.revert();
    expect(bench.lock).toEqual(LOCK);
    bench.pick(OWN);
    expect(bench.source).toBe('mine');
  });

  test('of the last ten links is kept', () => {
    const bench = new LockBench(memory());
    for (let at = 0; at < 12; at++) bench.openLink(linkOf({ ...LOCK, source: `number ${at}` }));
    expect(bench.linked).toHaveLength(10);
    expect(bench.source).toBe('number 11');
  });

  test.each(['no JSON', '{}', '[["own"]]', '[["own",{"source":5}]]', '[[1,{}]]'])(
    'is left out where the storage holds %s',
    (text) => {
      const bench = new LockBench({ getItem: () => text, setItem: () => undefined });
      expect(bench.changed.size).toBe(0);
    },
  );
});

describe('a link', () => {
  test('runs nothing until the reader asks', async () => {
    const { run, jobs } = box();
    const bench = new LockBench(memory(), run);
    bench.openLink(linkOf(LOCK, { schedule: '0AB', digest: '0123456789abcdef' }));
    expect(jobs).toEqual([]);
    expect(bench.isForeign).toBe(true);
    const running = bench.replay();
    expect(jobs[0]?.job).toEqual({
      ...{ kind: 'tell', schedule: '0AB' },
      scope: { clients: 4, rounds: 1 },
    });
    jobs[0]?.answer({ kind: 'told', told: tale('0AB', '0123456789abcdef0123456789abcdef') });
    await running;
    expect(bench.linkMatches).toBe(true);
  });

  test('that promised another digest is said to differ', async () => {
    const { run, jobs } = box();
    const bench = new LockBench(memory(), run);
    bench.openLink(linkOf(LOCK, { schedule: '0AB', digest: '0123456789abcdef' }));
    const running = bench.replay();
    jobs[0]?.answer({ kind: 'told', told: tale('0AB', 'f'.repeat(32)) });
    await running;
    expect(bench.linkMatches).toBe(false);
  });

  test('promises nothing of code that was changed since', () => {
    const bench = new LockBench(memory());
    bench.openLink(linkOf(LOCK, { schedule: '0AB', digest: '0123456789abcdef' }));
    expect(bench.promisedSchedule).toBe('0AB');
    bench.edit({ source: 'changed' });
    expect(bench.promisedSchedule).toBeUndefined();
  });

  test('that is damaged changes nothing', () => {
    const bench = new LockBench(memory());
    const { id, source } = bench;
    expect(bench.openLink(linkOf(LOCK).slice(0, -4))?.code).toBe('link-damaged');
    expect([bench.id, bench.source]).toEqual([id, source]);
  });
});

describe('an exploration', () => {
  test('that is overtaken by another says nothing any more', async () => {
    const { run, jobs, closed } = box();
    const bench = new LockBench(memory(), run);
    const first = bench.explore();
    const second = bench.explore();
    expect(closed()).toBe(1);
    jobs[0]?.answer({ kind: 'problem', problem: { code: 'x', message: 'late', line: 1 } });
    await first;
    expect(bench.explorer.problem).toBeUndefined();
    expect(bench.explorer.isBusy).toBe(true);
    jobs[1]?.answer({ kind: 'problem', problem: { code: 'x', message: 'in time', line: 1 } });
    await second;
    expect(bench.explorer.problem?.message).toBe('in time');
  });

  test('is stale once the code is another, and is not shared with it', async () => {
    const { run, jobs } = box();
    const bench = new LockBench(memory(), run);
    const running = bench.explore();
    jobs[0]?.answer({ kind: 'told', told: tale('0AB', 'f'.repeat(32)) });
    await running;
    const shared = (): string => {
      const link = bench.linkAt('https://lab.example/');
      return link.kind === 'ok' ? link.value : link.error.message;
    };
    expect(shared()).toMatch(/&p=0AB&d=f{16}$/);
    bench.edit({ source: 'changed' });
    expect(bench.isStale).toBe(true);
    expect(shared()).not.toContain('&p=');
  });

  test('is limited in its figures', () => {
    const { explorer } = new LockBench(memory());
    explorer.use('clients', 99);
    explorer.use('rounds', 0);
    explorer.use('rounds', Number.NaN);
    expect(explorer.scope).toEqual({ clients: 16, rounds: 1 });
  });

  test('begins with a proof where nothing is known to be wrong, else with a search', () => {
    const bench = new LockBench(memory());
    bench.pick('library:async-mutex');
    expect(bench.explorer.strategy).toBe('exhaustive');
    bench.pick('library:async-mutex-release-unowned');
    expect(bench.explorer.strategy).toBe('portfolio');
  });
});
