/**
 * From which choice on a violation could no longer be avoided: computed, or unknown, never guessed.
 *
 * A violation is inevitable after a choice if every continuation from there violates the same
 * check. Going back from the end, each other answer to each choice is followed through all that can
 * come after it, until one ends well. Where the check has already spoken the rest need not be
 * tried: a violation stays one, however the run goes on. Executions are counted; past the limit, or
 * past one that was cut short, nothing is claimed.
 */
import type { CheckId } from '../check/contract.ts';
import { type Option, type Oracle, STOP } from '../kernel/oracle.ts';
import type { Attempt } from './attempt.ts';
import { type Choices, ReplayOracle } from './choices.ts';
import type { Subject } from './subject.ts';

export type Inevitable =
  /** Since the run's `choice`-th choice was made, counted from 0. */
  | { readonly kind: 'since'; readonly choice: number }
  /** Every schedule violates. */
  | { readonly kind: 'always' }
  /** It would have taken more executions than allowed. */
  | { readonly kind: 'unknown' };

/** Executions spent on it unless more are allowed. */
export const INEVITABLE_EXECUTIONS_MAX = 2_000;

/** Since when `attempt` could not but violate `check`. */
export function inevitableSince(
  subject: Subject,
  attempt: Attempt,
  check: CheckId,
  executionsMax: number = INEVITABLE_EXECUTIONS_MAX,
): Inevitable {
  const search = new Continuations(subject, check, executionsMax);
  const { choices } = attempt;
  for (let at = search.decidedBefore(choices) - 1; at >= 0; at--) {
    const others = answersBut(choices, at);
    for (const prefix of others) {
      const outcome = search.allViolate(prefix);
      if (outcome === 'unknown') return { kind: 'unknown' };
      if (outcome === 'no') return { kind: 'since', choice: at };
    }
  }
  return search.exhausted ? { kind: 'unknown' } : { kind: 'always' };
}

class Continuations {
  readonly #subject: Subject;
  readonly #check: CheckId;
  #left: number;

  constructor(subject: Subject, check: CheckId, executionsMax: number) {
    this.#subject = subject;
    this.#check = check;
    this.#left = executionsMax;
  }

  get exhausted(): boolean {
    return this.#left <= 0;
  }

  /** Whether every execution that begins with these answers violates the check. */
  allViolate(prefix: readonly number[]): 'yes' | 'no' | 'unknown' {
    const attempt = this.#execute(new ReplayOracle(prefix));
    if (attempt === undefined) return 'unknown';
    if (!attempt.violated.includes(this.#check)) {
      return attempt.verdict === 'inconclusive' ? 'unknown' : 'no';
    }
    const { choices } = attempt;
    for (let at = this.decidedBefore(choices) - 1; at >= prefix.length; at--) {
      for (const other of answersBut(choices, at)) {
        const outcome = this.allViolate(other);
        if (outcome !== 'yes') return outcome;
      }
    }
    return 'yes';
  }

  /** A number of choices after which the check had spoken already; at worst all of them. */
  decidedBefore(choices: Choices): number {
    if (this.#check === 'lock.deadlock') return choices.size;
    let low = 0;
    let high = choices.size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#hasSpoken(choices, middle)) high = middle;
      else low = middle + 1;
    }
    return high;
  }

  /** Whether the check is violated by what happened before that choice. */
  #hasSpoken(choices: Choices, at: number): boolean {
    // A decision within a step cannot be stopped at; nothing is claimed of it.
    if (choices.kind(at) === 'choose') return false;
    const attempt = this.#execute(new StoppingOracle(choices.picks, at));
    return attempt?.violated.includes(this.#check) === true;
  }

  #execute(oracle: Oracle): Attempt | undefined {
    if (this.#left <= 0) return undefined;
    this.#left -= 1;
    return this.#subject.attempt(oracle);
  }
}

/** Gives the listed answers, and stops the run where it asks for the one after `stopAt` of them. */
class StoppingOracle implements Oracle {
  readonly #picks: readonly number[];
  readonly #stopAt: number;
  #at = 0;

  constructor(picks: readonly number[], stopAt: number) {
    this.#picks = picks;
    this.#stopAt = stopAt;
  }

  chooseNext(_options: readonly Option[]): number {
    return this.#at === this.#stopAt ? STOP : this.choose();
  }

  choose(): number {
    return this.#picks[this.#at++] ?? 0;
  }
}

/** The answers up to choice `at`, with each of the other answers to it. */
function answersBut(choices: Choices, at: number): number[][] {
  const before = choices.picks.slice(0, at);
  const width = choices.widths[at] as number;
  const others: number[][] = [];
  for (let pick = 0; pick < width; pick++) {
    if (pick !== choices.picks[at]) others.push([...before, pick]);
  }
  return others;
}
