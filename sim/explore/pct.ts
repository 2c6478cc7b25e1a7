/**
 * Probabilistic concurrency testing: random priorities, lowered at a few random moments.
 *
 * Whoever has the highest priority runs for as long as it can. With n tasks, k choices and d - 1
 * moments an execution shows a bug of depth d (one that needs d steps in one order) with a
 * probability of at least 1 / (n k^(d-1)), whatever the bug is (Burckhardt, Kothari, Musuvathi,
 * Nagarakatti, ASPLOS 2010). A delivery counts as a task. Only choices count as moments, because
 * where there is one possibility no priority changes anything. Known limit: an execution with more
 * tasks or choices than were estimated keeps no promise, and is not counted for the bound.
 */
import { assert } from '../base/assert.ts';
import { RandomStream } from '../base/random.ts';
import type { Option, Oracle } from '../kernel/oracle.ts';
import type { Estimate } from './estimate.ts';
import { drawRare } from './random.ts';
import type { Strategy } from './strategy.ts';

const PRIORITY_MAX = 0xffff_ffff;

class PctOracle implements Oracle {
  readonly #draws: RandomStream;
  /** By process; whoever was lowered is below all who were not. */
  readonly #priority = new Map<number, number>();
  /** Numbers of the choices before which the foremost is lowered. */
  readonly #moments: readonly number[];
  #asked = 0;

  constructor(draws: RandomStream, depth: number, choices: number) {
    this.#draws = draws;
    this.#moments = Array.from({ length: depth - 1 }, () => draws.between(0, choices - 1));
  }

  chooseNext(options: readonly Option[]): number {
    const moment = this.#asked++;
    let best = this.#foremost(options);
    for (let nth = 0; nth < this.#moments.length; nth++) {
      if (this.#moments[nth] !== moment) continue;
      // By the number of the moment, not by when it comes: any order of the lowered is possible.
      this.#priority.set((options[best] as Option).process, -1 - nth);
      best = this.#foremost(options);
    }
    return best;
  }

  choose(count: number): number {
    return drawRare(this.#draws, count);
  }

  #foremost(options: readonly Option[]): number {
    let best = 0;
    let highest = -Infinity;
    for (let at = 0; at < options.length; at++) {
      const priority = this.#priorityOf((options[at] as Option).process);
      if (priority <= highest) continue;
      highest = priority;
      best = at;
    }
    return best;
  }

  #priorityOf(process: number): number {
    const known = this.#priority.get(process);
    if (known !== undefined) return known;
    const priority = this.#draws.between(0, PRIORITY_MAX);
    this.#priority.set(process, priority);
    return priority;
  }
}

/** PCT for bugs of up to `depth` ordered steps, at least 1. */
export function pctStrategy(seed: number, depth: number, size: Estimate): Strategy {
  assert(Number.isInteger(depth) && depth >= 1, 'expected a depth of at least 1');
  const name = `pct.${depth}.${seed}`;
  const { choices, processes } = size;
  let ways = processes;
  for (let n = 1; n < depth; n++) ways *= choices;
  return {
    name: `pct, depth ${depth}`,
    oracle: (nth) => new PctOracle(new RandomStream(nth, name), depth, choices),
    guarantee: {
      depth,
      probability: 1 / ways,
      holdsFor: (attempt) =>
        attempt.choices.nextCount <= choices && attempt.choices.processCount <= processes,
    },
  };
}

/** The probability that `executions` of them all miss: (1 - probability)^executions. */
export function missBound(probability: number, executions: number): number {
  let bound = 1;
  let power = 1 - probability;
  for (let left = executions; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) bound *= power;
    power *= power;
  }
  return bound;
}
