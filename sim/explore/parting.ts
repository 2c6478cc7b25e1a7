/**
 * How a search falls into parts that can be done by anybody, in any order.
 *
 * A strategy that draws is parted by the numbers of its executions: small parts first, so that
 * whoever finds something soon does not wait long for those before. A walk through everything is
 * parted at the first steps of its executions: every way to take them is a part, with all that
 * sleeps there. Invariant: parts depend on subject and settings alone, and each execution that has
 * to be done is in one of them. Known limit: at those first steps nothing is left out for what
 * follows, so that some executions more are begun and broken off.
 */
import { assert } from '../base/assert.ts';
import { Footprints } from '../kernel/footprints.ts';
import { ClassHash } from './class-hash.ts';
import { Dependency } from './dependency.ts';
import { type Answers, EveryOracle, EveryWalk, ReducedWalk } from './exhaustive.ts';
import { Reduction, type Root } from './reduction.ts';
import { type Range, SampledWalk } from './sampled-walk.ts';
import type { SearchSettings } from './settings.ts';
import type { Strategy } from './strategy.ts';
import type { Subject } from './subject.ts';
import type { Branches, Walk } from './walk.ts';

/** Executions in the first parts of a strategy that draws, and how much more in each next one. */
const RANGE_MIN = 64;
const RANGE_GROWTH = 1.05;
/** No part is more than such a share of all. */
const RANGES_MIN = 512;

/** So many parts are enough for any number of workers; one step more is taken below that. */
const ROOTS_MIN = 64;
const DEPTH_MAX = 12;

export interface Parting {
  /** How many parts, at least 1. */
  readonly count: number;
  /** Walks part `nth`, from 0; one walk after the other, because they share what they note. */
  walk(nth: number): Walk;
  /** Executions that were broken off on the way to the parts, and what was to try there. */
  readonly cut: number;
  readonly branches: Branches;
  /** The answers under which the subject did something else on the way; then no part holds. */
  readonly stray: readonly number[] | undefined;
}

const NO_BRANCHES: Branches = { possible: 0, tried: 0 };

/** Parts by ranges of numbers. */
export function partNumbers(
  subject: Subject,
  strategy: Strategy,
  settings: SearchSettings,
): Parting {
  const ranges = rangesOf(settings.strategy === 'fifo' ? 1 : settings.schedulesMax);
  const teller = { log: new Footprints(), hash: new ClassHash() };
  return {
    count: ranges.length,
    walk: (nth) => {
      const range = ranges[nth];
      assert(range !== undefined, 'expected a part that exists');
      return new SampledWalk(subject, strategy, range, settings, teller);
    },
    cut: 0,
    branches: NO_BRANCHES,
    stray: undefined,
  };
}

/** Ranges that make up the numbers from 0 to before `end`; one is empty if there are none. */
export function rangesOf(end: number): readonly Range[] {
  const most = Math.max(RANGE_MIN, Math.ceil(end / RANGES_MIN));
  const ranges: Range[] = [];
  let begin = 0;
  let size = RANGE_MIN;
  do {
    const next = Math.min(end, begin + Math.min(most, Math.round(size)));
    ranges.push({ begin, end: next });
    begin = next;
    size *= RANGE_GROWTH;
  } while (begin < end);
  return ranges;
}

/** Parts of the tree of all schedules. */
export function partSchedules(subject: Subject, { choicesMax }: SearchSettings): Parting {
  const split = splitUp(choicesMax, (depth) => {
    const roots: Answers[] = [];
    const oracle = new EveryOracle(depth);
    do {
      const { picks } = subject.attempt(oracle).choices;
      if (oracle.strayed) return { roots, cut: 0, branches: NO_BRANCHES, stray: picks };
      roots.push(oracle.answers);
    } while (oracle.advance());
    return { roots, cut: 0, branches: NO_BRANCHES, stray: undefined };
  });
  return partingOf(split, (root) => new EveryWalk(subject, choicesMax, root));
}

/** Parts of the tree of one schedule of each class. */
export function partClasses(subject: Subject, { choicesMax }: SearchSettings): Parting {
  // Resources have their numbers from the log, so that all who know a root share it.
  const log = new Footprints();
  const split = splitUp(choicesMax, (depth) => {
    const roots: Root[] = [];
    const limits = { partDepth: depth, depthMax: Infinity };
    const reduction = new Reduction(log, new Dependency(), limits);
    let cut = 0;
    do {
      const { picks } = subject.attempt(reduction, log).choices;
      reduction.finish();
      if (reduction.strayed) return { roots, cut, branches: NO_BRANCHES, stray: picks };
      const { root } = reduction;
      if (root === undefined) cut += 1;
      else roots.push(root);
      reduction.skipPart();
    } while (reduction.advance());
    return { roots, cut, branches: reduction.branches, stray: undefined };
  });
  return partingOf(split, (root) => new ReducedWalk(subject, choicesMax, { log, root }));
}

/** A tree, parted at some depth. */
interface Split<Way> {
  readonly roots: readonly Way[];
  readonly cut: number;
  readonly branches: Branches;
  readonly stray: readonly number[] | undefined;
}

/** Parts a tree at the least depth that gives enough parts. */
function splitUp<Way>(choicesMax: number, splitAt: (depth: number) => Split<Way>): Split<Way> {
  for (let depth = 1; ; depth++) {
    const split = splitAt(depth);
    const isEnough = split.roots.length >= ROOTS_MIN || depth >= Math.min(DEPTH_MAX, choicesMax);
    if (isEnough || split.stray !== undefined) return split;
  }
}

function partingOf<Way>(split: Split<Way>, walkFrom: (root: Way) => Walk): Parting {
  const { roots, cut, branches, stray } = split;
  return {
    count: Math.max(1, roots.length),
    walk: (nth) => {
      const root = roots[nth];
      assert(root !== undefined, 'expected a part that exists');
      return walkFrom(root);
    },
    cut,
    branches,
    stray,
  };
}
