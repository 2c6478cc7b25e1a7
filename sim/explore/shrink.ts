/**
 * Shrinking: from a violation that somebody stumbled over to the smallest that shows the same.
 *
 * First the subject gets smaller (fewer symbols, signals, faults), each time with the violation
 * found again near the order at hand; then the schedule does, until it is 1-minimal. Invariant:
 * what is kept has been executed and violates the same check, so stopping at any moment leaves a
 * violation, only a larger one. Works in slices of replays, for whoever shows progress or cancels.
 */
import { assert } from '../base/assert.ts';
import { RandomStream } from '../base/random.ts';
import type { CheckId } from '../check/contract.ts';
import type { Oracle } from '../kernel/oracle.ts';
import type { Attempt } from './attempt.ts';
import { Choices } from './choices.ts';
import { AroundOracle } from './replay-around.ts';
import { ScheduleOracle, scheduleOfAttempt } from './replay.ts';
import type { Schedule } from './schedule.ts';
import { type Followed, ScheduleShrink } from './shrink-schedule.ts';
import type { Smaller, Target } from './shrink-target.ts';

/** The most executions that shrinking spends unless it is told otherwise. */
export const SHRINK_REPLAYS_MAX = 500;

/** The part of them that making the subject smaller may take. */
const SUBJECT_SHARE = 0.6;

/** How often a smaller subject is executed near the order at hand, and at random. */
const STRAYING = 3;
const AT_RANDOM = 6;
const STRAY_PER_MILLION = 120_000;
const ALWAYS_PER_MILLION = 1_000_000;

export interface ShrinkProgress {
  readonly phase: 'subject' | 'schedule' | 'over';
  readonly replays: number;
  /** Choices off the default, at first and now. */
  readonly choicesBefore: number;
  readonly choices: number;
}

export interface ShrinkResult<T> {
  readonly target: Target<T>;
  readonly check: CheckId;
  readonly schedule: Schedule;
  /** The execution under `schedule`. */
  readonly attempt: Attempt;
  readonly choicesBefore: number;
  /** Executions that it took. */
  readonly replays: number;
  /**
   * Whether it was tried that without any one choice, or with any pick lower, nothing is violated.
   */
  readonly minimal: boolean;
  /** False if the violation did not show again at once: then the subject is not deterministic. */
  readonly reproduced: boolean;
}

export class Shrink<T> {
  readonly #check: CheckId;
  readonly #replaysMax: number;
  readonly #choicesBefore: number;
  readonly #course: Generator<void, void, void>;
  /** What was violated at first; a violation of anything else is another one. */
  readonly #allowed: ReadonlySet<CheckId>;
  /** What failed is not tried again. */
  readonly #tried = new Set<string>();
  #target: Target<T>;
  #attempt: Attempt;
  #phase: ShrinkProgress['phase'] = 'subject';
  #replays = 0;
  #shrink: ScheduleShrink | undefined = undefined;
  #reproduced = true;

  /** `found` is an execution of the target's subject that violates `check`. */
  constructor(
    target: Target<T>,
    found: Attempt,
    check: CheckId,
    replaysMax: number = SHRINK_REPLAYS_MAX,
  ) {
    assert(found.violated.includes(check), 'expected an attempt that violates the check');
    this.#check = check;
    this.#allowed = new Set(found.violated);
    this.#replaysMax = replaysMax;
    this.#choicesBefore = scheduleOfAttempt(found).length;
    this.#target = target;
    this.#attempt = found;
    this.#course = this.#run();
  }

