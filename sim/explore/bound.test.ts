/** The bound of a walk through everything is spent part after part, whoever does them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../base/random.ts';
import { LOCKS } from '../locks/index.ts';
import { Campaign, WHOLE_MAX } from './campaign.ts';
import { Distribution } from './distribution.ts';
import { conclude, type Harvest, isDecisive, merge, overrunOf, withPart } from './harvest.ts';
import { lockSubject } from './lock-subject.ts';
import type { PartSearch } from './part-search.ts';
import { Search } from './search.ts';
import type { PartResult, SearchResult } from './search-result.ts';
import { DEFAULT_SETTINGS, type SearchOptions, type Shard, WHOLE } from './settings.ts';
import type { Subject } from './subject.ts';
import { type Branching, leavesOf, treeSubject } from './testing/trees.ts';

const SEED = 71;
const RUNS = 150;
const ALL = 1_000_000;

type Draw = (below: number) => number;

function drawing(seed: number): Draw {
  const draws = new RandomStream(seed, 'draw');
  return (below) => draws.between(0, below - 1);
}

function done(part: PartSearch): PartResult {
  while (part.stop === undefined) part.advance(100);
  return part.result();
}

/** What the bound means: one part after the other, each with what those before it have left. */
function oneByOne(campaign: Campaign, bound: number): SearchResult {
  const { heading, parts: partCount } = campaign;
  const parts: PartResult[] = [];
  let left = bound;
  for (let number = 0; number < partCount && left > 0; number++) {
    const result = done(campaign.search(number, left));
    parts.push(result);
    left -= result.executions;
    if (isDecisive(result)) break;
  }
  return conclude({ heading, shards: { count: 1, done: [0] }, partCount, parts });
}

/** So many workers at a time, each begun with what was known then, or not told of any bound. */
function together(campaign: Campaign, shard: Shard, workers: number, draw: Draw): Harvest {
  const { subject, heading } = campaign;
  const parts = new Distribution(heading, campaign.parts, shard);
  // Each has a campaign of its own, as in threads.
  const crew = Array.from({ length: workers }, () => new Campaign(subject, heading.settings));
  const begin = (own: Campaign): PartSearch | undefined => {
    const part = parts.take();
    if (part === undefined) return undefined;
    const isTold = draw(2) === 0;
    return isTold ? own.search(part, parts.executionsMaxOf(part)) : own.search(part);
  };
  const at = crew.map(begin);
  while (!parts.isOver) {
    const busy = crew.flatMap((_, worker) => (at[worker] === undefined ? [] : [worker]));
    const worker = busy[draw(busy.length)] ?? 0;
    const search = at[worker];
    search?.advance(1 + draw(40));
    if (search?.stop === undefined) continue;
    parts.add(search.result());
    at[worker] = begin(crew[worker] ?? campaign);
  }
  return parts.harvest();
}

/** Cut off at its bound, by whoever puts it together. */
function cutOff(campaign: Campaign, harvest: Harvest): Harvest {
  const border = overrunOf(harvest);
  if (border === undefined) return harvest;
  return withPart(harvest, done(campaign.search(border.part, border.executionsMax)));
}

function campaignOf(subject: Subject, options: Partial<SearchOptions>): Campaign {
  return new Campaign(subject, { ...DEFAULT_SETTINGS, ...options });
}

/** Where the parts of a search end, counted through. */
function bordersOf(subject: Subject, options: Partial<SearchOptions>): readonly number[] {
  const campaign = campaignOf(subject, { ...options, schedulesMax: ALL });
  let sum = 0;
  return Array.from({ length: campaign.parts }, (_, part) => {
    sum += done(campaign.search(part)).executions;
    return sum;
  });
}

/** As many parts as first answers; few of them are large, and most have an execution or two. */
function randomTree(seed: number): Branching {
  const known = new Map<string, number>();
  const widthAt = (answers: readonly number[], draws: RandomStream): number => {
    const [first] = answers;
    if (first === undefined) return draws.between(64, 72);
    const shape = new RandomStream(seed, 'shape', String(first));
    const levels = shape.between(1, 12) === 1 ? 5 : shape.between(1, 2);
    return answers.length < levels ? draws.between(1, 4) : 1;
  };
  return (answers) => {
    const place = answers.join('.');
    const width = known.get(place) ?? widthAt(answers, new RandomStream(seed, place));
    known.set(place, width);
    return width;
  };
}

/** Holds the law for one subject, bound and draw. */
function holds(subject: Subject, options: Partial<SearchOptions>, draw: Draw): SearchResult {
  const campaign = campaignOf(subject, options);
  const expected = oneByOne(campaign, options.schedulesMax ?? ALL);
  for (let workers = 1; workers <= 3; workers++) {
    const whole = cutOff(campaign, together(campaign, WHOLE, workers, draw));
    expect(conclude(whole)).toEqual(expected);
    const shards = Array.from({ length: workers }, (_, index) =>
      together(campaign, { index, count: workers }, 1 + draw(2), draw),
    );
    const written = shards
      .map((one) => JSON.parse(JSON.stringify(cutOff(campaign, one))) as Harvest)
      .reverse();
    expect(conclude(cutOff(campaign, written.reduce(merge)))).toEqual(expected);
  }
  return expected;
}

