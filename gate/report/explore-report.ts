/** What `lab explore` has to tell, before it becomes text for people or a document for scripts. */
import type { CheckResult, Verdict } from '../../sim/index.ts';
import type { NamedScenario } from '../input/scenario.ts';
import type { Expected } from './expectation.ts';
import type { Exploration } from './exploration.ts';
import type { ExploreBounds } from '../explore/job.ts';

export interface ExploreReport extends Exploration {
  readonly named: NamedScenario;
  readonly bounds: ExploreBounds;
  /** Violated, passed only where it was proved, else inconclusive. */
  readonly verdict: Verdict;
  /** The link that replays the violation; undefined without one. */
  readonly url: string | undefined;
  readonly expected: Expected | undefined;
  /** The command line that gives this outcome again. */
  readonly again: string;
  /** What it says of the search: the words after the scenario, without those of a shard. */
  readonly words: readonly string[];
}

/** The verdict of an exploration: only a proof is a pass. */
export function verdictOf({ result, violation }: Exploration<unknown>): Verdict {
  if (violation !== undefined) return 'violated';
  return result.conclusion === 'proved' ? 'passed' : 'inconclusive';
}

/** The checks to hold an expectation against: of the violation, or of the default schedule. */
export function checksOf(
  { violation }: Exploration<unknown>,
  byDefault: () => readonly CheckResult[],
): readonly CheckResult[] {
  return violation === undefined ? byDefault() : violation.found.checks;
}
