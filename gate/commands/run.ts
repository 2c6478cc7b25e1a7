/**
 * `lab run`: runs a scenario, judges it, and says how to see it again.
 *
 * Everything is computed while the run goes by: the trace is written and let go, never kept, so a
 * day of ticks takes the memory of a minute.
 */
import {
  encodeSchedule,
  formatLink,
  isLockLink,
  promisedDigest,
  ReplayRun,
  Run,
  runDocument,
  runReservations,
  type RunResult,
  type Schedule,
  withReservations,
} from '../../sim/index.ts';
import { storyDocument } from '../documents/explore.ts';
import { findScenario, type NamedScenario } from '../input/scenario.ts';
import { type RunFiles, openRunFiles } from '../output/run-files.ts';
import { commandLine } from '../render/command-line.ts';
import { runLines } from '../render/run.ts';
import { execute, type Execution, type MakeRun } from '../report/execute.ts';
import {
  type Expectation,
  exitOfReport,
  expectedOf,
  parseExpectation,
} from '../report/expectation.ts';
import { playgroundUrl } from '../report/playground.ts';
import type { RunReport, Scene } from '../report/report.ts';
import { sceneOf } from '../report/scene.ts';
import { storyOf } from '../report/story.ts';
import type { Exit } from '../shell/exit.ts';
import { type Outcome, refuse } from '../shell/outcome.ts';
import type { Shell } from '../shell/shell.ts';
import { findSubject } from '../subjects/source.ts';
import { superviseReplay } from '../subjects/supervise.ts';

export interface RunOptions {
  readonly seed: number | undefined;
  readonly out: string | undefined;
  readonly expect: string | undefined;
  readonly json: boolean;
}

/** Runs what `source` stands for and prints the outcome. */
export async function runCommand(
  source: string,
  options: RunOptions,
  shell: Shell,
): Promise<Outcome<Exit>> {
  const expectation = parseExpectation(options.expect);
  if (expectation.kind === 'error') return expectation;
  const base = playgroundUrl(shell.env);
  if (base.kind === 'error') return base;
  if (isLockLink(source)) return runLock(source, options, expectation.value, shell);
  const found = await findScenario(source);
  if (found.kind === 'error') return found;
  const reseeded = seeded(found.value, options.seed);
  if (reseeded.kind === 'error') return reseeded;
  const named = reseeded.value;
  const files = options.out === undefined ? undefined : openRunFiles(options.out, named.scenario);
  if (files?.kind === 'error') return files;
  const makeRun = makerOf(named);
  const execution = await execute(makeRun, files?.value ?? {}, shell);
  const misfit = misfitOf(execution);
  if (misfit !== undefined) return misfit;
  const looks = !options.json && !execution.cancelled;
  const scene = looks ? await sceneOf(execution.result, makeRun, shell) : undefined;
  const report = reportOf(named, execution, {
    scene,
    expectation: expectation.value,
    base: base.value,
    seed: options.seed,
    files: files?.value,
  });
  const document = runDocument(report);
  const written = files?.value.finish(execution.result, JSON.stringify(document, null, 2));
  if (written?.kind === 'error') return written;
  const story = report.story === undefined ? null : storyDocument(report.story);
  const told = { ...document, story, files: report.files ?? null, tookMs: report.tookMs };
  shell.print(options.json ? [JSON.stringify(told, null, 2)] : runLines(shell.style, report));
  return { kind: 'ok', value: exitOfReport(report) };
}

/** Replays the lock of a link under the schedule that the link carries, or the default one. */
async function runLock(
  name: string,
  { seed, out, json }: RunOptions,
  expectation: Expectation | undefined,
  shell: Shell,
): Promise<Outcome<Exit>> {
  if (seed !== undefined || out !== undefined) {
    return refuse('usage', 'expected neither --seed nor --out with the link of a lock');
  }
  const source = findSubject({ kind: 'subject', name });
  if (source.kind === 'error') return source;
  return superviseReplay({ source: source.value, expectation, json }, shell);
}

function seeded(named: NamedScenario, seed: number | undefined): Outcome<NamedScenario> {
  if (seed === undefined || seed === named.scenario.seed) return { kind: 'ok', value: named };
  if (named.schedule !== undefined) {
    const message = 'expected either --seed or a link with a schedule (&p=), which is of one seed';
    return refuse('usage', message);
  }
  // Another seed is another run: what the link promised of its own says nothing about it.
  const scenario = { ...named.scenario, seed };
  return { kind: 'ok', value: { ...named, scenario, digest: undefined } };
}

/** Makes the run that a name or a link stands for: the default one, or a replay. */
function makerOf({ scenario, schedule }: NamedScenario): MakeRun {
  return (readers) =>
    schedule === undefined
      ? new Run(scenario, { keepTrace: false, readers })
      : new ReplayRun(scenario, schedule, { keepTrace: false, readers });
}

/** Refuses a schedule that is not one of its scenario's; a cancelled run does not tell. */
function misfitOf({ run, cancelled }: Execution): Outcome<never> | undefined {
  if (cancelled || !(run instanceof ReplayRun)) return undefined;
  const fit = run.fit();
  return fit.kind === 'error' ? refuse(fit.error.code, fit.error.message) : undefined;
}

interface Setting {
  readonly scene: Scene | undefined;
  readonly expectation: Expectation | undefined;
  readonly base: string;
  readonly seed: number | undefined;
  readonly files: RunFiles | undefined;
}

function reportOf(named: NamedScenario, execution: Execution, setting: Setting): RunReport {
  const { result, cancelled, progress, tookMs } = execution;
  const { scene, files, seed } = setting;
  const promised = promisedDigest(named.digest, result);
  const reservations = runReservations(result, execution, promised);
  const verdict = withReservations(result.verdict, reservations);
  const seedWords = seed === undefined ? [] : ['--seed', String(seed)];
  return {
    result,
    verdict,
    name: named.name,
    shows: named.shows,
    cancelled,
    progress,
    reservations,
    scene,
    expected: expectedOf(setting.expectation, verdict, result.checks),
    again: commandLine(['run', named.source, ...seedWords]),
    url: linkOf(result, named.schedule, setting.base),
    promised,
    schedule: named.schedule,
    story: cancelled ? undefined : storyOf(named, result),
    files: files && { directory: files.directory, names: files.names },
    tookMs,
  };
}

/** The link of what ran, with its digest where there is one to hold a repetition to. */
function linkOf(result: RunResult, schedule: Schedule | undefined, base: string): string {
  const digest = result.complete ? result.digest : undefined;
  return formatLink(base, {
    scenario: result.scenario,
    schedule: schedule && encodeSchedule(schedule),
    digest,
  });
}
