/**
 * Replaying a schedule: the same choices give the same run, or the schedule does not fit.
 *
 * A choice that the run never came to, or a pick that it does not offer, is a misfit: a value, and
 * never a guess. While shrinking, what does not fit is left at the default instead, and the
 * attempt's own choices say which schedule that was.
 */
import { fail, ok, type Result } from '../base/result.ts';
import type { Option, Oracle } from '../kernel/oracle.ts';
import type { Attempt } from './attempt.ts';
import { type Schedule, scheduleOf } from './schedule.ts';
import type { Subject } from './subject.ts';

/** Why a schedule is not one of its subject's. */
export type ScheduleMisfit =
  | { readonly kind: 'not-reached'; readonly at: number; readonly choices: number }
  | {
      readonly kind: 'not-offered';
      readonly at: number;
      readonly pick: number;
      /** How many possibilities there were, the default among them. */
      readonly width: number;
    };

/** Follows a schedule choice by choice; where it names none, the default. */
export class ScheduleOracle implements Oracle {
  readonly #schedule: Schedule;
  /** Place in the schedule of the next choice off the default. */
  #next = 0;
  #asked = 0;
  #misfit: ScheduleMisfit | undefined;

  constructor(schedule: Schedule) {
    this.#schedule = schedule;
  }

  /** How many choices the run has asked for. */
  get asked(): number {
    return this.#asked;
  }

  /** What did not fit; only once the run is over. */
  get misfit(): ScheduleMisfit | undefined {
    const left = this.#schedule[this.#next];
    if (this.#misfit !== undefined || left === undefined) return this.#misfit;
    return { kind: 'not-reached', at: left.at, choices: this.#asked };
  }

  chooseNext(options: readonly Option[]): number {
    return this.choose(options.length);
  }

  choose(width: number): number {
    const at = this.#asked++;
    const choice = this.#schedule[this.#next];
    if (choice?.at !== at) return 0;
    this.#next += 1;
    if (choice.pick < width) return choice.pick;
    this.#misfit ??= { kind: 'not-offered', at, pick: choice.pick, width };
    return 0;
  }
}

/** Executes a subject under exactly that schedule, or says in what the schedule does not fit. */
export function replay(subject: Subject, schedule: Schedule): Result<Attempt> {
  const oracle = new ScheduleOracle(schedule);
  const attempt = subject.attempt(oracle);
  const { misfit } = oracle;
  return misfit === undefined ? ok(attempt) : fail('schedule-misfit', misfitMessage(misfit));
}

/** The schedule that an attempt followed, whatever oracle made its choices. */
export function scheduleOfAttempt(attempt: Pick<Attempt, 'choices'>): Schedule {
  return scheduleOf(attempt.choices.picks);
}

/** A misfit as a sentence for people. */
export function misfitMessage(misfit: ScheduleMisfit): string {
  const lead = 'expected a schedule that fits its scenario, got one ';
  const advice = ': the link was changed, or made by another version';
  switch (misfit.kind) {
    case 'not-reached':
      return `${lead}that names choice ${misfit.at} of a run with ${misfit.choices}${advice}`;
    case 'not-offered': {
      const { at, pick, width } = misfit;
      return `${lead}that picks number ${pick} at choice ${at}, where 0 to ${width - 1} are${advice}`;
    }
  }
}
