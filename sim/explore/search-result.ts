/**
 * What a search came to, as plain data: it is written to files, sent between threads, and merged.
 *
 * Invariant: the results of all shards, merged, say what one search would have said.
 */
import { assert } from '../base/assert.ts';
import { CHECK_IDS, type CheckId } from '../check/contract.ts';
import type { Branches, Shard } from './walk.ts';

/**
 * `proved`: every schedule of the scope was covered, and none violates anything. `not-refuted`: no
 * violation was seen, in the schedules that were tried. `nothing-to-choose`: there is one schedule,
 * which proves nothing about orders. `nondeterministic`: the subject did something else under the
 * same choices, so that nothing can be said of it.
 */
export type Conclusion =
  'violated' | 'proved' | 'not-refuted' | 'nothing-to-choose' | 'nondeterministic';

/** Why a search ended. */
export type Stop = 'covered' | 'schedules' | 'classes' | 'found' | 'strayed' | 'cancelled';

/** Schedules that violate the same checks; the first of them. */
export interface Finding {
  readonly violated: readonly CheckId[];
  /** Number of the execution in its search, from 0. */
  readonly schedule: number;
  /** How many executions violated just these. */
  readonly schedules: number;
  /** The answer to each choice, by number of the choice. */
  readonly picks: readonly number[];
  readonly steps: number;
  /** Whether a second execution asked the same and came to the same. */
  readonly reproduced: boolean;
}

/** An execution that did something else under the same choices. */
export interface Stray {
  /** Number of the execution in its search. */
  readonly schedule: number;
  readonly picks: readonly number[];
  /** The first choice that was another question, where that is known. */
  readonly choice?: number;
}

/** Executions that met the bound of steps although faults had stopped and everybody got a turn. */
export interface Unsettled {
  /** Number of the first of them, and how many there were. */
  readonly schedule: number;
  readonly schedules: number;
  readonly picks: readonly number[];
}

/** What a strategy that draws guarantees in the end. */
export interface Missed {
  /** Bugs are meant that need so many steps in one order, and no fault. */
  readonly depth: number;
  /** The least probability of one execution. */
  readonly probability: number;
  /** Executions that kept within the estimate. */
  readonly executions: number;
  /** The greatest probability with which all of them miss such a bug. */
  readonly missBound: number;
}

/** What a search has counted. */
export interface SearchCounts {
  readonly subject: string;
  readonly scope: string;
  readonly strategy: string;
  /** For people: the strategy with its settings. */
  readonly strategyName: string;
  readonly seed: number;
  readonly shard: Shard;
  readonly stop: Stop;
  /** Whether executions were longer than choices were open. */
  readonly bounded: boolean;
  /** Executions judged; broken off because they could show nothing new; done for the way alone. */
  readonly schedules: number;
  readonly cut: number;
  readonly foreign: number;
  /** Distinct classes of schedules; undefined where they were not told apart. */
  readonly classes: number | undefined;
  readonly branches: Branches;
  /** Atomic steps of all judged executions, and of the longest. */
  readonly steps: number;
  readonly stepsMost: number;
  readonly choicesMost: number;
  /** Executions that did not tell, cut short for instance. */
  readonly inconclusive: number;
  readonly findings: readonly Finding[];
  /** By check: how many executions violated it. */
  readonly violations: readonly { readonly id: CheckId; readonly count: number }[];
  readonly stray?: Stray;
  /** What `livenessOf` has to be asked about. */
  readonly unsettled?: Unsettled;
  readonly guarantee?: Missed;
}

export interface SearchResult extends SearchCounts {
  readonly conclusion: Conclusion;
  /** Whether every schedule of the scope was covered, or one of each class. */
  readonly complete: boolean;
  /** The share of possible steps that needed no trying, 0 to 1; 0 without reduction. */
  readonly prunedShare: number;
}

