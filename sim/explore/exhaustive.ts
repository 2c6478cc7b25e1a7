/**
 * Walks through all executions: every answer to every choice, or one execution of every class.
 *
 * Each execution starts from the beginning and follows the one before it up to the last place that
 * has something left to try; so what is remembered is one path. Shards part the tree at a few steps
 * below its root: everybody walks the top, and below each place there only its owner does.
 */
import { Footprints } from '../kernel/footprints.ts';
import type { Option, Oracle } from '../kernel/oracle.ts';
import { Dependency } from './dependency.ts';
import { Reduction } from './reduction.ts';
import type { Subject } from './subject.ts';
import type { Branches, Shard, Stride, Walk } from './walk.ts';

/** How deep the tree is parted among shards. */
const SHARD_DEPTH = 5;

/**
 * Every answer to every choice, once each, in the order of the answers.
 *
 * The answers of one execution are the digits of a number whose bases are found on the way; the
 * next execution raises the last digit that can be raised and forgets those behind it. The manner
 * is that of the smallest exhaustive generators (see TigerBeetle's exhaustigen).
 */
export class EveryOracle implements Oracle {
  readonly #choicesMax: number;
  readonly #picks: number[] = [];
  readonly #widths: number[] = [];
  #at = 0;
  #kept = 0;
  #bounded = false;
  #strayed = false;

  /** Choices past `choicesMax` get the default. */
  constructor(choicesMax = Infinity) {
    this.#choicesMax = choicesMax;
  }

  get bounded(): boolean {
    return this.#bounded;
  }

  get strayed(): boolean {
    return this.#strayed;
  }

  /** How many answers are as in the execution before, the one that was raised among them. */
  get kept(): number {
    return this.#kept;
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
    while (picks.length > 0) {
      const last = picks.length - 1;
      const pick = (picks[last] as number) + 1;
      if (pick < (widths[last] as number)) {
        picks[last] = pick;
        this.#kept = picks.length;
        return true;
      }
      picks.pop();
      widths.pop();
    }
    return false;
  }

  /** Leaves all choices from number `depth` on untried. */
  skipBelow(depth: number): void {
    if (this.#picks.length <= depth) return;
    this.#picks.length = depth;
    this.#widths.length = depth;
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
  readonly name = 'every schedule';
  readonly exhaustive = true;
  readonly branches = { possible: 0, tried: 0 };
  readonly #subject: Subject;
  readonly #oracle: EveryOracle;
  readonly #turns: Turns;
  readonly #log: Footprints | undefined;
  readonly #dependency = new Dependency();

  /** Tells classes apart where the subject can; that takes longer than the executions. */
  constructor(subject: Subject, shard: Shard, choicesMax: number) {
    this.#subject = subject;
    this.#oracle = new EveryOracle(choicesMax);
    this.#turns = new Turns(this.#oracle, shard);
    this.#log = subject.reducible ? new Footprints() : undefined;
  }

  get bounded(): boolean {
    return this.#oracle.bounded;
  }

  next(): Stride | undefined {
    if (!this.#turns.next()) return undefined;
    const attempt = this.#subject.attempt(this.#oracle, this.#log);
    if (this.#oracle.strayed) return { attempt, kind: 'strayed' };
    return { attempt, kind: this.#turns.own ? 'counted' : 'foreign' };
  }

  classKey(): string | undefined {
    if (this.#log === undefined) return undefined;
    this.#dependency.read(this.#log);
    return this.#dependency.key();
  }
}

/** Walks one execution of every class. */
export class ReducedWalk implements Walk {
  readonly name = 'every class of schedules';
  readonly exhaustive = true;
  readonly #subject: Subject;
  readonly #log = new Footprints();
  readonly #dependency: Dependency;
  readonly #reduction: Reduction;
  readonly #turns: Turns;

  constructor(
    subject: Subject,
    shard: Shard,
    choicesMax: number,
    dependency: Dependency = new Dependency(),
  ) {
    const fullDepth = shard.count > 1 ? SHARD_DEPTH : 0;
    this.#subject = subject;
    this.#dependency = dependency;
    this.#reduction = new Reduction(this.#log, dependency, { fullDepth, depthMax: choicesMax });
    this.#turns = new Turns(this.#reduction, shard);
  }

  get bounded(): boolean {
    return this.#reduction.bounded;
  }

  get branches(): Branches {
    return this.#reduction.branches;
  }

  next(): Stride | undefined {
    if (!this.#turns.next()) return undefined;
    const attempt = this.#subject.attempt(this.#reduction, this.#log);
    const whole = this.#reduction.finish();
    if (this.#reduction.strayed) return { attempt, kind: 'strayed' };
    if (!this.#turns.own) return { attempt, kind: 'foreign' };
    return { attempt, kind: whole ? 'counted' : 'cut' };
  }

  classKey(): string {
    return this.#dependency.key();
  }
}

/** What a tree has to offer to be parted. */
interface Parted {
  readonly kept: number;
  advance(): boolean;
  skipBelow(depth: number): void;
}

/** Turns a tree from execution to execution, and passes over what belongs to other shards. */
class Turns {
  readonly #tree: Parted;
  readonly #shard: Shard;
  /** Number of the part of the tree that the present execution is in. */
  #part = -1;

  constructor(tree: Parted, shard: Shard) {
    this.#tree = tree;
    this.#shard = shard;
  }

  /** Whether the present execution belongs to this shard. */
  get own(): boolean {
    return this.#part % this.#shard.count === this.#shard.index;
  }

  next(): boolean {
    if (this.#part < 0) {
      this.#part = 0;
      return true;
    }
    if (!this.own) this.#tree.skipBelow(SHARD_DEPTH);
    if (!this.#tree.advance()) return false;
    if (this.#tree.kept <= SHARD_DEPTH) this.#part += 1;
    return true;
  }
}
