/**
 * The same steps in the same order, of a subject that leaves more open: what was found within
 * narrower bounds is then a schedule of the wider ones, which links are made of.
 */
import { Footprints } from '../kernel/footprints.ts';
import type { Option, Oracle } from '../kernel/oracle.ts';
import type { Attempt } from './attempt.ts';
import { ReplayOracle } from './choices.ts';
import type { Subject } from './subject.ts';

class FollowOracle implements Oracle {
  readonly #way: Footprints;
  readonly #own: Footprints;

  constructor(way: Footprints, own: Footprints) {
    this.#way = way;
    this.#own = own;
  }

  chooseNext(options: readonly Option[]): number {
    const process = this.#way.process[this.#own.size];
    return Math.max(
      0,
      options.findIndex((option) => option.process === process),
    );
  }

  choose(count: number): number {
    const pick = this.#way.decisions[this.#own.decisionCount] ?? 0;
    return pick < count ? pick : 0;
  }
}

/** Executes `other` by the steps of an attempt of `subject`; both have to be reducible. */
export function follow(subject: Subject, attempt: Attempt, other: Subject): Attempt {
  const way = new Footprints();
  const own = new Footprints();
  subject.attempt(new ReplayOracle(attempt.choices.picks), way);
  return other.attempt(new FollowOracle(way, own), own);
}