describe('a bound among the parts of a search', () => {
  const where = fc.constantFrom('inside', 'border', 'just before', 'beyond');

  it('falls where it falls for one, for any number of workers and of shards', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.nat(), where, fc.boolean(), (seed, at, stopAtFirst) => {
        const draw = drawing(seed);
        const violates = (answers: readonly number[]): boolean =>
          (seed + answers.reduce((sum, pick) => 31 * sum + pick, 7)) % 150 === 0;
        const subject = treeSubject(randomTree(seed), violates);
        const options = { strategy: 'every', stopAtFirst } as const;
        const borders = bordersOf(subject, { ...options, stopAtFirst: false });
        const total = borders.at(-1) ?? 0;
        const border = borders[draw(borders.length)] ?? total;
        const bounds = { inside: 1 + draw(total), border, 'just before': border - 1, beyond: ALL };
        const schedulesMax = Math.max(1, bounds[at]);
        const { stop, schedules } = holds(subject, { ...options, schedulesMax }, draw);
        expect(schedules).toBeLessThanOrEqual(schedulesMax);
        if (!stopAtFirst) {
          expect(schedules).toBe(Math.min(schedulesMax, total));
          expect(stop).toBe(schedulesMax >= total ? 'covered' : 'schedules');
        }
        seen.add(`${at} ${stop}`);
      }),
      { seed: SEED, numRuns: RUNS },
    );
    expect([...seen].sort()).toEqual(
      expect.arrayContaining([
        'beyond covered',
        'border schedules',
        'inside found',
        'inside schedules',
      ]),
    );
  });

  it.each([
    ['fifo', true],
    ['check-then-act', true],
    ['check-then-act', false],
  ] as const)('falls among classes around the lock %s as well (to the first: %s)', (name, stop) => {
    const subject = lockSubject(LOCKS[name], { clients: 3, rounds: 1, steps: 3 });
    const options = { strategy: 'exhaustive', stopAtFirst: stop } as const;
    const borders = bordersOf(subject, { ...options, stopAtFirst: false });
    const total = borders.at(-1) ?? 0;
    fc.assert(
      fc.property(fc.nat({ max: 3 }), fc.nat({ max: total }), (off, any) => {
        const draw = drawing(any);
        const border = borders[any % borders.length] ?? total;
        const schedulesMax = Math.max(1, off === 3 ? any : border + off - 1);
        const { conclusion } = holds(subject, { ...options, schedulesMax }, draw);
        if (name === 'fifo') expect(conclusion === 'proved').toBe(schedulesMax >= total);
      }),
      { seed: SEED, numRuns: 5 },
    );
  });

  it('does not let a violation behind it count, nor a part that went on past it', () => {
    // Part after part; the violation is the last execution of the second one.
    const branching: Branching = ({ length }) => (length === 0 ? 64 : length < 4 ? 5 : 1);
    const last = [1, 4, 4, 4].join();
    const subject = treeSubject(branching, (answers) => answers.join() === last);
    const settled = (schedulesMax: number): readonly [SearchResult, SearchResult] => {
      const campaign = campaignOf(subject, { strategy: 'every', schedulesMax });
      const harvest = together(campaign, WHOLE, 3, (below) => below - 1);
      return [conclude(harvest), conclude(cutOff(campaign, harvest))];
    };
    expect(settled(250)[1]).toMatchObject({
      conclusion: 'violated',
      stop: 'found',
      schedules: 250,
    });
    const [uncut, cut] = settled(249);
    expect(uncut.stop).toBe('cancelled');
    expect(cut).toMatchObject({ conclusion: 'not-refuted', stop: 'schedules', schedules: 249 });
    expect(cut.findings).toEqual([]);
  });

  it('proves a tree of which one part is nearly all, if it is as large as the tree', () => {
    const skewed: Branching = (answers) => {
      if (answers.length < 2) return 9;
      return answers[0] === 4 && answers[1] === 4 && answers.length < 6 ? 11 : 1;
    };
    const total = leavesOf(skewed);
    expect(total).toBeGreaterThan(WHOLE_MAX);
    const searched = (schedulesMax: number): SearchResult => {
      const search = new Search(treeSubject(skewed), { strategy: 'every', schedulesMax });
      while (search.advance(5_000));
      return search.result();
    };
    expect(searched(total)).toMatchObject({ conclusion: 'proved', schedules: total });
    expect(searched(total - 1)).toMatchObject({
      conclusion: 'not-refuted',
      stop: 'schedules',
      schedules: total - 1,
    });
  });

  it('leaves less to a part the more of those before it are in', () => {
    const campaign = campaignOf(treeSubject(randomTree(3)), {
      strategy: 'every',
      schedulesMax: 90,
    });
    const parts = new Distribution(campaign.heading, campaign.parts, WHOLE);
    expect(parts.executionsMaxOf(5)).toBe(90);
    const third = done(campaign.search(3));
    parts.add(third);
    expect(parts.executionsMaxOf(5)).toBe(90 - third.executions);
    expect(parts.executionsMaxOf(3)).toBe(90);
    parts.add(done(campaign.search(0)));
    expect(parts.executionsMaxOf(5)).toBeLessThan(90 - third.executions);
  });
});
