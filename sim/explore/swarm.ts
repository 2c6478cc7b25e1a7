/**
 * Swarm testing: each execution has only some kinds of faults, drawn anew.
 *
 * With every kind switched on the frequent ones hide what only a rare one shows, and some cancel
 * each other out (Groce, Zhang, Eide, Chen, Regehr, ISSTA 2012). Half of the kinds exist in an
 * execution, each as likely as not.
 */
import { RandomStream } from '../base/random.ts';
import type { Option, Oracle } from '../kernel/oracle.ts';
import type { Strategy } from './strategy.ts';

class SwarmOracle implements Oracle {
  readonly #oracle: Oracle;
  readonly #kinds: number;

  constructor(oracle: Oracle, kinds: number) {
    this.#oracle = oracle;
    this.#kinds = kinds;
  }

  chooseNext(options: readonly Option[]): number {
    return this.#oracle.chooseNext(options);
  }

  choose(count: number, about: number): number {
    const exists = about < 0 || (this.#kinds & (1 << about)) !== 0;
    return exists ? this.#oracle.choose(count, about) : 0;
  }
}

/** `strategy` with some kinds of faults in each execution. */
export function swarm(strategy: Strategy, seed: number): Strategy {
  const name = `swarm.${seed}`;
  return {
    ...strategy,
    name: `${strategy.name}, swarm`,
    oracle: (nth) =>
      new SwarmOracle(strategy.oracle(nth), new RandomStream(nth, name).nextU32() | 0),
  };
}
