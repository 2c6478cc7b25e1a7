/**
 * What is explored: something that executes from start to end, and asks an oracle on the way.
 *
 * Invariant: an attempt is a pure function of the oracle's answers; nothing is left over from the
 * one before. Whoever brings an own subject (a lock of their own, one of a library) implements this
 * and is searched, shrunk, told and linked like every other.
 */
import type { Footprints } from '../kernel/footprints.ts';
import type { Oracle } from '../kernel/oracle.ts';
import type { Attempt } from './attempt.ts';

export interface Subject {
  /** For people: what it is. */
  readonly name: string;
  /** What is bounded, and what one atomic step is: what a proof holds for. One sentence or two. */
  readonly scope: string;
  /**
   * Executes once. `footprints`, where given, holds afterwards what each step touched; a subject
   * that cannot tell has `reducible` false and may leave it alone.
   */
  attempt(oracle: Oracle, footprints?: Footprints): Attempt;
  /** Whether `attempt` fills footprints that are sound: then a search may be reduced. */
  readonly reducible: boolean;
}
