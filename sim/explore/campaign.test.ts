/** A search says the same whoever does which part of it, when, and how often. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOCKS } from '../locks/index.ts';
import { Campaign, WHOLE_MAX } from './campaign.ts';
import { Distribution } from './distribution.ts';
import { conclude, type Harvest, merge, mismatch } from './harvest.ts';
import { lockSubject } from './lock-subject.ts';
import { Search } from './search.ts';
import type { SearchResult } from './search-result.ts';
import { DEFAULT_SEARCH, type SearchOptions, type StrategyName, WHOLE } from './settings.ts';
import type { Subject } from './subject.ts';

const SEED = 31;
const RUNS = 15;

const SMALL = { clients: 3, rounds: 1, steps: 3 } as const;
const correct = lockSubject(LOCKS.fifo, SMALL);
const faulty = lockSubject(LOCKS['check-then-act'], SMALL);
/** Faulty, and that rarely shows. */
const rare = lockSubject(LOCKS['lost-wakeup'], { clients: 3, rounds: 2, steps: 2 });
const STRATEGIES: readonly StrategyName[] = ['exhaustive', 'every', 'random', 'pct', 'portfolio'];

function harvested(subject: Subject, options: Partial<SearchOptions>): Harvest {
  const search = new Search(subject, options);
  while (search.advance(1_000));
  return search.harvest();
}

function mergeAll(harvests: readonly Harvest[]): SearchResult {
  return conclude(harvests.reduce(merge));
}

/**
 * So many workers do the parts. `draw` says whose turn it is, and what happens: it goes on, or it
 * dies and its part is done anew, or it has already been done and comes in twice.
 */
function byWorkers(campaign: Campaign, workers: number, draw: (below: number) => number): Harvest {
  const parts = new Distribution(campaign.heading, campaign.parts, WHOLE);
  const at: (number | undefined)[] = Array.from({ length: workers }, () => parts.take());
  while (!parts.isOver) {
    const worker = draw(workers);
    const part = at[worker];
    if (part !== undefined) {
      const fate = draw(8);
      if (fate === 0) parts.giveBack(part);
      else {
        const search = campaign.search(part);
        while (search.stop === undefined) search.advance(1 + draw(50));
        parts.add(search.result());
        if (fate === 1) parts.add(search.result());
      }
    }
    at[worker] = parts.take();
  }
  return parts.harvest();
}

/** Everybody's turn comes, and nobody dies. */
function inTurn(): (below: number) => number {
  let turn = 0;
  return (below) => (below === 8 ? 7 : (turn += 1) % below);
}

describe('the parts of a search', () => {
  it.each(
    STRATEGIES.flatMap((strategy) =>
      [true, false].map((stopAtFirst) => [strategy, stopAtFirst] as const),
    ),
  )('by %s say the same by one worker or many (to the first: %s)', (strategy, stopAtFirst) => {
    for (const subject of [faulty, correct, rare]) {
      const settings = { ...DEFAULT_SEARCH, strategy, stopAtFirst, schedulesMax: 700 };
      const campaign = new Campaign(subject, settings);
      const alone = byWorkers(campaign, 1, inTurn());
      expect(campaign.parts).toBeGreaterThan(1);
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 3 }), fc.gen(), (workers, gen) => {
          const draw = (below: number) => gen(fc.nat, { max: below - 1 });
          expect(byWorkers(campaign, workers, draw)).toEqual(alone);
        }),
        { seed: SEED, numRuns: RUNS },
      );
    }
  });

  it.each(['exhaustive', 'every'] as const)(
    'by %s find as many schedules, classes and violations as the whole',
    (strategy) => {
      for (const subject of [faulty, correct]) {
        const settings = { ...DEFAULT_SEARCH, strategy, stopAtFirst: false };
        const whole = conclude(harvested(subject, settings));
        const campaign = new Campaign(subject, settings);
        const parted = conclude(byWorkers(campaign, 2, inTurn()));
        const { complete, conclusion, schedules, steps, stepsMost, violations } = whole;
        expect(parted).toMatchObject({ complete, conclusion, schedules, steps, stepsMost });
        expect(parted.violations).toEqual(violations);
        expect(parted.cut).toBeGreaterThanOrEqual(whole.cut);
        if (strategy === 'exhaustive') expect(parted.classes).toBe(whole.classes);
      }
    },
  );

  it('are tried in the order of the strategy: the first violation is the one of a search', () => {
    for (const strategy of ['random', 'pct', 'portfolio'] as const) {
      const settings = { ...DEFAULT_SEARCH, strategy };
      const campaign = new Campaign(rare, settings);
      const [finding] = conclude(byWorkers(campaign, 3, inTurn())).findings;
      expect(finding).toEqual(conclude(harvested(rare, settings)).findings[0]);
      expect(finding?.reproduced).toBe(true);
    }
  });
});

