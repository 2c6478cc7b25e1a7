/**
 * LIVE: a scenario in real time, through the bridge to the reference gateway.
 *
 * What such a run measures belongs to this machine and this moment, so the figures stand apart from
 * the verdict.
 */
import { readFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { plural } from '../../render/figures.ts';
import { liveDocumentSchema, readDocument } from '../process/documents.ts';
import { again } from '../process/tools.ts';
import { deadlineOf, type LoopContext } from '../run/context.ts';
import { died, failed, passed, type StageEnd } from '../run/stage.ts';
import { runPatiently, saysUnavailable } from './waiting.ts';

export async function live(context: LoopContext): Promise<StageEnd> {
  const wanted = context.found.task.stages.live;
  if (wanted === undefined) return failed('expected a task that asks for this stage');
  const { scenario } = wanted;
  const directory = join(context.work, 'live');
  const words = ['live', scenario, '--bridge', '--json', '--out', directory];
  const load = `${loadavg()[0]?.toFixed(1)} on ${plural(availableParallelism(), 'processor')}`;
  context.facts.measured.push({ what: 'load before the live session', value: load });
  const answered = await runPatiently(context, {
    stage: 'live',
    what: `live ${scenario}`,
    words: context.tools.lab(words),
    deadlineMs: deadlineOf(context, wanted.deadlineSeconds),
    logName: 'logs/live.log',
    env: {},
    lacked: saysUnavailable,
  });
  if (answered.kind !== 'answered') return answered;
  const document = readDocument(liveDocumentSchema, answered.finished.out);
  if (document.kind === 'error') return failed(`live ${scenario}: ${document.error}`);
  context.evidence.set('evidence/live/result.json', answered.finished.out);
  const log = await readFile(join(directory, 'run.log'), 'utf8').catch(() => undefined);
  if (log !== undefined) context.evidence.set('evidence/live/run.log', log);
  const { verdict, checks, trades, lock } = document.value;
  context.facts.live = {
    scenario,
    verdict,
    checks: checks.map(({ id, verdict: each, required }) => ({ id, verdict: each, required })),
    again: again(['live', scenario, '--bridge']),
  };
  const holds = `${lock.acquires} + ${lock.releases}, ${plural(lock.maxHolders, 'holder')} at most`;
  const counted = { what: `live ${scenario}`, value: `${plural(trades, 'trade')}, ${holds}` };
  context.facts.measured.push(counted);
  for (const { id, measured } of checks.filter((each) => each.id.startsWith('run.'))) {
    const value = JSON.stringify(measured);
    context.facts.measured.push({ what: `live ${scenario} ${id}`, value });
  }
  if (verdict === 'violated' || answered.finished.status === 1) {
    const violated = checks.filter((check) => check.verdict === 'violated').map(({ id }) => id);
    const what = violated.join(', ') || 'what it should keep';
    // The wall clock judges these, so what else the machine was doing belongs to the reason.
    const isTime = violated.some((id) => id.startsWith('run.'));
    return failed(`live ${scenario} violates ${what}${isTime ? `; the load was ${load}` : ''}`);
  }
  if (verdict !== 'passed') return died(`live ${scenario} is inconclusive`);
  if (trades === 0) return failed(`live ${scenario} passed, and traded nothing`);
  return passed(
    `${scenario} through the bridge to the reference gateway, ${plural(checks.length, 'check')}`,
  );
}
