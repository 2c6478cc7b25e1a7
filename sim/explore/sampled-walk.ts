/**
 * A walk by a strategy that draws: executions of its numbers, up to a given one.
 *
 * Safety first, then liveness: past so many choices faults stop and everybody gets its turn, so
 * that what still does not end then hangs by itself and not by the strategy.
 */
import { SettlingOracle } from './liveness.ts';
import type { Strategy } from './strategy.ts';
import type { Subject } from './subject.ts';
import type { Shard, Stride, Walk } from './walk.ts';

export class SampledWalk implements Walk {
  readonly name: string;
  readonly exhaustive = false;
  /** What ends by settling has still been a schedule. */
  readonly bounded = false;
  readonly branches = { possible: 0, tried: 0 };
  readonly #subject: Subject;
  readonly #strategy: Strategy;
  readonly #shard: Shard;
  readonly #end: number;
  readonly #choicesMax: number;
  #nth: number;

  /** Executions from number 0 to before `end`, those of `shard`. */
  constructor(subject: Subject, strategy: Strategy, shard: Shard, end: number, choicesMax: number) {
    this.name = strategy.name;
    this.#subject = subject;
    this.#strategy = strategy;
    this.#shard = shard;
    this.#end = end;
    this.#choicesMax = choicesMax;
    this.#nth = shard.index;
  }

  next(): Stride | undefined {
    if (this.#nth >= this.#end) return undefined;
    const attempt = this.#subject.attempt(
      new SettlingOracle(this.#strategy.oracle(this.#nth), this.#choicesMax),
    );
    this.#nth += this.#shard.count;
    return { attempt, kind: 'counted' };
  }

  classKey(): undefined {
    return undefined;
  }
}
