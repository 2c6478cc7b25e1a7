/**
 * A walk by a strategy that draws: the executions of a range of its numbers.
 *
 * Safety first, then liveness: past so many choices faults stop and everybody gets its turn, so
 * that what still does not end then hangs by itself and not by the strategy. The classes of the
 * first executions are told apart by a hash, which costs less than a tenth of an execution.
 */
import type { Footprints } from '../kernel/footprints.ts';
import type { ClassHash } from './class-hash.ts';
import { SettlingOracle } from './liveness.ts';
import type { Strategy } from './strategy.ts';
import type { Subject } from './subject.ts';
import type { Stride, Walk } from './walk.ts';

/** Numbers of executions: from `begin` to before `end`. */
export interface Range {
  readonly begin: number;
  readonly end: number;
}

/** What bounds a walk. */
export interface SampledLimits {
  /** Choices in an execution past which it is made to settle. */
  readonly choicesMax: number;
  /** The number of the first execution whose class is not told. */
  readonly toldApartMax: number;
}

/** What tells classes apart; walks that do not execute at the same moment may share it. */
export interface Teller {
  readonly log: Footprints;
  readonly hash: ClassHash;
}

export class SampledWalk implements Walk {
  readonly name: string;
  readonly exhaustive = false;
  /** What ends by settling has still been a schedule. */
  readonly bounded = false;
  readonly branches = { possible: 0, tried: 0 };
  readonly #subject: Subject;
  readonly #strategy: Strategy;
  readonly #end: number;
  readonly #limits: SampledLimits;
  readonly #teller: Teller;
  #nth: number;
  /** Whether the class of the last execution can be told. */
  #tells = false;

  constructor(
    subject: Subject,
    strategy: Strategy,
    { begin, end }: Range,
    limits: SampledLimits,
    teller: Teller,
  ) {
    this.name = strategy.name;
    this.#subject = subject;
    this.#strategy = strategy;
    this.#end = end;
    this.#limits = limits;
    this.#teller = teller;
    this.#nth = begin;
  }

  turn(): boolean {
    return this.#nth < this.#end;
  }

  next(): Stride | undefined {
    if (!this.turn()) return undefined;
    const { choicesMax, toldApartMax } = this.#limits;
    this.#tells = this.#subject.reducible && this.#nth < toldApartMax;
    const oracle = new SettlingOracle(this.#strategy.oracle(this.#nth), choicesMax);
    const attempt = this.#subject.attempt(oracle, this.#tells ? this.#teller.log : undefined);
    this.#nth += 1;
    return { attempt, kind: 'counted' };
  }

  classKey(): undefined {
    return undefined;
  }

  classHash(): ClassHash | undefined {
    if (!this.#tells) return undefined;
    const { log, hash } = this.#teller;
    hash.read(log);
    return hash;
  }
}
