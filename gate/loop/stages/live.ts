/**
 * LIVE: a scenario in real time, through the bridge to the reference gateway.
 *
 * What such a run measures belongs to this machine and this moment, so the figures stand apart from
 * the verdict.
 */
import { liveDocumentSchema, readDocument } from '../process/documents.ts';
import { again } from '../process/tools.ts';
import { deadlineOf, type LoopContext } from '../run/context.ts';
import { died, failed, passed, type StageEnd } from '../run/stage.ts';
import { runPatiently, saysUnavailable } from './waiting.ts';

export async function live(context: LoopContext): Promise<StageEnd> {
  const wanted = context.found.task.stages.live;
  if (wanted === undefined) return failed('expected a task that asks for this stage');
  const { scenario } = wanted;
  const words = ['live', scenario, '--json'];
  const answered = await runPatiently(context, {
    stage: 'live',
    what: `live ${scenario}`,
    words: context.tools.lab(words),
    deadlineMs: deadlineOf(context, wanted.deadlineSeconds),
    logName: 'live/result.json',
    env: {},
    lacked: saysUnavailable,
  });
  if (answered.kind !== 'answered') return answered;
  const document = readDocument(liveDocumentSchema, answered.finished.out);
  if (document.kind === 'error') return failed(`live ${scenario}: ${document.error}`);
  const { verdict, checks } = document.value;
  context.facts.live = {
    scenario,
    verdict,
    checks: checks.map(({ id, verdict: each, required, examined, count }) => ({
      ...{ id, verdict: each, required, examined, count },
    })),
    again: again(['live', scenario]),
  };
  for (const { id, measured } of checks.filter((each) => each.id.startsWith('run.'))) {
    const value = JSON.stringify(measured);
    context.facts.measured.push({ what: `live ${scenario} ${id}`, value });
  }
  if (verdict === 'violated' || answered.finished.status === 1) {
    const violated = checks.filter((check) => check.verdict === 'violated').map(({ id }) => id);
    return failed(`live ${scenario} violates ${violated.join(', ') || 'what it should keep'}`);
  }
  if (verdict !== 'passed') return died(`live ${scenario} is inconclusive`);
  return passed(`${scenario} through the bridge, ${checks.length} checks`);
}
