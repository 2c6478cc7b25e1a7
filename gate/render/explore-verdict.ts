/**
 * What an exploration came to, in a sentence or two.
 *
 * Only a search that covered every schedule of its scope says "proved"; any other says how much it
 * tried, and of PCT how likely it is to have missed a bug.
 */
import { assertUnreachable, type SearchResult } from '../../sim/index.ts';
import type { Exploration } from '../report/exploration.ts';
import { count, plural } from './figures.ts';

/** The sentence, beginning with its word: `Proved.`, `Violated.`, `Not refuted`. */
export function conclusionOf(report: Exploration<unknown>): string {
  const { result, violation } = report;
  if (violation !== undefined) {
    const { check, story } = violation;
    const said = story.finding === undefined ? '' : ` ${story.finding.text}`;
    return `Violated. ${check}, ${foundAfter(result)}.${said}`;
  }
  switch (result.conclusion) {
    case 'proved':
      return `Proved. No schedule of this scope violates a check: ${coverage(result)}.`;
    case 'nothing-to-choose':
      return 'Inconclusive. There is one schedule only: that proves nothing about orders.';
    case 'nondeterministic':
      return (
        'Inconclusive. The scenario did something else under the same choices, so that nothing can ' +
        'be said of it.'
      );
    case 'violated':
    case 'not-refuted':
      return `Not refuted in ${plural(result.schedules, 'schedule')}. Not a proof. ${whyEnded(report)}`;
    default:
      return assertUnreachable(result.conclusion);
  }
}

function foundAfter({ findings, schedules }: SearchResult): string {
  const first = findings[0]?.schedule ?? schedules;
  return first === 0 ? 'on the first schedule tried' : `after ${plural(first, 'schedule')}`;
}

function coverage({ schedules, classes, prunedShare }: SearchResult): string {
  if (classes === undefined) return `all ${plural(schedules, 'schedule')} were tried`;
  const pruned =
    prunedShare === 0 ? '' : `, ${Math.round(prunedShare * 100)} % of the steps pruned`;
  return `${plural(schedules, 'execution')} covered ${plural(classes, 'class', 'classes')}${pruned}`;
}

/** Why it is no proof, and what to do for one. */
function whyEnded({ result, cancelled, timedOut, failure }: Exploration<unknown>): string {
  const { stop, shards, bounded, inconclusive, guarantee } = result;
  if (failure !== undefined) return failure;
  if (cancelled) return 'Cancelled.';
  if (timedOut) return 'Its time was over; more is tried with --seconds.';
  if (inconclusive > 0) {
    return `${plural(inconclusive, 'execution')} could not be judged to ${inconclusive === 1 ? 'its' : 'their'} end.`;
  }
  if (shards.count > 1) return whichShards(shards);
  if (bounded) return 'Executions were longer than choices were left open.';
  switch (stop) {
    case 'classes':
      return 'There were more classes than are remembered.';
    case 'schedules':
      return guarantee === undefined
        ? 'More is tried with --schedules; --strategy exhaustive can prove.'
        : `A bug of depth ${guarantee.depth} was missed with a probability of at most ${chance(guarantee.missBound)}.`;
    default:
      return 'It did not come to its end.';
  }
}

/** A probability in few digits: `0.37`, `2e-9`. */
export function chance(probability: number): string {
  if (probability === 0) return '0';
  return probability >= 0.001
    ? String(Number(probability.toPrecision(3)))
    : probability.toExponential(0);
}

/** Schedules, as many as were tried and how many of them came to nothing new. */
export function tried({ schedules, cut }: SearchResult): string {
  const parts = [plural(schedules, 'schedule')];
  if (cut > 0) parts.push(`${count(cut)} broken off as nothing new`);
  return parts.join(', ');
}

/** Which shards are in, and which are not. */
function whichShards({ count: all, done }: SearchResult['shards']): string {
  const [only = 0] = done;
  if (done.length === 1) return `This is part ${only + 1} of ${all}; --merge puts them together.`;
  const missing = Array.from({ length: all }, (_, index) => index)
    .filter((index) => !done.includes(index))
    .map((index) => `${index + 1}/${all}`);
  return `Missing: ${missing.join(', ')}.`;
}
