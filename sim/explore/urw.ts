/**
 * Uniform random walk: each schedule as likely as any other, as far as the estimate is right.
 *
 * Whoever has more steps left is chosen more often, in proportion (Zhao, Wolff, Mathur,
 * Roychoudhury, ASPLOS 2025): with independent tasks every interleaving then has the same chance,
 * where a plain random walk favours those that exhaust the short tasks late. Known limit: how many
 * steps a process has left is taken from a few executions; one that has more counts as one.
 */
import { RandomStream } from '../base/random.ts';
import type { Option, Oracle } from '../kernel/oracle.ts';
import type { Estimate } from './estimate.ts';
import { drawRare } from './random.ts';
import type { Strategy } from './strategy.ts';

class UrwOracle implements Oracle {
  readonly #draws: RandomStream;
  readonly #turns: ReadonlyMap<number, number>;
  /** By process: how often it was chosen. */
  readonly #taken = new Map<number, number>();

  constructor(draws: RandomStream, turns: ReadonlyMap<number, number>) {
    this.#draws = draws;
    this.#turns = turns;
  }

  chooseNext(options: readonly Option[]): number {
    let total = 0;
    for (const { process } of options) total += this.#left(process);
    let draw = this.#draws.between(1, total);
    for (let at = 0; at < options.length; at++) {
      const { process } = options[at] as Option;
      draw -= this.#left(process);
      if (draw > 0) continue;
      this.#taken.set(process, (this.#taken.get(process) ?? 0) + 1);
      return at;
    }
    return 0;
  }

  choose(count: number): number {
    return drawRare(this.#draws, count);
  }

  #left(process: number): number {
    return Math.max(1, (this.#turns.get(process) ?? 1) - (this.#taken.get(process) ?? 0));
  }
}

/** A uniform random walk with that seed. */
export function urwStrategy(seed: number, size: Estimate): Strategy {
  const name = `urw.${seed}`;
  return {
    name: 'urw',
    oracle: (nth) => new UrwOracle(new RandomStream(nth, name), size.turns),
  };
}
