/**
 * Walks one part of a search and counts what comes of it.
 *
 * Invariant: the result depends on subject, settings and part alone, not on the slices in which it
 * is advanced, unless it is cancelled.
 */
import { CHECK_IDS, type CheckId } from '../check/contract.ts';
import { RunEnd } from '../trace/event.ts';
import type { Attempt } from './attempt.ts';
import { ReplayOracle } from './choices.ts';
import { ClassSet } from './class-set.ts';
import type { Finding, PartResult, Stop, Stray, Unsettled } from './search-result.ts';
import { isWanted, type SearchSettings } from './settings.ts';
import type { Guarantee } from './strategy.ts';
import type { Subject } from './subject.ts';
import type { Branches, Walk } from './walk.ts';

/** What a part is of, and what bounds it. */
export interface Part {
  /** Its number, from 0. */
  readonly number: number;
  readonly walk: Walk;
  /** Executions of its own at most. */
  readonly executionsMax: number;
  readonly guarantee: Guarantee | undefined;
  /** What was broken off on the way to all parts; the first part counts that too. */
  readonly before: { readonly cut: number; readonly branches: Branches };
}

/** How far a part, or all of them, are. */
export interface SearchTally {
  /** Executions judged so far. */
  readonly schedules: number;
  /** Executions broken off because they could show nothing new. */
  readonly cut: number;
  /** Distinct classes, where they are told apart; of schedules that are drawn, in whole parts. */
  readonly classes: number | undefined;
  readonly steps: number;
}

export class PartSearch {
  readonly #subject: Subject;
  readonly #settings: SearchSettings;
  readonly #part: Part;
  readonly #classes = new Set<string>();
  readonly #met = new ClassSet();
  #metAmong = 0;
  readonly #findings = new Map<string, Finding>();
  readonly #violations = new Map<CheckId, number>();
  #schedules = 0;
  #cut = 0;
  /** Executions that strayed: one, and then it is over. */
  #strayed = 0;
  #steps = 0;
  #stepsMost = 0;
  #choicesMost = 0;
  #inconclusive = 0;
  #guaranteed = 0;
  #stray: Stray | undefined = undefined;
  #unsettled: Unsettled | undefined = undefined;
  #stop: Stop | undefined = undefined;

  /** `stray`: what the subject did on the way to the part otherwise than before; it is over. */
  constructor(subject: Subject, settings: SearchSettings, part: Part, stray?: readonly number[]) {
    this.#subject = subject;
    this.#settings = settings;
    this.#part = part;
    if (stray === undefined) return;
    this.#stray = { schedule: 0, picks: stray };
    this.#stop = 'strayed';
  }

  /** Why it ended; undefined while there is more to do. */
  get stop(): Stop | undefined {
    return this.#stop;
  }

  get tally(): SearchTally {
    return {
      schedules: this.#schedules,
      cut: this.#part.before.cut + this.#cut,
      classes: this.#classesSeen,
      steps: this.#steps,
    };
  }

