/**
 * A search through the executions of a subject, in slices of any size.
 *
 * Whoever drives it (a command, a worker of a page) advances it, shows its progress, cancels it,
 * and asks for the result at any time. Invariant: the result depends on subject and options alone,
 * not on the slices. "Proved" is said only of a search that covered every schedule, had something
 * to choose, saw no execution that was cut short, and found no violation.
 */
import { CHECK_IDS, type CheckId } from '../check/contract.ts';
import { RunEnd } from '../trace/event.ts';
import type { Attempt } from './attempt.ts';
import { ReplayOracle } from './choices.ts';
import { estimate } from './estimate.ts';
import { EveryWalk, ReducedWalk } from './exhaustive.ts';
import { missBound, pctStrategy } from './pct.ts';
import { portfolioStrategy } from './portfolio.ts';
import { randomStrategy } from './random.ts';
import { SampledWalk } from './sampled-walk.ts';
import {
  conclude,
  type Finding,
  type SearchResult,
  type Stop,
  type Stray,
  type Unsettled,
} from './search-result.ts';
import { fifoStrategy, type Guarantee, type Strategy } from './strategy.ts';
import type { Subject } from './subject.ts';
import { swarm } from './swarm.ts';
import { urwStrategy } from './urw.ts';
import { type Shard, type Walk, WHOLE } from './walk.ts';

/** `exhaustive` walks every class of schedules once, `every` each schedule. */
export const STRATEGY_NAMES = [
  ...(['fifo', 'random', 'pct', 'urw', 'portfolio', 'exhaustive', 'every'] as const),
] as const;
export type StrategyName = (typeof STRATEGY_NAMES)[number];

export interface SearchOptions {
  readonly strategy: StrategyName;
  readonly seed: number;
  /** Executions at most, of all shards together where the strategy draws. */
  readonly schedulesMax: number;
  /** Ordered steps that a bug may need, for `pct` and `portfolio`. */
  readonly depth: number;
  /** Draws for each execution which kinds of faults exist in it. */
  readonly swarm: boolean;
  readonly stopAtFirst: boolean;
  /** Choices in one execution that are open; past them all get the default, so that it settles. */
  readonly choicesMax: number;
  /** How many classes are remembered; a search that meets more is not complete. */
  readonly classesMax: number;
  readonly shard: Shard;
}

export const DEFAULT_SEARCH: SearchOptions = {
  strategy: 'exhaustive',
  seed: 1,
  schedulesMax: 1_000_000,
  depth: 3,
  swarm: false,
  stopAtFirst: true,
  choicesMax: 1_000,
  classesMax: 2_000_000,
  shard: WHOLE,
};

export interface Progress {
  /** Executions judged so far. */
  readonly schedules: number;
  /** Executions broken off because they could show nothing new. */
  readonly cut: number;
  /** Distinct classes, where they are told apart. */
  readonly classes: number | undefined;
  readonly steps: number;
  readonly findings: readonly Finding[];
  readonly done: boolean;
}

export class Search {
  readonly #subject: Subject;
  readonly #options: SearchOptions;
  readonly #walk: Walk;
  readonly #guarantee: Guarantee | undefined;
  readonly #classes = new Set<string>();
  readonly #findings = new Map<string, Finding>();
  readonly #violations = new Map<CheckId, number>();
  #schedules = 0;
  #cut = 0;
  #foreign = 0;
  #steps = 0;
  #stepsMost = 0;
  #choicesMost = 0;
  #inconclusive = 0;
  #guaranteed = 0;
  #stray: Stray | undefined = undefined;
  #unsettled: Unsettled | undefined = undefined;
  #stop: Stop | undefined = undefined;

