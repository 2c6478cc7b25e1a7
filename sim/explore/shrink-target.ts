/**
 * What can be made smaller: a subject, and the subjects to try in its place.
 *
 * Shrinking knows nothing of scenarios; it asks a target for smaller ones and keeps those in which
 * the same check is still violated. Invariant: `smaller` gives finitely many, and each of them is
 * smaller in a measure that cannot fall for ever.
 */
import type { Subject } from './subject.ts';

export interface Target<T> {
  /** What the subject is made of, a scenario for instance: what a link carries. */
  readonly value: T;
  readonly subject: Subject;
  /** The same text, the same target: what failed once is not tried again. */
  readonly key: string;
  /** Smaller targets, the most promising first. */
  smaller(): readonly Smaller<T>[];
  /**
   * False for one that says less than the original did, however small it is. Costs an execution.
   */
  isFaithful(): boolean;
}

export interface Smaller<T> {
  readonly target: Target<T>;
  /** What a task's id in the larger one is in this one; undefined for a task that is gone. */
  readonly renamed: (task: number) => number | undefined;
  /**
   * Whether the violation may be searched for; else the order at hand has to show it, with no more
   * to choose than before, lest a setting that goes back to its default bring in another one.
   */
  readonly searched: boolean;
}

/** A subject that is taken as it is: only its schedule gets smaller. */
export function fixedTarget<T>(value: T, subject: Subject): Target<T> {
  return { value, subject, key: subject.name, smaller: () => [], isFaithful: () => true };
}
