/**
 * A walk by a strategy that draws: the executions of a range of its numbers.
 *
 * Safety first, then liveness: past so many choices faults stop and everybody gets its turn, so
 * that what still does not end then hangs by itself and not by the strategy.
 */
import { SettlingOracle } from './liveness.ts';
import type { Strategy } from './strategy.ts';
import type { Subject } from './subject.ts';
import type { Stride, Walk } from './walk.ts';

/** Numbers of executions: from `begin` to before `end`. */
export interface Range {
  readonly begin: number;
  readonly end: number;
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
  readonly #choicesMax: number;
  #nth: number;

  constructor(subject: Subject, strategy: Strategy, { begin, end }: Range, choicesMax: number) {
    this.name = strategy.name;
    this.#subject = subject;
    this.#strategy = strategy;
    this.#end = end;
    this.#choicesMax = choicesMax;
    this.#nth = begin;
  }

  next(): Stride | undefined {
    if (this.#nth >= this.#end) return undefined;
    const attempt = this.#subject.attempt(
      new SettlingOracle(this.#strategy.oracle(this.#nth), this.#choicesMax),
    );
    this.#nth += 1;
    return { attempt, kind: 'counted' };
  }

  classKey(): undefined {
    return undefined;
  }
}
