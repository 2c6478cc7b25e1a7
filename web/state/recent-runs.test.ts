import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  keyOf,
  readEntries,
  type RecentEntry,
  type RecentRun,
  RUNS_MAX,
  withEntries,
  withoutKeys,
} from './recent-runs.ts';
import { RecentRuns } from './recent-runs.svelte.ts';
import { memoryStore, type RecentStore } from './recent-runs-store.ts';

const run = (link: string, atMs: number): RecentRun => ({
  kind: 'run',
  link,
  title: `title of ${link}`,
  seed: 127,
  digest: 'ab'.repeat(16),
  verdict: 'violated',
  violated: ['lock.exclusion'],
  atMs,
});
const log = (name: string, atMs: number): RecentEntry => ({
  ...{ kind: 'log', name, bytes: 12, verdict: 'passed', violated: [], atMs },
});

describe('a list of recent runs', () => {
  test('is newest first, holds each run once and no more than it may', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            link: fc.integer({ min: 0, max: 90 }).map((n) => `#s1=${n}`),
            atMs: fc.nat(),
          }),
          { maxLength: 150 },
        ),
        (given) => {
          let list: readonly RecentEntry[] = [];
          for (const { link, atMs } of given) list = withEntries(list, [run(link, atMs)]);
          expect(list.length).toBeLessThanOrEqual(RUNS_MAX);
          expect(new Set(list.map(keyOf)).size).toBe(list.length);
          const times = list.map(({ atMs }) => atMs);
          expect(times).toEqual([...times].sort((x, y) => y - x));
          expect(readEntries(structuredClone(list))).toEqual(list);
        },
      ),
      { seed: 11 },
    );
  });

  test('tells a log from another by name and size', () => {
    const list = withEntries([], [log('a.log', 1), log('b.log', 2), log('a.log', 3)]);
    expect(list.map(({ atMs }) => atMs)).toEqual([3, 2]);
    expect(withoutKeys(list, new Set(['a.log 12']))).toEqual([log('b.log', 2)]);
  });

  test.each([
    undefined,
    null,
    'text',
    {},
    [1, null, 'x', {}, []],
    [{ ...run('#', 1), verdict: 'fine' }],
    [{ ...run('#', 1), violated: [3] }],
    [{ ...run('#', 1), atMs: NaN }],
    [{ ...run('#', 1), link: undefined }],
    [{ ...log('x', 1), bytes: '12' }],
    [{ ...log('x', 1), kind: 'other' }],
  ])('leaves out what is no entry: %j', (stored) => {
    expect(readEntries(stored)).toEqual([]);
  });
});

/** A clock that goes on by itself. */
function clock(): () => number {
  let nowMs = 0;
  return () => (nowMs += 1);
}

const judged = (link: string): Omit<RecentRun, 'atMs'> => {
  const { atMs: _, ...rest } = run(link, 0);
  return rest;
};

describe('recent runs', () => {
  test('of two tabs are all kept', async () => {
    const store = memoryStore();
    const nowMs = clock();
    const [one, two] = [new RecentRuns(store, nowMs), new RecentRuns(store, nowMs)];
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? one : two).remember(judged(`#s1=${n}`))),
    );
    const third = new RecentRuns(store, nowMs);
    await third.refresh();
    expect(third.entries).toHaveLength(20);
  });

  test('that were deleted come back as they were, with what came meanwhile', async () => {
    const recent = new RecentRuns(memoryStore(), clock());
    for (const link of ['#s1=a', '#s1=b', '#s1=c']) await recent.remember(judged(link));
    const before = recent.entries;
    await recent.remove(before);
    expect(recent.entries).toEqual([]);
    expect(recent.removed).toHaveLength(3);
    await recent.remember(judged('#s1=d'));
    await recent.undo();
    expect(recent.entries.map(keyOf)).toEqual(['#s1=d', '#s1=c', '#s1=b', '#s1=a']);
    expect(recent.removed).toEqual([]);
  });

  test('one by one: only the one that was deleted goes', async () => {
    const recent = new RecentRuns(memoryStore(), clock());
    for (const link of ['#s1=a', '#s1=b']) await recent.remember(judged(link));
    await recent.remove(recent.entries.filter((entry) => keyOf(entry) === '#s1=a'));
    expect(recent.entries.map(keyOf)).toEqual(['#s1=b']);
  });

  test('keep what the reader worked on last', async () => {
    const store = memoryStore();
    await new RecentRuns(store).keepLastWork('#s1=work');
    expect(await new RecentRuns(store).lastWork()).toBe('#s1=work');
    expect(await new RecentRuns(memoryStore()).lastWork()).toBeUndefined();
  });
});

describe('a browser that keeps nothing', () => {
  const refusing: RecentStore = {
    read: () => Promise.reject(new Error('denied')),
    change: () => Promise.reject(new Error('denied')),
  };

  test('is said so, and the list works until the page is closed', async () => {
    const recent = new RecentRuns(refusing, clock());
    await recent.refresh();
    expect([recent.isRead, recent.isKept]).toEqual([true, false]);
    await recent.remember(judged('#s1=a'));
    await recent.remember(judged('#s1=b'));
    expect(recent.entries.map(keyOf)).toEqual(['#s1=b', '#s1=a']);
  });

  test('is noticed at the first entry too, which is not lost', async () => {
    const recent = new RecentRuns(refusing, clock());
    await recent.remember(judged('#s1=a'));
    expect([recent.entries.length, recent.isKept]).toEqual([1, false]);
    await recent.keepLastWork('#s1=w');
    expect(await recent.lastWork()).toBe('#s1=w');
  });
});
