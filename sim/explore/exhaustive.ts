/**
 * Walks through all executions: every answer to every choice, or one execution of every class.
 *
 * Each execution starts from the beginning and follows the one before it up to the last place that
 * has something left to try; so what is remembered is one path. A walk can begin at a root below
 * the top of the tree, and then stays below it.
 */
import { Footprints } from '../kernel/footprints.ts';
import type { Option, Oracle } from '../kernel/oracle.ts';
import { Dependency } from './dependency.ts';
import { Reduction, type Root } from './reduction.ts';
import type { Subject } from './subject.ts';
import type { Branches, Stride, Walk } from './walk.ts';

/** For people: what the walks are. */
export const EVERY_NAME = 'every schedule';
export const REDUCED_NAME = 'every class of schedules';

/** First answers of executions, and how many possibilities each had. */
export interface Answers {
  readonly picks: readonly number[];
  readonly widths: readonly number[];
}

const NO_ANSWERS: Answers = { picks: [], widths: [] };

/**
 * Every answer to every choice, once each, in the order of the answers.
 *
 * The answers of one execution are the digits of a number whose bases are found on the way; the
 * next execution raises the last digit that can be raised and forgets those behind it. The manner
 * is that of the smallest exhaustive generators (see TigerBeetle's exhaustigen).
 */
export class EveryOracle implements Oracle {
  readonly #choicesMax: number;
  readonly #picks: number[];
  readonly #widths: number[];
  /** How many first answers stay as they are. */
  readonly #floor: number;
  #at = 0;
  #bounded = false;
  #strayed = false;

  /** Choices past `choicesMax` get the default; the first ones always get those of `root`. */
  constructor(choicesMax = Infinity, root: Answers = NO_ANSWERS) {
    this.#choicesMax = choicesMax;
    this.#picks = [...root.picks];
    this.#widths = [...root.widths];
    this.#floor = root.picks.length;
  }

  get bounded(): boolean {
    return this.#bounded;
  }

  get strayed(): boolean {
    return this.#strayed;
  }

  /** The answers of the present execution, as far as they were open. */
  get answers(): Answers {
    return { picks: [...this.#picks], widths: [...this.#widths] };
  }

  chooseNext(options: readonly Option[]): number {
    return this.#pick(options.length);
  }

  choose(count: number): number {
    return this.#pick(count);
  }

  /** Turns to the next execution; false if there is none. */
  advance(): boolean {
    const picks = this.#picks;
    const widths = this.#widths;
    this.#at = 0;
    while (picks.length > this.#floor) {
      const last = picks.length - 1;
      const pick = (picks[last] as number) + 1;
      if (pick < (widths[last] as number)) {
        picks[last] = pick;
        return true;
      }
      picks.pop();
      widths.pop();
    }
    return false;
  }

  #pick(width: number): number {
    const at = this.#at++;
    const known = this.#picks[at];
    if (known !== undefined) {
      this.#strayed ||= this.#widths[at] !== width;
      return this.#strayed ? 0 : known;
    }
    if (at >= this.#choicesMax) {
      this.#bounded = true;
      return 0;
    }
    this.#picks.push(0);
    this.#widths.push(width);
    return 0;
  }
}

/** Walks all interleavings one by one. */
export class EveryWalk implements Walk {
  readonly name = EVERY_NAME;
  readonly exhaustive = true;
  readonly branches = { possible: 0, tried: 0 };
  readonly #subject: Subject;
  readonly #oracle: EveryOracle;
  readonly #log: Footprints | undefined;
  readonly #dependency = new Dependency();
  /** Whether the next execution is at hand; the first is. */
  #turned = true;

  /** Tells classes apart where the subject can; that takes longer than the executions. */
  constructor(subject: Subject, choicesMax: number, root?: Answers) {
    this.#subject = subject;
    this.#oracle = new EveryOracle(choicesMax, root);
    this.#log = subject.reducible ? new Footprints() : undefined;
  }

  get bounded(): boolean {
    return this.#oracle.bounded;
  }

  turn(): boolean {
    this.#turned ||= this.#oracle.advance();
    return this.#turned;
  }

  next(): Stride | undefined {
    if (!this.turn()) return undefined;
    this.#turned = false;
    const attempt = this.#subject.attempt(this.#oracle, this.#log);
    return { attempt, kind: this.#oracle.strayed ? 'strayed' : 'counted' };
  }

  classKey(): string | undefined {
    if (this.#log === undefined) return undefined;
    this.#dependency.read(this.#log);
    return this.#dependency.key();
  }

  classHash(): undefined {
    return undefined;
  }
}

/** Where a reduced walk begins, and what it shares with the one that came to that root. */
export interface Start {
  readonly log: Footprints;
  readonly root: Root;
}

/** Walks one execution of every class. */
export class ReducedWalk implements Walk {
  readonly name = REDUCED_NAME;
  readonly exhaustive = true;
  readonly #subject: Subject;
  readonly #log: Footprints;
  readonly #dependency: Dependency;
  readonly #reduction: Reduction;
  /** Whether the next execution is at hand; the first is. */
  #turned = true;

  constructor(
    subject: Subject,
    choicesMax: number,
    { log, root }: Start = { log: new Footprints(), root: [] },
    dependency: Dependency = new Dependency(),
  ) {
    this.#subject = subject;
    this.#log = log;
    this.#dependency = dependency;
    const limits = { partDepth: 0, depthMax: choicesMax };
    this.#reduction = new Reduction(log, dependency, limits, root);
  }

  get bounded(): boolean {
    return this.#reduction.bounded;
  }

  get branches(): Branches {
    return this.#reduction.branches;
  }

  turn(): boolean {
    this.#turned ||= this.#reduction.advance();
    return this.#turned;
  }

  next(): Stride | undefined {
    if (!this.turn()) return undefined;
    this.#turned = false;
    const attempt = this.#subject.attempt(this.#reduction, this.#log);
    const whole = this.#reduction.finish();
    if (this.#reduction.strayed) return { attempt, kind: 'strayed' };
    return { attempt, kind: whole ? 'counted' : 'cut' };
  }

  classKey(): string {
    return this.#dependency.key();
  }

  classHash(): undefined {
    return undefined;
  }
}