  /** Spends up to `replays` executions; true while there is more to do. */
  advance(replays: number): boolean {
    for (let left = replays; left > 0 && this.#phase !== 'over'; left--) {
      if (this.#replays >= this.#replaysMax || this.#course.next().done === true) this.cancel();
    }
    return this.#phase !== 'over';
  }

  /** Ends it with what it has. */
  cancel(): void {
    this.#phase = 'over';
  }

  get progress(): ShrinkProgress {
    return {
      phase: this.#phase,
      replays: this.#replays,
      choicesBefore: this.#choicesBefore,
      choices: scheduleOfAttempt(this.#attempt).length,
    };
  }

  /** The smallest violation so far. */
  result(): ShrinkResult<T> {
    return {
      target: this.#target,
      check: this.#check,
      schedule: scheduleOfAttempt(this.#attempt),
      attempt: this.#attempt,
      choicesBefore: this.#choicesBefore,
      replays: this.#replays,
      minimal: this.#shrink?.minimal ?? false,
      reproduced: this.#reproduced,
    };
  }

  *#run(): Generator<void, void, void> {
    const again = yield* this.#execute(this.#target, this.#sameSchedule());
    this.#reproduced = this.#violates(again);
    if (!this.#reproduced) return;
    while (yield* this.#shrinkSubject());
    this.#phase = 'schedule';
    yield* this.#shrinkSchedule();
  }

  /**
   * Takes the first smaller target in which the violation is found again; false if there is none.
   */
  *#shrinkSubject(): Generator<void, boolean, void> {
    this.#tried.add(this.#target.key);
    for (const smaller of this.#target.smaller()) {
      const { key } = smaller.target;
      if (this.#tried.has(key)) continue;
      this.#tried.add(key);
      const found = yield* this.#findIn(smaller);
      if (found === undefined) continue;
      this.#target = smaller.target;
      this.#attempt = found;
      return true;
    }
    return false;
  }

  /** Finds the violation in a smaller target, the order at hand first. */
  *#findIn({ target, renamed, searched }: Smaller<T>): Generator<void, Attempt | undefined, void> {
    const { choices } = this.#attempt;
    const near = [this.#sameSchedule(), new AroundOracle(choices, { renamed })];
    for (const oracle of searched ? [...near, ...this.#searching(target, renamed)] : near) {
      if (this.#replays >= this.#replaysMax * SUBJECT_SHARE) return undefined;
      const attempt = yield* this.#execute(target, oracle);
      if (!this.#isTheSame(attempt)) continue;
      if (!searched && branching(attempt) > branching(this.#attempt)) continue;
      this.#replays += 1;
      yield;
      return target.isFaithful() ? attempt : undefined;
    }
    return undefined;
  }

  /** Oracles that search for it: first near the order at hand, then anywhere. */
  *#searching(target: Target<T>, renamed: Smaller<T>['renamed']): Generator<Oracle, void, void> {
    const { choices } = this.#attempt;
    for (let n = 0; n < STRAYING + AT_RANDOM; n++) {
      const stream = new RandomStream(n, target.key);
      const anywhere = n >= STRAYING;
      const perMillion = anywhere ? ALWAYS_PER_MILLION : STRAY_PER_MILLION;
      yield new AroundOracle(anywhere ? new Choices() : choices, {
        renamed,
        stray: { stream, perMillion },
      });
    }
  }

  *#shrinkSchedule(): Generator<void, void, void> {
    const start = this.#followed(this.#attempt);
    this.#shrink = new ScheduleShrink(start, this.#follow.bind(this));
    yield* this.#shrink.run();
  }

  /** Executes the target under a schedule, as far as it fits; what is better is kept at once. */
  *#follow(schedule: Schedule): Generator<void, Followed, void> {
    const attempt = yield* this.#execute(this.#target, new ScheduleOracle(schedule));
    if (this.#violates(attempt)) this.#attempt = attempt;
    return this.#followed(attempt);
  }

  #followed(attempt: Attempt): Followed {
    const { choices } = attempt;
    return { schedule: scheduleOfAttempt(attempt), choices, violates: this.#violates(attempt) };
  }

  *#execute(target: Target<T>, oracle: Oracle): Generator<void, Attempt, void> {
    const attempt = target.subject.attempt(oracle);
    this.#replays += 1;
    yield;
    return attempt;
  }

  #sameSchedule(): Oracle {
    return new ScheduleOracle(scheduleOfAttempt(this.#attempt));
  }

  #violates({ violated }: Attempt): boolean {
    return violated.includes(this.#check);
  }

  /** Whether it violates the check and nothing that was not violated at first. */
  #isTheSame(attempt: Attempt): boolean {
    return this.#violates(attempt) && attempt.violated.every((id) => this.#allowed.has(id));
  }
}

/** How many possibilities the choices of an execution had, added up. */
function branching({ choices }: Attempt): number {
  return choices.widths.reduce((sum, width) => sum + width, 0);
}