  constructor(subject: Subject, options: Partial<SearchOptions> = {}) {
    this.#subject = subject;
    this.#options = { ...DEFAULT_SEARCH, ...options };
    const strategy = strategyOf(subject, this.#options);
    this.#guarantee = strategy?.guarantee;
    this.#walk = walkOf(subject, this.#options, strategy);
  }

  /** Executes up to `budget` times; true while there is more to do. */
  advance(budget: number): boolean {
    for (let left = budget; left > 0 && this.#stop === undefined; left--) this.#stride();
    return this.#stop === undefined;
  }

  /** Ends the search; what it has found stays. */
  cancel(): void {
    this.#stop ??= 'cancelled';
  }

  progress(): Progress {
    return {
      schedules: this.#schedules,
      cut: this.#cut,
      classes: this.#classesSeen,
      steps: this.#steps,
      findings: [...this.#findings.values()],
      done: this.#stop !== undefined,
    };
  }

  /** What has come of it so far; final once `advance` has returned false. */
  result(): SearchResult {
    const { strategy, seed, shard } = this.#options;
    const stop = this.#stop ?? 'cancelled';
    const { possible, tried } = this.#walk.branches;
    const guarantee = this.#guarantee;
    return conclude({
      subject: this.#subject.name,
      scope: this.#subject.scope,
      strategy,
      strategyName: this.#walk.name,
      seed,
      shard,
      stop,
      bounded: this.#walk.bounded,
      schedules: this.#schedules,
      cut: this.#cut,
      foreign: this.#foreign,
      classes: this.#classesSeen,
      branches: { possible, tried },
      steps: this.#steps,
      stepsMost: this.#stepsMost,
      choicesMost: this.#choicesMost,
      inconclusive: this.#inconclusive,
      findings: [...this.#findings.values()],
      violations: CHECK_IDS.flatMap((id) => {
        const count = this.#violations.get(id);
        return count === undefined ? [] : [{ id, count }];
      }),
      ...(this.#stray === undefined ? {} : { stray: this.#stray }),
      ...(this.#unsettled === undefined ? {} : { unsettled: this.#unsettled }),
      ...(guarantee === undefined
        ? {}
        : {
            guarantee: {
              depth: guarantee.depth,
              probability: guarantee.probability,
              executions: this.#guaranteed,
              missBound: missBound(guarantee.probability, this.#guaranteed),
            },
          }),
    });
  }

  get #classesSeen(): number | undefined {
    return this.#classes.size === 0 ? undefined : this.#classes.size;
  }

  #stride(): void {
    if (this.#schedules + this.#cut >= this.#options.schedulesMax) {
      this.#stop = 'schedules';
      return;
    }
    const stride = this.#walk.next();
    if (stride === undefined) {
      this.#stop = this.#walk.exhaustive ? 'covered' : 'schedules';
      return;
    }
    switch (stride.kind) {
      case 'counted':
        this.#count(stride.attempt);
        return;
      case 'cut':
        this.#cut += 1;
        return;
      case 'foreign':
        this.#foreign += 1;
        return;
      case 'strayed':
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
    if (this.#guarantee?.holdsFor(attempt) === true) this.#guaranteed += 1;
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
    const key = this.#walk.classKey();
    if (key === undefined) return;
    this.#classes.add(key);
    if (this.#classes.size > this.#options.classesMax) this.#stop = 'classes';
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
    if (this.#options.stopAtFirst) this.#stop ??= 'found';
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

/** The strategy of a search that draws; undefined for one that walks through everything. */
function strategyOf(subject: Subject, options: SearchOptions): Strategy | undefined {
  const plain = plainStrategyOf(subject, options);
  return plain !== undefined && options.swarm ? swarm(plain, options.seed) : plain;
}

function plainStrategyOf(subject: Subject, options: SearchOptions): Strategy | undefined {
  const { strategy, seed, depth } = options;
  switch (strategy) {
    case 'fifo':
      return fifoStrategy;
    case 'random':
      return randomStrategy(seed);
    case 'pct':
      return pctStrategy(seed, depth, estimate(subject, seed));
    case 'urw':
      return urwStrategy(seed, estimate(subject, seed));
    case 'portfolio':
      return portfolioStrategy(seed, depth, estimate(subject, seed));
    case 'exhaustive':
    case 'every':
      return undefined;
  }
}

function walkOf(subject: Subject, options: SearchOptions, strategy: Strategy | undefined): Walk {
  const { shard, choicesMax, schedulesMax } = options;
  if (strategy !== undefined) {
    // The default schedule is the same each time.
    const end = options.strategy === 'fifo' ? 1 : schedulesMax;
    return new SampledWalk(subject, strategy, shard, end, choicesMax);
  }
  if (options.strategy === 'every' || !subject.reducible) {
    return new EveryWalk(subject, shard, choicesMax);
  }
  return new ReducedWalk(subject, shard, choicesMax);
}
