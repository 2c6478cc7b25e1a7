/**
 * What the page and the worker with a lock's code say to each other. Everything is plain data; what
 * comes from the worker may be anything, since the code there is somebody else's.
 */
import type { AsyncScope, CheckId, Problem, SearchResult } from '../../../sim/index.ts';
import type {
  ExploreEnd,
  ExplorePlan,
  SearchProgress,
  Tale,
} from '../../workers/explore-contract.ts';
import type { TargetProgress } from '../../workers/target-search.ts';

/** What is asked of a worker: one search or one story, then it is gone. */
export type LockJob =
  | { readonly kind: 'explore'; readonly scope: AsyncScope; readonly plan: ExplorePlan }
  | { readonly kind: 'tell'; readonly scope: AsyncScope; readonly schedule: string };

export type ToLock = LockJob | { readonly kind: 'cancel' };

/** What a client did, as far as it is drawn: events of one turn have one time. */
export interface LockEvent {
  readonly kind: 'request' | 'enter' | 'exit' | 'cancel';
  /** Who, from 0. */
  readonly client: number;
  readonly seq: number;
  readonly timeUs: number;
}

/** An execution of a lock that somebody looks at. */
export interface LockTale extends Tale {
  readonly scope: AsyncScope;
  /** The check that it violates; undefined where it violates none. */
  readonly check: CheckId | undefined;
  readonly events: readonly LockEvent[];
}

/** A violation, as small as it got. */
export interface LockViolation {
  readonly check: CheckId;
  readonly told: LockTale;
  readonly choicesBefore: number;
  readonly choices: number;
  readonly replays: number;
  readonly minimal: boolean;
}

export interface LockEnd {
  readonly scope: AsyncScope;
  readonly result: SearchResult;
  readonly reason: ExploreEnd['reason'];
  readonly progress: SearchProgress;
  readonly violation: LockViolation | undefined;
}

/** What is wrong with the code of a lock, and in which line, from 1, where that is known. */
export interface LockProblem extends Problem {
  readonly line: number | undefined;
}

export type FromLock =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly progress: TargetProgress }
  | { readonly kind: 'over'; readonly end: LockEnd }
  | { readonly kind: 'told'; readonly told: LockTale }
  | { readonly kind: 'problem'; readonly problem: LockProblem };
