/**
 * STRESS: the command line runs every scenario of the task and is held to what the task expects.
 *
 * One of them leaves its log as STRESS_TEST.log. That log is counted as `grep` counts it, and read
 * back by `check-log`, which must find the same lock verdicts in it. A scenario with a defect must
 * be violated: a gate that cannot fail proves nothing.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { plural } from '../../render/figures.ts';
import { again } from '../process/tools.ts';
import {
  logDocumentSchema,
  readDocument,
  type RunDocument,
  runDocumentSchema,
} from '../process/documents.ts';
import type { RunFacts } from '../report/schema.ts';
import { deadlineOf, fileNameOf, type LoopContext, runTool } from '../run/context.ts';
import { failed, passed, type StageEnd } from '../run/stage.ts';
import type { StressRun } from '../task/schema.ts';
import { troubleOf } from './endings.ts';
import { thresholdRows } from './thresholds.ts';

const LOG = 'STRESS_TEST.log';
/** What the reference's own verifier looks for: the first two in pairs, the others not at all. */
const FORBIDDEN = ['ERROR', 'CRITICAL', 'RACE_CONDITION', 'EFSM'] as const;
const LOCK_CHECKS = ['lock.pairing', 'lock.exclusion', 'lock.ownership'] as const;
/** Rows that the loop judges itself. */
const OWN_ROWS: readonly string[] = ['A8', 'A9', 'A10'];

export async function stress(context: LoopContext): Promise<StageEnd> {
  const wanted = context.found.task.stages.stress;
  if (wanted === undefined) return failed('expected a task that asks for this stage');
  const deadlineMs = deadlineOf(context, wanted.deadlineSeconds);
  const runs: RunFacts[] = [];
  context.facts.stress = { main: wanted.log, runs, logCounts: null };
  const wrong: string[] = [];
  for (const [at, run] of wanted.scenarios.entries()) {
    const isMain = run.scenario === wanted.log && run.expect === 'passed';
    const end = await stressOne(context, run, { at, isMain, deadlineMs, runs });
    // One scenario that is wrong says nothing of the others; one that could not be run stops them.
    if (end?.kind === 'fail') wrong.push(end.reason);
    else if (end !== undefined) return wrong.length === 0 ? end : failed(wrong.join('; '));
  }
  if (wrong.length > 0) return failed(wrong.join('; '));
  const main = context.facts.mainRun;
  const counts = context.facts.stress.logCounts;
  return passed(
    `${plural(runs.length, 'scenario')} as expected, ` +
      `${counts?.['ZMQ_LOCK_ACQUIRE']} + ${counts?.['ZMQ_LOCK_RELEASE']} lock events, ` +
      `digest ${main?.digest.slice(0, 16)}`,
  );
}

interface Place {
  readonly at: number;
  readonly isMain: boolean;
  readonly deadlineMs: number;
  readonly runs: RunFacts[];
}

/** Runs one scenario; undefined if all is as expected. */
async function stressOne(
  context: LoopContext,
  run: StressRun,
  place: Place,
): Promise<StageEnd | undefined> {
  const { scenario, expect } = run;
  const name = fileNameOf(place.at, scenario);
  const directory = join(context.work, 'stress', name);
  const words = ['run', scenario, '--json', '--out', directory, '--expect', expect];
  const tool = context.tools.lab(words);
  const startMs = context.clock.now();
  const finished = await runTool(context, tool, place.deadlineMs, undefined);
  const trouble = troubleOf(`${scenario}, expected ${expect}`, finished, [0]);
  const document = readDocument(runDocumentSchema, finished.out);
  if (document.kind === 'error') return trouble ?? failed(`${scenario}: ${document.error}`);
  // Whoever was ended has not said all, whatever it printed.
  if (finished.kind !== 'exited') return trouble;
  const facts = factsOf(run, document.value, finished.status);
  place.runs.push(facts);
  const tookS = (context.clock.now() - startMs) / 1_000;
  const speed = `${tookS.toFixed(2)} s with its process, ${document.value.ticks} ticks`;
  context.facts.measured.push({ what: `run ${scenario}`, value: speed });
  context.evidence.set(`evidence/stress/${name}.json`, evidenceOf(finished.out, context));
  // A run that is not as expected leaves its log and its figures too: they say why.
  const logged = place.isMain
    ? await mainLog(context, document.value, directory, place)
    : undefined;
  if (trouble?.kind === 'die') return trouble;
  return facts.met ? logged : failed(`${scenario}: ${whyMissed(facts)}`);
}

