/**
 * What a whole run of the loop comes to, from how its stages ended.
 *
 * The gate passes if every stage that the task asks for passed and both reviews did. The worst
 * counts: an error of our own, then a failure, then a cancellation, then a death. Without its
 * reviews a run is never more than a mechanical pass, which is inconclusive. A stage that is asked
 * for and was not run is a death, unless reviews were left out on purpose.
 */
import type { Verdict } from '../../../sim/index.ts';
import { Exit } from '../../shell/exit.ts';
import type { Task } from '../task/schema.ts';
import { isAsked, type ReviewName, STAGE_NAMES, type StageEnd, type StageName } from './stage.ts';

export const OUTCOME_KINDS = [
  'PASS',
  'MECHANICAL-PASS',
  'FAIL',
  'DIE',
  'CANCELLED',
  'CRASH',
] as const;

export interface GateOutcome {
  readonly kind: (typeof OUTCOME_KINDS)[number];
  readonly verdict: Verdict;
  readonly exit: Exit;
  /** Why it is no pass, each with its stage. */
  readonly reasons: readonly string[];
}

export const REVIEWS: readonly ReviewName[] = ['logic-review', 'context-review'];

export type StageEnds = ReadonlyMap<StageName, StageEnd>;

/** The outcome; `ends` has every stage that has ended so far. */
export function outcomeOf(task: Task, ends: StageEnds, withoutReview: boolean): GateOutcome {
  const counted = STAGE_NAMES.filter((stage) => isAsked(task, stage) && counts(task, stage, ends));
  const reasons = (kind: StageEnd['kind'], stages: readonly StageName[] = counted): string[] =>
    stages.flatMap((stage) => {
      const end = ends.get(stage);
      if (end?.kind !== kind) return [];
      const what = kind === 'not-run' ? 'not run, ' : '';
      return [`${stage.toUpperCase()}: ${what}${end.reason}`];
    });
  const crashed = reasons('crash');
  if (crashed.length > 0) return not('CRASH', 'inconclusive', Exit.internal, crashed);
  const broken = reasons('fail');
  if (broken.length > 0) return not('FAIL', 'violated', Exit.violated, broken);
  if (reasons('cancelled').length > 0) {
    return not('CANCELLED', 'inconclusive', Exit.inconclusive, ['before the end']);
  }
  const needed = counted.filter(
    (stage) => !isReview(stage) || !(withoutReview || task.stages[stage]?.required === false),
  );
  const dead = [...reasons('die', needed), ...reasons('not-run', needed)];
  if (dead.length > 0) return not('DIE', 'inconclusive', Exit.inconclusive, dead);
  const reviewed = REVIEWS.every((review) => ends.get(review)?.kind === 'pass');
  return reviewed
    ? { kind: 'PASS', verdict: 'passed', exit: Exit.passed, reasons: [] }
    : not('MECHANICAL-PASS', 'inconclusive', Exit.passed, ['the reviews were not run']);
}

export function isReview(stage: StageName): stage is ReviewName {
  return stage === 'logic-review' || stage === 'context-review';
}

/** A registration that nobody requires fails nothing. */
function counts(task: Task, stage: StageName, ends: StageEnds): boolean {
  if (stage !== 'registration') return true;
  return task.stages.registration?.required === true || ends.get(stage)?.kind === 'crash';
}

function not(
  kind: GateOutcome['kind'],
  verdict: Verdict,
  exit: Exit,
  reasons: readonly string[],
): GateOutcome {
  return { kind, verdict, exit, reasons };
}
