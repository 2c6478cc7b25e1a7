/**
 * A strategy: which oracle decides the nth execution of a search.
 *
 * Invariant: what an execution does depends on the subject, the seed and its number, never on the
 * executions before it, so that any part of a search can be done by anybody, in any order. What a
 * strategy has to know of the subject beforehand it learns from the same few executions everywhere.
 */
import { fifoOracle, type Oracle } from '../kernel/oracle.ts';
import type { Attempt } from './attempt.ts';

export interface Strategy {
  /** For people: `pct, depth 3`. */
  readonly name: string;
  /** Decides execution `nth`, from 0. */
  oracle(nth: number): Oracle;
  /** What it promises, if anything. */
  readonly guarantee?: Guarantee;
}

/** What a strategy promises of every execution that stays within an estimate. */
export interface Guarantee {
  /** Bugs are meant that need so many steps in one order, and no fault. */
  readonly depth: number;
  /** The least probability with which one execution shows such a bug, if there is one. */
  readonly probability: number;
  /** Whether an execution stayed within what the probability was worked out for. */
  holdsFor(attempt: Attempt): boolean;
}

/** The default schedule, again and again: what a FIFO event loop does. */
export const fifoStrategy: Strategy = { name: 'fifo', oracle: () => fifoOracle };
