/**
 * What a search came to, and a part of it, as plain data: it is written to files, sent between
 * threads, and put together by `harvest.ts`.
 */
import type { CheckId } from '../check/contract.ts';
import type { SearchSettings } from './settings.ts';
import type { Branches } from './walk.ts';

/**
 * `proved`: every schedule of the scope was covered, and none violates anything. `not-refuted`: no
 * violation was seen, in the schedules that were tried. `nothing-to-choose`: there is one schedule,
 * which proves nothing about orders. `nondeterministic`: the subject did something else under the
 * same choices, so that nothing can be said of it.
 */
export type Conclusion =
  'violated' | 'proved' | 'not-refuted' | 'nothing-to-choose' | 'nondeterministic';

/** Why a search ended, or a part of one. */
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

/** What a search is, before anything is tried. */
export interface Heading {
  readonly subject: string;
  readonly scope: string;
  /** For people: the strategy with its settings. */
  readonly strategyName: string;
  readonly settings: SearchSettings;
  readonly guarantee?: Pick<Missed, 'depth' | 'probability'>;
}

/** What has been counted, in a part or in all. */
export interface Counts {
  /** Whether executions were longer than choices were open. */
  readonly bounded: boolean;
  /** Executions judged, and broken off because they could show nothing new. */
  readonly schedules: number;
  readonly cut: number;
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
}

/** What came of a part; executions are numbered within it. */
export interface PartResult extends Counts {
  readonly part: number;
  readonly stop: Stop;
  /** Executions of its own, which the bound of a search counts: not those on the way to parts. */
  readonly executions: number;
  /** Executions that kept within the estimate of the strategy's guarantee. */
  readonly guaranteed: number;
  /** The classes that drawn schedules fell into, where they are told apart. */
  readonly met?: Met;
}

/** Classes among so many schedules; `hashes` are those of a `ClassSet`. */
export interface Met {
  readonly schedules: number;
  readonly hashes: readonly number[];
}

/** How many distinct classes drawn schedules fell into, by their hashes. */
export interface Coverage {
  readonly classes: number;
  /** Among how many schedules they were told apart; there may be more classes in the others. */
  readonly schedules: number;
}

/** How many shards there are, and the numbers of those that are in; all of them are one. */
export interface Shards {
  readonly count: number;
  readonly done: readonly number[];
}

export interface SearchResult extends Counts, Omit<Heading, 'guarantee'> {
  readonly conclusion: Conclusion;
  readonly stop: Stop;
  /** Whether every schedule of the scope was covered, or one of each class. */
  readonly complete: boolean;
  /** The share of possible steps that needed no trying, 0 to 1; 0 without reduction. */
  readonly prunedShare: number;
  /** Of a strategy that draws, where classes can be told apart. */
  readonly coverage?: Coverage;
  readonly guarantee?: Missed;
  readonly shards: Shards;
}