  get #classesSeen(): number | undefined {
    return this.#classes.size === 0 ? undefined : this.#classes.size;
  }

  /** Executes up to `budget` times; gives what is left of the budget. */
  advance(budget: number): number {
    let left = budget;
    for (; left > 0 && this.#stop === undefined; left--) this.#stride();
    return left;
  }

  /** What has come of it so far; final once it has a `stop`. */
  result(): PartResult {
    const { number, walk, before } = this.#part;
    const { possible, tried } = walk.branches;
    return {
      part: number,
      stop: this.#stop ?? 'cancelled',
      executions: this.#executions,
      bounded: walk.bounded,
      schedules: this.#schedules,
      cut: before.cut + this.#cut,
      classes: this.#classesSeen,
      branches: {
        possible: before.branches.possible + possible,
        tried: before.branches.tried + tried,
      },
      steps: this.#steps,
      stepsMost: this.#stepsMost,
      choicesMost: this.#choicesMost,
      inconclusive: this.#inconclusive,
      guaranteed: this.#guaranteed,
      findings: [...this.#findings.values()],
      violations: CHECK_IDS.flatMap((id) => {
        const count = this.#violations.get(id);
        return count === undefined ? [] : [{ id, count }];
      }),
      ...(this.#stray === undefined ? {} : { stray: this.#stray }),
      ...(this.#unsettled === undefined ? {} : { unsettled: this.#unsettled }),
      ...(this.#metAmong === 0
        ? {}
        : { met: { schedules: this.#metAmong, hashes: this.#met.hashes } }),
    };
  }

  get #executions(): number {
    return this.#schedules + this.#cut + this.#strayed;
  }

  #stride(): void {
    const { walk, executionsMax } = this.#part;
    // Who has nothing left has not been kept from anything.
    if (this.#executions >= executionsMax && walk.turn()) {
      this.#stop = 'schedules';
      return;
    }
    const stride = walk.next();
    if (stride === undefined) {
      this.#stop = walk.exhaustive ? 'covered' : 'schedules';
      return;
    }
    switch (stride.kind) {
      case 'counted':
        this.#count(stride.attempt);
        return;
      case 'cut':
        this.#cut += 1;
        return;
      case 'strayed':
        this.#strayed += 1;
        this.#stray = { schedule: this.#schedules, picks: [...stride.attempt.choices.picks] };
        this.#stop = 'strayed';
        return;
    }
  }

  #count(attempt: Attempt): void {
    const nth = this.#schedules;
    this.#schedules += 1;
    this.#steps += attempt.steps;
    if (attempt.steps > this.#stepsMost) this.#stepsMost = attempt.steps;
    if (attempt.choices.size > this.#choicesMost) this.#choicesMost = attempt.choices.size;
    if (attempt.verdict === 'inconclusive') this.#inconclusive += 1;
    if (attempt.end === RunEnd.limit) this.#notSettled(attempt, nth);
    if (this.#part.guarantee?.holdsFor(attempt) === true) this.#guaranteed += 1;
    this.#countClass();
    if (attempt.violated.length > 0) this.#found(attempt, nth);
  }

  #notSettled(attempt: Attempt, nth: number): void {
    const known = this.#unsettled;
    this.#unsettled =
      known === undefined
        ? { schedule: nth, schedules: 1, picks: [...attempt.choices.picks] }
        : { ...known, schedules: known.schedules + 1 };
  }

  #countClass(): void {
    const { walk } = this.#part;
    const hash = walk.classHash();
    if (hash !== undefined) {
      this.#met.add(hash.low, hash.high);
      this.#metAmong += 1;
      return;
    }
    const key = walk.classKey();
    if (key === undefined) return;
    this.#classes.add(key);
    if (this.#classes.size > this.#settings.classesMax) this.#stop = 'classes';
  }

  #found(attempt: Attempt, nth: number): void {
    for (const id of attempt.violated) {
      this.#violations.set(id, (this.#violations.get(id) ?? 0) + 1);
    }
    const what = attempt.violated.join(' ');
    const known = this.#findings.get(what);
    if (known !== undefined) {
      this.#findings.set(what, { ...known, schedules: known.schedules + 1 });
      return;
    }
    this.#findings.set(what, {
      violated: attempt.violated,
      schedule: nth,
      schedules: 1,
      picks: [...attempt.choices.picks],
      steps: attempt.steps,
      reproduced: this.#reproduces(attempt, nth),
    });
    const { stopAtFirst, wanted } = this.#settings;
    if (stopAtFirst && isWanted(attempt.violated, wanted)) this.#stop ??= 'found';
  }

  /** Executes a violating schedule once more: the same questions, the same verdicts. */
  #reproduces(attempt: Attempt, nth: number): boolean {
    const { picks } = attempt.choices;
    const again = this.#subject.attempt(new ReplayOracle(picks));
    const differs = attempt.choices.firstDifference(again.choices);
    const same = differs === undefined && again.violated.join(' ') === attempt.violated.join(' ');
    if (!same) {
      this.#stray ??= {
        schedule: nth,
        picks: [...picks],
        ...(differs === undefined ? {} : { choice: differs }),
      };
    }
    return same;
  }
}