describe('shards', () => {
  const large = lockSubject(LOCKS.fifo, { clients: 2, rounds: 5, steps: 3 });
  const largeRare = lockSubject(LOCKS['lost-wakeup'], { clients: 4, rounds: 2, steps: 3 });

  it.each([
    ['exhaustive', large],
    ['exhaustive', largeRare],
    ['exhaustive', correct],
    ['random', rare],
    ['pct', rare],
    ['fifo', correct],
  ] as const)('of %s are the same answer as one machine gives: %#', (strategy, subject) => {
    const options = { strategy, schedulesMax: 100_000 };
    const whole = harvested(subject, options);
    const count = 3;
    const [a, b, c] = Array.from({ length: count }, (_, index) =>
      harvested(subject, { ...options, shard: { index, count } }),
    ) as [Harvest, Harvest, Harvest];
    const expected = conclude(whole);
    expect(mergeAll([a, b, c])).toEqual(expected);
    expect(mergeAll([c, a, b])).toEqual(expected);
    expect(merge(a, merge(b, c))).toEqual(merge(merge(c, a), b));
    // As documents, too.
    const read = [c, b, a].map((one) => JSON.parse(JSON.stringify(one)) as Harvest);
    expect(JSON.stringify(mergeAll(read))).toBe(JSON.stringify(expected));
    expect(mergeAll([a, b])).toMatchObject({ complete: false, shards: { count, done: [0, 1] } });
    expect(mergeAll([a, c]).conclusion).not.toBe('proved');
  });

  it('of a scope that is parted begin few executions in vain', () => {
    const { schedules, cut, classes, conclusion } = conclude(
      harvested(large, { schedulesMax: 1e6 }),
    );
    expect(conclusion).toBe('proved');
    expect(schedules).toBeGreaterThan(WHOLE_MAX);
    expect(classes).toBe(schedules);
    expect(cut / schedules).toBeLessThan(0.02);
  });

  it('take together what a walk through everything may take, but for those to find the parts', () => {
    const schedulesMax = WHOLE_MAX + 1;
    const harvest = harvested(large, { schedulesMax });
    const { conclusion, stop, schedules, cut } = conclude(harvest);
    expect([conclusion, stop]).toEqual(['not-refuted', 'schedules']);
    const executions = harvest.parts.reduce((sum, part) => sum + part.executions, 0);
    expect(executions).toBe(schedulesMax);
    expect(schedules + cut).toBeLessThan(schedulesMax + 200);
  });

  it('that were cancelled before they knew the parts count where nobody came to know', () => {
    const [first, second] = [0, 1].map((index) => {
      const search = new Search(large, { schedulesMax: 1e6, shard: { index, count: 2 } });
      search.advance(100);
      search.cancel();
      return search.harvest();
    }) as [Harvest, Harvest];
    expect(conclude(merge(first, second))).toMatchObject({ stop: 'cancelled', schedules: 100 });
    const known = harvested(large, { schedulesMax: 1e6, shard: { index: 1, count: 2 } });
    const merged = conclude(merge(first, known));
    expect(merged).toMatchObject({ stop: 'cancelled', complete: false });
    expect(merged.schedules).toBe(conclude(known).schedules);
  });

  it.each([
    ['search', { seed: 2 }, { index: 1, count: 2 }],
    ['search', { schedulesMax: 9 }, { index: 1, count: 2 }],
    ['count', {}, { index: 1, count: 3 }],
    ['repeated', {}, { index: 0, count: 2 }],
  ] as const)('of another %s do not fit: %#', (why, other, shard) => {
    const one = harvested(correct, { shard: { index: 0, count: 2 } });
    const two = harvested(correct, { ...other, shard });
    expect(mismatch(one, two)).toBe(why);
    expect(() => merge(one, two)).toThrow('expected shards of one search');
  });
});
