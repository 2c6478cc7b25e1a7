import { describe, expect, test } from 'vitest';
import { assertExists, galleryEntry } from '../../sim/index.ts';
import type { ExploreDoor } from '../workers/explore-client.ts';
import type { ExploreEnd, ExploreProgress } from '../workers/explore-contract.ts';
import { ExploreHost } from '../workers/explore-host.ts';
import { Explorer } from './explorer.svelte.ts';

const RACE = { kind: 'gallery', name: 'flag-race' } as const;
const { scenario } = galleryEntry('flag-race');

const host = new ExploreHost({ nowMs: () => 0, turn: () => Promise.resolve() });

/** What the worker really comes to, for the test to hand over when it likes. */
const real = host.explore(
  RACE,
  { strategy: 'exhaustive', seed: 1, depth: 3, schedulesMax: 10_000, secondsMax: 60 },
  () => undefined,
);

/** A worker that says what the test makes it say. */
class Stage {
  readonly started: {
    readonly hear: (progress: ExploreProgress) => void;
    readonly finish: (end: ExploreEnd) => void;
    readonly die: (why: string) => void;
    isClosed: boolean;
    isCancelled: boolean;
  }[] = [];
  readonly door: ExploreDoor = {
    start: (_work, _plan, hear) => {
      let finish: (end: ExploreEnd) => void = () => undefined;
      let fail: (cause: Error) => void = () => undefined;
      const ended = new Promise<ExploreEnd>((resolve, reject) => {
        finish = resolve;
        fail = reject;
      });
      const one = {
        ...{ hear, finish, die: (why: string) => fail(new Error(why)) },
        ...{ isClosed: false, isCancelled: false },
      };
      this.started.push(one);
      return {
        ended,
        cancel: () => (one.isCancelled = true),
        close: () => {
          one.isClosed = true;
          fail(new Error('closed'));
        },
      };
    },
    tell: (told, schedule) => Promise.resolve(host.tell(told, schedule)),
  };
  readonly explorer = new Explorer(this.door);

  get last() {
    return assertExists(this.started.at(-1), 'expected a search');
  }
}

describe('the explorer of the page', () => {
  test('goes through searching, shrinking and telling to a story', async () => {
    const stage = new Stage();
    const { explorer } = stage;
    const telling = explorer.explore(RACE);
    const { hear, finish } = stage.last;
    hear({ kind: 'opened', scenario });
    expect([explorer.phase, explorer.subject]).toEqual(['searching', scenario]);
    hear({ kind: 'found', found: { scenario, check: 'lock.exclusion', schedule: '0AA' } });
    expect(explorer.phase).toBe('shrinking');
    hear({ kind: 'telling' });
    expect(explorer.phase).toBe('telling');
    const end = await real;
    finish(end);
    const told = assertExists(await telling, 'expected a story');
    expect(explorer.phase).toBe('done');
    expect(explorer.storyOf(told.scenario, told.schedule)).toBe(told);
  });

  test('gives its story to no other run', async () => {
    const stage = new Stage();
    const { explorer } = stage;
    const telling = explorer.explore(RACE);
    stage.last.finish(await real);
    const { told } = { told: assertExists(await telling, 'expected a story') };
    expect(explorer.storyOf(told.scenario, undefined)).toBeUndefined();
    expect(explorer.storyOf({ ...told.scenario, seed: 99 }, told.schedule)).toBeUndefined();
    expect(explorer.storyOf(structuredClone(told.scenario), told.schedule)).toBe(told);
  });

  test('searches again where the story was found, not what it was shrunk to', async () => {
    const stage = new Stage();
    const { explorer } = stage;
    const telling = explorer.explore(RACE);
    stage.last.hear({ kind: 'opened', scenario });
    stage.last.finish(await real);
    const told = assertExists(await telling, 'expected a story');
    expect(explorer.sourceOf(told.scenario, told.schedule)).toBe(scenario);
    const other = { ...scenario, seed: 99 };
    expect(explorer.sourceOf(other, undefined)).toBe(other);
  });

  test('keeps what it heard when its worker dies, and says why', async () => {
    const stage = new Stage();
    const { explorer } = stage;
    const telling = explorer.explore(RACE);
    const { hear, die } = stage.last;
    hear({ kind: 'opened', scenario });
    const found = { scenario, check: 'lock.exclusion', schedule: '0AA' } as const;
    hear({ kind: 'found', found });
    die('out of memory');
    expect(await telling).toBeUndefined();
    expect([explorer.phase, explorer.failure]).toEqual(['failed', 'out of memory']);
    expect([explorer.found, explorer.subject]).toEqual([found, scenario]);
    void explorer.explore(RACE);
    expect([explorer.phase, explorer.failure]).toEqual(['searching', undefined]);
  });

  test('drops what an earlier search still says', async () => {
    const stage = new Stage();
    const { explorer } = stage;
    const first = explorer.explore(RACE);
    const old = stage.last;
    void explorer.explore({ kind: 'gallery', name: 'lease-race' });
    expect(old.isClosed).toBe(true);
    old.hear({ kind: 'telling' });
    expect(await first).toBeUndefined();
    expect([explorer.phase, explorer.failure]).toEqual(['searching', undefined]);
  });

  test('is over once it has ended, whatever arrives after that', async () => {
    const stage = new Stage();
    const { explorer } = stage;
    const telling = explorer.explore(RACE);
    const { hear, finish } = stage.last;
    const end = await real;
    finish(end);
    await telling;
    hear({ kind: 'telling' });
    hear({ kind: 'opened', scenario: galleryEntry('reference').scenario });
    expect([explorer.phase, explorer.subject]).toEqual(['done', end.scenario]);
    expect(explorer.progress).toBe(end.progress);
  });

  test('that is cancelled waits for what there is', () => {
    const stage = new Stage();
    const { explorer } = stage;
    void explorer.explore(RACE);
    explorer.cancel();
    expect(stage.last).toMatchObject({ isCancelled: true, isClosed: false });
    expect([explorer.isEnding, explorer.phase]).toEqual([true, 'searching']);
  });

  test.each([
    [Number.NaN, 10_000],
    [-5, 1],
    [2.4, 2],
    [1e12, 1_000_000],
  ])('takes %d schedules as %d', (asked, taken) => {
    const { explorer } = new Stage();
    explorer.limit('schedulesMax', asked);
    expect(explorer.schedulesMax).toBe(taken);
  });

  test('tells the story of a link, and keeps the old one where it does not fit', async () => {
    const { explorer } = new Stage();
    const { violation } = await real;
    const { told } = assertExists(violation, 'expected a violation');
    await explorer.tell(told.scenario, told.schedule);
    expect(explorer.told).toEqual(told);
    expect(await explorer.tell(told.scenario, '0-')).toMatchObject({ kind: 'misfit' });
    expect(explorer.told).toEqual(told);
  });
});
