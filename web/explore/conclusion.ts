/**
 * What an exploration came to, in a sentence or two.
 *
 * Invariant: only a search that covered every schedule of its scope, and found nothing, is called
 * proved; any other says how much it tried and why that is no proof.
 */
import { assertUnreachable, type Verdict } from '../../sim/index.ts';
import type { ExploreWords } from '../format/words/explore-en.ts';
import type { ExploreEnd } from '../workers/explore-contract.ts';

export interface Conclusion {
  /** A proof is a pass, and nothing else is. */
  readonly verdict: Verdict;
  /** Its word or two, with the full stop. */
  readonly word: string;
  readonly rest: string;
}

/** What is needed to know of an exploration for that, whatever was explored. */
export type Concluded = Pick<ExploreEnd, 'result' | 'reason'> & {
  readonly violation: { readonly check: string } | undefined;
};

export function conclusionOf(end: Concluded, { conclusion: said }: ExploreWords): Conclusion {
  const { result, violation } = end;
  const { schedules, classes, prunedShare } = result;
  switch (result.conclusion) {
    case 'violated': {
      const [first] = result.findings;
      const what = violation?.check ?? first?.violated[0] ?? '';
      const rest = said.foundAfter(what, first?.schedule ?? schedules);
      return { verdict: 'violated', word: said.violated, rest };
    }
    case 'proved': {
      const covered =
        classes === undefined ? said.all(schedules) : said.covered(schedules, classes, prunedShare);
      return { verdict: 'passed', word: said.proved, rest: `${said.none} ${covered}` };
    }
    case 'nothing-to-choose':
      return { verdict: 'inconclusive', word: said.inconclusive, rest: said.single };
    case 'nondeterministic':
      return { verdict: 'inconclusive', word: said.inconclusive, rest: said.differs };
    case 'not-refuted': {
      const word = said.notRefuted(schedules);
      return { verdict: 'inconclusive', word, rest: `${said.noProof} ${whyOpen(end, said)}` };
    }
    default:
      return assertUnreachable(result.conclusion);
  }
}

/** Why it is no proof, and what to do for one. */
function whyOpen({ result, reason }: Concluded, said: ExploreWords['conclusion']): string {
  const { stop, bounded, inconclusive, unsettled, guarantee } = result;
  if (reason === 'cancelled') return said.cancelled;
  if (reason === 'late') return said.late;
  if (unsettled !== undefined) return said.unsettled(unsettled.schedules);
  if (inconclusive > 0) return said.unjudged(inconclusive);
  if (bounded) return said.bounded;
  if (stop === 'classes') return said.tooMany;
  return guarantee === undefined
    ? said.budget
    : said.missed(guarantee.depth, chance(guarantee.missBound));
}

/** A probability in few digits: `0.37`, `2e-9`. */
export function chance(probability: number): string {
  if (probability === 0) return '0';
  return probability >= 0.001
    ? String(Number(probability.toPrecision(3)))
    : probability.toExponential(0);
}
