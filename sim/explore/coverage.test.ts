/** How many classes drawn schedules fell into, against how many there are. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOCKS } from '../locks/index.ts';
import { parseScenario } from '../scenario/codec/parse.ts';
import { Campaign } from './campaign.ts';
import { Distribution } from './distribution.ts';
import { conclude, type Harvest, merge } from './harvest.ts';
import { lockSubject, type LockScope } from './lock-subject.ts';
import { scenarioSubject } from './scenario-subject.ts';
import { Search } from './search.ts';
import type { SearchResult } from './search-result.ts';
import { DEFAULT_SETTINGS, type SearchOptions, WHOLE } from './settings.ts';
import type { Subject } from './subject.ts';
import { seeEvery } from './testing/agreement.ts';
import { ToySubject } from './testing/toy.ts';
import { TOYS } from './testing/toys.ts';
import { treeSubject } from './testing/trees.ts';

const SEED = 35;
const DRAWN = ['random', 'pct', 'urw', 'portfolio'] as const;

function harvested(subject: Subject, options: Partial<SearchOptions>): Harvest {
  const search = new Search(subject, { stopAtFirst: false, schedulesMax: 3_000, ...options });
  while (search.advance(1_000));
  return search.harvest();
}

function searched(subject: Subject, options: Partial<SearchOptions>): SearchResult {
  return conclude(harvested(subject, options));
}

describe('a long random search', () => {
  const scopes: [keyof typeof LOCKS, LockScope][] = [
    ['fifo', { clients: 2, rounds: 2, steps: 3 }],
    ['none', { clients: 2, rounds: 2, steps: 3 }],
    ['lost-wakeup', { clients: 2, rounds: 2, steps: 3 }],
    ['check-then-act', { clients: 2, rounds: 1, steps: 3, timeoutUs: 1_000 }],
    ['lease-expires', { clients: 2, rounds: 1, steps: 3, leaseUs: 500 }],
  ];

  it.each(scopes)('falls into every class around the lock %s, and into no other', (name, scope) => {
    const subject = lockSubject(LOCKS[name], scope);
    const { classes, complete } = searched(subject, { strategy: 'exhaustive' });
    expect(complete).toBe(true);
    expect(seeEvery(subject, 10_000).classes.size).toBe(classes);
    const { coverage } = searched(subject, { strategy: 'random' });
    expect(coverage).toEqual({ classes, schedules: 3_000 });
    for (const strategy of DRAWN) {
      for (const swarm of [false, true]) {
        const met = searched(subject, { strategy, swarm, schedulesMax: 500 }).coverage;
        expect([strategy, met?.schedules]).toEqual([strategy, 500]);
        expect(met?.classes).toBeLessThanOrEqual(classes ?? 0);
      }
    }
  });

  it.each([
    [3, 1, 10_000],
    [2, 2, 20_000],
  ])('falls into every class of the engine, %i symbols x %i signals', (symbols, signals, most) => {
    const parsed = parseScenario({
      symbols: Array.from({ length: symbols }, (_, at) => ({ name: `SYM${at}`, signals })),
    });
    if (parsed.kind === 'error') throw new Error(parsed.error.message);
    const subject = scenarioSubject(parsed.value, {}, { deadlinesMax: 0 });
    const { classes, complete } = searched(subject, { strategy: 'exhaustive' });
    expect(complete).toBe(true);
    const { coverage } = searched(subject, { strategy: 'random', schedulesMax: most });
    expect(coverage).toEqual({ classes, schedules: most });
  });

  it('falls into no class of a random program but those that brute force meets', () => {
    let whole = 0;
    fc.assert(
      fc.property(TOYS, (toy) => {
        const subject = new ToySubject(toy);
        const every = seeEvery(subject, 400);
        if (!every.whole) return;
        const { coverage } = searched(subject, { strategy: 'random', schedulesMax: 600 });
        expect(coverage?.classes).toBeLessThanOrEqual(every.classes.size);
        if (coverage?.classes === every.classes.size) whole += 1;
      }),
      { seed: SEED, numRuns: 60 },
    );
    expect(whole).toBeGreaterThan(30);
  });
});

describe('what drawn schedules cover', () => {
  const subject = lockSubject(LOCKS['lost-wakeup'], { clients: 3, rounds: 2, steps: 2 });

  it('is the same by one worker or many, in any order, and from shards as documents', () => {
    for (const strategy of DRAWN) {
      const options = { strategy, schedulesMax: 900 };
      const expected = searched(subject, options);
      const settings = { ...DEFAULT_SETTINGS, ...options, stopAtFirst: false };
      const campaign = new Campaign(subject, settings);
      const parts = new Distribution(campaign.heading, campaign.parts, WHOLE);
      const all = Array.from({ length: campaign.parts }, (_, at) => campaign.parts - 1 - at);
      for (const part of all) {
        const search = campaign.search(part);
        while (search.stop === undefined) search.advance(7);
        parts.add(search.result());
      }
      expect(conclude(parts.harvest())).toEqual(expected);
      // What is shown on the way is put together part by part.
      expect(parts.tally.classes).toBe(expected.coverage?.classes);
      const shards = [2, 0, 1].map((index) => {
        const shard = harvested(subject, { ...options, shard: { index, count: 3 } });
        return JSON.parse(JSON.stringify(shard)) as Harvest;
      });
      expect(conclude(shards.reduce(merge))).toEqual(expected);
    }
  });

  it('is told of the first schedules only, where there are more than are told apart', () => {
    for (const toldApartMax of [0, 50, 100, 899]) {
      const { coverage } = searched(subject, {
        strategy: 'random',
        schedulesMax: 900,
        toldApartMax,
      });
      const first = searched(subject, { strategy: 'random', schedulesMax: toldApartMax }).coverage;
      expect(coverage).toEqual(first);
      if (toldApartMax > 0) expect(coverage?.schedules).toBe(toldApartMax);
    }
  });

  it('changes nothing else of the result', () => {
    const options = { strategy: 'portfolio', schedulesMax: 400, stopAtFirst: true } as const;
    const { coverage, settings: _, ...told } = searched(subject, options);
    const { settings: __, ...untold } = searched(subject, { ...options, toldApartMax: 0 });
    expect(coverage).toBeDefined();
    expect(told).toEqual(untold);
  });

  it('is not told where classes cannot be, nor of a walk through everything', () => {
    const tree = treeSubject(({ length }) => (length < 5 ? 2 : 1));
    expect(searched(tree, { strategy: 'random' }).coverage).toBeUndefined();
    expect(searched(subject, { strategy: 'exhaustive' }).coverage).toBeUndefined();
  });
});
