/**
 * A way through the executions of a subject, one after the other, that can be left and taken up
 * again.
 */
import type { Attempt } from './attempt.ts';
import type { ClassHash } from './class-hash.ts';

/** One execution of a walk. */
export interface Stride {
  readonly attempt: Attempt;
  /**
   * `counted`: an execution to be judged. `cut`: broken off, because it can show nothing new.
   * `strayed`: the subject did not do as before under the same choices.
   */
  readonly kind: 'counted' | 'cut' | 'strayed';
}

export interface Walk {
  /** For people: which strategy. */
  readonly name: string;
  /** Turns to the next execution, once however often it is asked; false if there is none. */
  turn(): boolean;
  /** Executes once more; undefined when there is nothing left. */
  next(): Stride | undefined;
  /** Whether `next` returning undefined means that all executions were covered. */
  readonly exhaustive: boolean;
  /** Whether an execution was longer than the walk leaves choices open. */
  readonly bounded: boolean;
  /** The exact key of the last execution's class, or undefined where classes are not told apart. */
  classKey(): string | undefined;
  /** A hash of it instead, where nothing is proved by it; undefined where there is none. */
  classHash(): ClassHash | undefined;
  /** How many first steps there were to try at the places that were left, and how many were. */
  readonly branches: Branches;
}

export interface Branches {
  readonly possible: number;
  readonly tried: number;
}