function whyMissed(facts: RunFacts): string {
  const missed = facts.thresholds
    .filter(({ met }) => !met)
    .map((row) => `${row.name} ${row.measured}, target ${row.target}`);
  if (missed.length > 0) return missed.join(', ');
  const violated = facts.checks.filter(({ verdict }) => verdict === 'violated').map(({ id }) => id);
  const what = violated.length === 0 ? facts.verdict : `${facts.verdict}: ${violated.join(', ')}`;
  return `expected ${facts.expected}, got ${what}`;
}

/** Whether it was as expected is what the command's own status says, and its document too. */
function factsOf(run: StressRun, document: RunDocument, status: number | undefined): RunFacts {
  const thresholds = thresholdRows(run.thresholds, document);
  const asExpected = document.verdict === (run.expect === 'passed' ? 'passed' : 'violated');
  const { lock, pnl } = document;
  return {
    scenario: run.scenario,
    expected: run.expect,
    met: status === 0 && asExpected && document.complete && thresholds.every(({ met }) => met),
    verdict: document.verdict,
    digest: document.digest,
    ticks: document.ticks,
    trades: document.trades,
    checks: document.checks.map(({ id, verdict, required, examined, count }) => ({
      ...{ id, verdict, required, examined, count },
    })),
    thresholds,
    lock,
    pnl: {
      perSymbol: pnl.symbols.map(({ name, ...figures }) => ({ symbol: name, ...figures })),
      ledgerTotal: pnl.ledgerTotal,
      aggregatorTotal: pnl.aggregatorTotal,
      difference: pnl.difference,
    },
    again: again(['run', run.scenario]),
    link: document.url,
  };
}

/** Archives the log of the scenario that the task names, and judges it as a log. */
async function mainLog(
  context: LoopContext,
  document: RunDocument,
  directory: string,
  place: Place,
): Promise<StageEnd | undefined> {
  const path = join(directory, 'run.log');
  const log = await readFile(path, 'utf8').catch(() => undefined);
  if (log === undefined) return failed(`expected the run to leave its log, got none`);
  context.evidence.set(LOG, log);
  const trace = await readFile(join(directory, 'trace.pftrace')).catch(() => undefined);
  if (trace !== undefined) context.evidence.set('evidence/stress/trace.pftrace', trace);
  const scenario = context.found.task.stages.stress?.log ?? '';
  context.facts.mainRun = {
    rows: document.acceptance.filter(({ id }) => !OWN_ROWS.includes(id)),
    again: again(['run', scenario]),
    link: document.url,
    digest: document.digest,
    scenario: document.scenario,
    log,
  };
  const words = ['ZMQ_LOCK_ACQUIRE', 'ZMQ_LOCK_RELEASE', ...FORBIDDEN];
  const counts = Object.fromEntries(words.map((word) => [word, linesWith(log, word)]));
  context.facts.stress = { main: scenario, runs: place.runs, logCounts: counts };
  const { acquires } = document.lock;
  if (counts['ZMQ_LOCK_ACQUIRE'] !== acquires || counts['ZMQ_LOCK_RELEASE'] !== acquires) {
    return failed(`the log has not the ${acquires} acquisitions and releases of its run`);
  }
  const forbidden = FORBIDDEN.filter((word) => (counts[word] ?? 0) > 0);
  if (forbidden.length > 0) return failed(`the log says ${forbidden.join(' and ')}`);
  return readBack(context, path, place.deadlineMs);
}

async function readBack(
  context: LoopContext,
  path: string,
  deadlineMs: number,
): Promise<StageEnd | undefined> {
  const tool = context.tools.lab(['check-log', path, '--json']);
  const finished = await runTool(context, tool, deadlineMs, 'stress/check-log.json');
  const trouble = troubleOf('check-log of the stress log', finished, [0]);
  if (trouble !== undefined) return trouble;
  const document = readDocument(logDocumentSchema, finished.out);
  if (document.kind === 'error') return failed(`check-log: ${document.error}`);
  const { checks } = document.value;
  const wrong = LOCK_CHECKS.filter(
    (id) => checks.find((check) => check.id === id)?.verdict !== 'passed',
  );
  return wrong.length === 0
    ? undefined
    : failed(`the log does not show what the run did: ${wrong.join(', ')}`);
}

/** As `grep -c` counts. */
function linesWith(log: string, word: string): number {
  return log.split('\n').filter((line) => line.includes(word)).length;
}

/** The run's document without the rows that only the loop can judge, and without durations. */
function evidenceOf(out: string, context: LoopContext): string {
  const document = JSON.parse(out) as Record<string, unknown>;
  const { acceptance, files: _files, tookMs: _tookMs, ...rest } = document;
  const rows = (acceptance as { id: string }[]).filter(({ id }) => !OWN_ROWS.includes(id));
  return `${context.guard.foreign(JSON.stringify({ ...rest, acceptance: rows }, null, 2))}\n`;
}