/** What is to be said of these counts. */
export function conclude(counts: SearchCounts): SearchResult {
  const { possible, tried } = counts.branches;
  const complete = counts.stop === 'covered' && !counts.bounded && counts.shard.count === 1;
  return {
    ...counts,
    complete,
    conclusion: conclusionOf(counts, complete),
    prunedShare: possible === 0 ? 0 : 1 - tried / possible,
  };
}

function conclusionOf(counts: SearchCounts, complete: boolean): Conclusion {
  if (counts.stray !== undefined) return 'nondeterministic';
  if (counts.findings.length > 0) return 'violated';
  if (!complete || counts.inconclusive > 0) return 'not-refuted';
  return counts.choicesMost === 0 ? 'nothing-to-choose' : 'proved';
}

/**
 * The result of a search that was done in shards, from the results of all of them in any order.
 * Executions are numbered a shard; a missing shard is a programmer's mistake. Classes of `every`
 * schedule are not added up, because several shards may meet the same one.
 */
export function mergeResults(results: readonly SearchResult[]): SearchResult {
  const parts = [...results].sort((x, y) => x.shard.index - y.shard.index);
  const [first] = parts;
  assert(first !== undefined, 'expected at least one result');
  const whole = parts.every(({ shard }, at) => shard.index === at && shard.count === parts.length);
  assert(whole, 'expected every shard of one search once');
  const sum = (of: (part: SearchResult) => number): number =>
    parts.reduce((total, part) => total + of(part), 0);
  const most = (of: (part: SearchResult) => number): number => Math.max(...parts.map(of));
  const findings = new Map<string, Finding>();
  for (const finding of parts.flatMap((part) => part.findings)) {
    const what = finding.violated.join(' ');
    const known = findings.get(what);
    const schedules = finding.schedules + (known?.schedules ?? 0);
    findings.set(what, { ...(known ?? finding), schedules });
  }
  const stray = parts.find((part) => part.stray !== undefined)?.stray;
  const unsettled = mergeUnsettled(parts);
  const guarantee = mergeGuarantees(parts);
  return conclude({
    ...first,
    shard: { index: 0, count: 1 },
    stop: parts.find(({ stop }) => stop !== 'covered')?.stop ?? 'covered',
    bounded: parts.some(({ bounded }) => bounded),
    schedules: sum(({ schedules }) => schedules),
    cut: sum(({ cut }) => cut),
    foreign: sum(({ foreign }) => foreign),
    classes: parts.some((part) => part.classes === undefined || part.strategy === 'every')
      ? undefined
      : sum(({ classes }) => classes ?? 0),
    branches: {
      possible: sum(({ branches }) => branches.possible),
      tried: sum(({ branches }) => branches.tried),
    },
    steps: sum(({ steps }) => steps),
    stepsMost: most(({ stepsMost }) => stepsMost),
    choicesMost: most(({ choicesMost }) => choicesMost),
    inconclusive: sum(({ inconclusive }) => inconclusive),
    findings: [...findings.values()],
    violations: CHECK_IDS.flatMap((id) => {
      const count = sum((part) => part.violations.find((one) => one.id === id)?.count ?? 0);
      return count === 0 ? [] : [{ id, count }];
    }),
    ...(stray === undefined ? {} : { stray }),
    ...(unsettled === undefined ? {} : { unsettled }),
    ...(guarantee === undefined ? {} : { guarantee }),
  });
}

function mergeUnsettled(parts: readonly SearchResult[]): Unsettled | undefined {
  const known = parts.flatMap(({ unsettled }) => (unsettled === undefined ? [] : [unsettled]));
  const [first] = known;
  if (first === undefined) return undefined;
  return { ...first, schedules: known.reduce((total, { schedules }) => total + schedules, 0) };
}

function mergeGuarantees(parts: readonly SearchResult[]): Missed | undefined {
  const known = parts.flatMap(({ guarantee }) => (guarantee === undefined ? [] : [guarantee]));
  const [first] = known;
  if (first === undefined) return undefined;
  return {
    ...first,
    executions: known.reduce((total, { executions }) => total + executions, 0),
    missBound: known.reduce((bound, one) => bound * one.missBound, 1),
  };
}
