/**
 * Chooses among all who could go next with equal chances, again and again: a random walk.
 *
 * It finds what many schedules show. It promises nothing: a schedule that takes many choices off
 * the usual is as rare as they are many.
 */
import { RandomStream } from '../base/random.ts';
import type { Option, Oracle } from '../kernel/oracle.ts';
import type { Strategy } from './strategy.ts';

/** Something other than the default is chosen once in so many times. */
const RARE = 4;

/** One of `count` possibilities, mostly the default: a fault is the exception. */
export function drawRare(draws: RandomStream, count: number): number {
  return draws.between(1, RARE) === 1 ? draws.between(1, count - 1) : 0;
}

export class RandomOracle implements Oracle {
  readonly #draws: RandomStream;

  constructor(draws: RandomStream) {
    this.#draws = draws;
  }

  chooseNext(options: readonly Option[]): number {
    return this.#draws.between(0, options.length - 1);
  }

  choose(count: number): number {
    return drawRare(this.#draws, count);
  }
}

/** A random walk with that seed. */
export function randomStrategy(seed: number): Strategy {
  const name = `random.${seed}`;
  return { name: 'random', oracle: (nth) => new RandomOracle(new RandomStream(nth, name)) };
}
