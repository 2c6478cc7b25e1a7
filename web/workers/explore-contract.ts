/**
 * What the page and its explorer's worker say to each other: what to search, how far it is, what
 * came of it, and what a link's schedule tells.
 *
 * A schedule crosses as the text that a link carries. Everything is plain data.
 */
import type {
  CheckId,
  Problem,
  Scenario,
  SearchResult,
  ShrinkProgress,
  Story,
  StrategyName,
} from '../../sim/index.ts';
import type { Work } from './engine-contract.ts';

/** How to search, and for how long. */
export interface ExplorePlan {
  readonly strategy: StrategyName;
  /** What a strategy that draws draws from. */
  readonly seed: number;
  /** Ordered steps that a bug may need; of `pct` and `portfolio`. */
  readonly depth: number;
  readonly schedulesMax: number;
  readonly secondsMax: number;
}

/** How far a search is. */
export interface SearchProgress {
  /** Executions judged. */
  readonly schedules: number;
  /** With those that were broken off as nothing new. */
  readonly executions: number;
  /** Distinct classes; undefined where they are not told apart. */
  readonly classes: number | undefined;
  /** Among how many schedules that were drawn they are; undefined where everything is walked. */
  readonly toldApart: number | undefined;
  /** Share of possible steps that needed no trying, 0 to 1. */
  readonly prunedShare: number;
  /** The greatest probability of having missed a bug of `depth`; undefined without a guarantee. */
  readonly missed: { readonly depth: number; readonly bound: number } | undefined;
  readonly elapsedMs: number;
}

/** The choices of a run, by their number: for the strip below the story. */
export interface ScheduleMarks {
  /** The answer to each; 0 is the default. */
  readonly picks: readonly number[];
  /** How many answers there were. */
  readonly widths: readonly number[];
  /** How many events there were when it was asked. */
  readonly seqs: readonly number[];
}

/** What an execution under a schedule tells, whatever was executed. */
export interface Tale {
  readonly schedule: string;
  /** Of the replay: 32 hex digits. */
  readonly digest: string;
  readonly marks: ScheduleMarks;
  /** Undefined where the schedule violates nothing. */
  readonly story: Story | undefined;
}

/** What a scenario tells under a schedule. */
export interface Told extends Tale {
  readonly scenario: Scenario;
}

/** What was found, before it is shrunk. */
export interface Found {
  readonly scenario: Scenario;
  readonly check: CheckId;
  readonly schedule: string;
}

/** How large a scenario is. */
export interface Size {
  readonly symbols: number;
  readonly signals: number;
}

/** A violation, as small as it got. */
export interface Violation {
  readonly check: CheckId;
  readonly told: Told;
  /** Choices off the default, as found and as shrunk. */
  readonly choicesBefore: number;
  readonly choices: number;
  readonly before: Size;
  readonly after: Size;
  readonly replays: number;
  /** Whether no choice can be left out. */
  readonly minimal: boolean;
}

/**
 * What a search ended in; `reason` is why it stopped, beyond what its result says. It holds all
 * that is still of interest of the progress before it, which may arrive later, by another port.
 */
export interface ExploreEnd {
  readonly scenario: Scenario;
  readonly result: SearchResult;
  readonly reason: 'over' | 'late' | 'cancelled';
  readonly progress: SearchProgress;
  readonly violation: Violation | undefined;
}

/** What is heard of a search on its way, in this order. */
export type ExploreProgress =
  | { readonly kind: 'opened'; readonly scenario: Scenario }
  | { readonly kind: 'searching'; readonly progress: SearchProgress }
  | { readonly kind: 'found'; readonly found: Found }
  | { readonly kind: 'shrinking'; readonly progress: ShrinkProgress }
  | { readonly kind: 'telling' };

/** What a schedule tells, or why it tells nothing. */
export type Telling =
  | { readonly kind: 'told'; readonly told: Told }
  | { readonly kind: 'misfit'; readonly problem: Problem };

export interface ExploreApi {
  /** Searches, shrinks and tells; one search at a time. */
  explore(
    work: Work,
    plan: ExplorePlan,
    onProgress: (progress: ExploreProgress) => void,
  ): Promise<ExploreEnd>;
  /** Ends the search, or the shrinking, with what it has. */
  cancel(): void;
  /** Replays a scenario under a schedule and tells what that violates. */
  tell(scenario: Scenario, schedule: string): Telling;
}
