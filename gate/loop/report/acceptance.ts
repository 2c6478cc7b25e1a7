/**
 * The acceptance table A1 to A10: the first seven as the archived run was judged, the last three by
 * the loop itself.
 */
import type { AcceptanceRowFacts } from './schema.ts';
import type { Facts, LoopContext } from '../run/context.ts';
import type { GateOutcome, StageEnds } from '../run/outcome.ts';
import { REVIEWS } from '../run/outcome.ts';
import { again } from '../process/tools.ts';

/** What the rows of the run are called where there is no run to judge them by. */
const RUN_ROWS = [
  ['A1', 'concurrency'],
  ['A2', 'zero races'],
  ['A3', 'PnL total'],
  ['A4', 'throughput'],
  ['A5', 'latency'],
  ['A6', 'isolation'],
  ['A7', 'risk limits'],
] as const;

/** The rows; `files` is how many the archive has. */
export function acceptanceRows(
  context: LoopContext,
  ends: StageEnds,
  outcome: GateOutcome,
  files: number,
): AcceptanceRowFacts[] {
  const { task } = context.found.task;
  const loop = `bash scripts/dev_loop.sh --task ${task}`;
  const verify = again(['gate', 'verify', `docs/archive/tasks/TASK_${task}`]);
  const logged = context.evidence.has('STRESS_TEST.log');
  return [
    ...runRows(context.facts),
    {
      ...own('A8', 'governance', 'every stage asked for passes', loop),
      measured: outcome.kind,
      verdict: outcome.verdict,
    },
    { ...own('A9', 'dual review', 'both pass', loop), ...dualReview(ends) },
    {
      ...own('A10', 'archive', 'log, report, evidence', verify),
      measured: `${files} files${logged ? '' : ', no stress log'}`,
      verdict: logged ? 'passed' : 'inconclusive',
    },
  ];
}

function own(id: string, criterion: string, target: string, command: string) {
  return { id, criterion, target, again: command, link: null };
}

function runRows({ mainRun }: Facts): AcceptanceRowFacts[] {
  if (mainRun === undefined) {
    const command = again(['run', 'reference']);
    return RUN_ROWS.map(([id, criterion]) => ({
      ...own(id, criterion, '', command),
      measured: 'the stress stage left no run',
      verdict: 'not-run',
    }));
  }
  const { rows, again: command, link } = mainRun;
  return rows.map((row) => ({ ...row, again: command, link }));
}

function dualReview(ends: StageEnds): Pick<AcceptanceRowFacts, 'measured' | 'verdict'> {
  const kinds = REVIEWS.map((review) => ends.get(review)?.kind ?? 'not-run');
  const measured = REVIEWS.map(
    (review, at) => `${review.replace('-review', '')} ${kinds[at]?.replace('-', ' ')}`,
  );
  const verdict = kinds.includes('fail')
    ? 'violated'
    : kinds.every((kind) => kind === 'pass')
      ? 'passed'
      : kinds.every((kind) => kind === 'not-run')
        ? 'not-run'
        : 'inconclusive';
  return { measured: measured.join(', '), verdict };
}
