/**
 * One execution of a subject under an oracle: what was chosen, and what came of it.
 *
 * What a search needs of every execution is there at once. What a person needs of one (evidence,
 * digest, trace) is found by executing it again, which an attempt does by itself when it is asked:
 * executions are pure, so the second is the first.
 */
import type { CheckId, CheckResult, Verdict } from '../check/contract.ts';
import type { Oracle } from '../kernel/oracle.ts';
import type { RunResult } from '../run/result.ts';
import type { RunEnd } from '../trace/event.ts';
import { type Choices, ReplayOracle } from './choices.ts';

/** What is told of an execution that somebody looks at: part of what is told of any run. */
export type ExploredResult = Pick<
  RunResult,
  | 'verdict'
  | 'checks'
  | 'digest'
  | 'complete'
  | 'elapsedUs'
  | 'events'
  | 'steps'
  | 'taskNames'
  | 'segments'
> & {
  /** By number of the choice: how many events there were when it was asked. */
  readonly choiceSeqs: readonly number[];
};

/** What came of an execution, as far as a search needs it. */
export interface Outcome {
  readonly verdict: Verdict;
  /** The required checks that were violated, in the order of CHECK_IDS. */
  readonly violated: readonly CheckId[];
  readonly choices: Choices;
  /** Atomic steps. */
  readonly steps: number;
  /** Why it ended: `limit` when the subject's bound of steps or time was met. */
  readonly end: RunEnd;
}

export class Attempt implements Outcome {
  readonly verdict: Verdict;
  readonly violated: readonly CheckId[];
  readonly choices: Choices;
  readonly steps: number;
  readonly end: RunEnd;
  readonly #again: (oracle: Oracle) => ExploredResult;
  #result: ExploredResult | undefined = undefined;

  /** `again` executes the subject once more and keeps everything. */
  constructor(outcome: Outcome, again: (oracle: Oracle) => ExploredResult) {
    this.verdict = outcome.verdict;
    this.violated = outcome.violated;
    this.choices = outcome.choices;
    this.steps = outcome.steps;
    this.end = outcome.end;
    this.#again = again;
  }

  /** Everything about the execution, with its whole trace. */
  get result(): ExploredResult {
    this.#result ??= this.#again(new ReplayOracle(this.choices.picks));
    return this.#result;
  }

  get checks(): readonly CheckResult[] {
    return this.result.checks;
  }

  /** 32 hex digits. */
  get digest(): string {
    return this.result.digest;
  }
}
