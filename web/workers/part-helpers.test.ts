import { describe, expect, test } from 'vitest';
import {
  Campaign,
  conclude,
  DEFAULT_SETTINGS,
  Distribution,
  galleryEntry,
  type PartResult,
  scenarioSubject,
  type SearchResult,
  type SearchSettings,
} from '../../sim/index.ts';
import { ExploreHost } from './explore-host.ts';
import type { PartedSearch } from './part-contract.ts';
import { type Helper, helpersHere, searchWithHelpers } from './part-helpers.ts';
import { PartHost } from './part-host.ts';

const SHARD = { index: 0, count: 1 };

/** A clock that goes on by a step whenever it is read, and turns that are over at once. */
function around(stepMs = 1) {
  let clockMs = 0;
  return { nowMs: () => (clockMs += stepMs), turn: () => Promise.resolve() };
}

/** A helper in this thread; dies on a part where `isFatal` says so. */
function helperOf(search: PartedSearch, isFatal: (part: number) => boolean = () => false): Helper {
  const host = new PartHost(around());
  return {
    searchPart: (part, onTally) =>
      isFatal(part)
        ? Promise.reject(new Error(`died of ${part}`))
        : host.searchPart(search, part, onTally),
    stop: () => host.stop(),
    close: () => undefined,
  };
}

function searchOf(name: string, settings: Partial<SearchSettings>): PartedSearch {
  const { scenario } = galleryEntry(name);
  return { scenario, settings: { ...DEFAULT_SETTINGS, ...settings } };
}

async function helped(
  search: PartedSearch,
  make: () => Helper,
  count: number,
  isEnding = () => false,
): Promise<SearchResult> {
  const campaign = new Campaign(scenarioSubject(search.scenario), search.settings);
  const parts = new Distribution(campaign.heading, campaign.parts, SHARD);
  const watch = { isEnding, show: () => undefined };
  const unfinished: readonly PartResult[] = await searchWithHelpers(parts, make, count, watch);
  return conclude(parts.harvest(unfinished));
}

describe('helpers', () => {
  const cases = [
    searchOf('wake-up-race', { strategy: 'random', schedulesMax: 500 }),
    searchOf('flag-race-repaired', { strategy: 'exhaustive' }),
    searchOf('lock-order-race', { strategy: 'pct', schedulesMax: 300, stopAtFirst: false }),
  ];

  test.each([1, 2, 5])('come to the same, %i of them', async (count) => {
    for (const search of cases) {
      const alone = await helped(search, () => helperOf(search), 1);
      expect(await helped(search, () => helperOf(search), count)).toEqual(alone);
    }
  });

  test('that die are replaced, and nothing is lost or counted twice', async () => {
    for (const search of cases) {
      const fatal = new Set([0, 3, 5]);
      const make = () => helperOf(search, (part) => fatal.delete(part));
      const alone = await helped(search, () => helperOf(search), 1);
      expect(await helped(search, make, 3)).toEqual(alone);
    }
  });

  test('that die of the same part again and again are told', async () => {
    const [search] = cases as [PartedSearch];
    const make = () => helperOf(search, (part) => part === 0);
    await expect(helped(search, make, 2)).rejects.toThrow('died of 0');
  });

  test('stop with what they have when somebody ends the search', async () => {
    const search = searchOf('reference', { strategy: 'random', schedulesMax: 1e6 });
    let asked = 0;
    const result = await helped(
      search,
      () => helperOf(search),
      2,
      () => (asked += 1) > 4,
    );
    expect(result).toMatchObject({ conclusion: 'not-refuted', stop: 'cancelled' });
    expect(result.schedules).toBeGreaterThan(0);
  });

  test('are as many as cores, within reason, and none where a worker can have none', () => {
    expect([1, 2, 4, 64].map((cores) => helpersHere(cores, true))).toEqual([0, 2, 4, 8]);
    expect(helpersHere(8, false)).toBe(0);
  });

  test('go on with a search of the page that takes long, and come to what it would have', async () => {
    const work = { kind: 'gallery', name: 'reference' } as const;
    const plan = {
      strategy: 'random',
      seed: 5,
      depth: 3,
      schedulesMax: 200,
      secondsMax: 1e6,
    } as const;
    let made = 0;
    const helping = {
      count: 2,
      make: (search: PartedSearch) => {
        made += 1;
        return helperOf(search);
      },
    };
    const alone = await new ExploreHost(around(300)).explore(work, plan, () => undefined);
    const end = await new ExploreHost(around(300), helping).explore(work, plan, () => undefined);
    expect(made).toBe(2);
    expect(end.result).toEqual(alone.result);
    expect(end.result).toMatchObject({ schedules: 200, settings: { seed: 5 } });
  });
});
