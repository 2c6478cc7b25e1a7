/**
 * `lab run`: runs a scenario, judges it, and says how to see it again.
 *
 * Everything is computed while the run goes by: the trace is written and let go, never kept, so a
 * day of ticks takes the memory of a minute.
 */
import { formatLink, type RunResult, type Verdict } from '../../sim/index.ts';
import { runDocument } from '../documents/run.ts';
import { findScenario, type NamedScenario } from '../input/scenario.ts';
import { type RunFiles, openRunFiles } from '../output/run-files.ts';
import { commandLine } from '../render/command-line.ts';
import { duration, share } from '../render/figures.ts';
import { runLines } from '../render/run.ts';
import { execute, type Execution } from '../report/execute.ts';
import {
  type Expectation,
  exitOfReport,
  expectedOf,
  parseExpectation,
} from '../report/expectation.ts';
import { playgroundUrl } from '../report/playground.ts';
import type { RunReport, Scene } from '../report/report.ts';
import { sceneOf } from '../report/scene.ts';
import type { Exit } from '../shell/exit.ts';
import type { Outcome } from '../shell/outcome.ts';
import type { Shell } from '../shell/shell.ts';

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
  const found = await findScenario(source);
  if (found.kind === 'error') return found;
  const named = seeded(found.value, options.seed);
  const files = options.out === undefined ? undefined : openRunFiles(options.out, named.scenario);
  if (files?.kind === 'error') return files;
  const execution = await execute(named.scenario, files?.value ?? {}, shell);
  const scene =
    options.json || execution.cancelled ? undefined : await sceneOf(execution.result, shell);
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
  const told = { ...document, files: report.files ?? null, tookMs: report.tookMs };
  shell.print(options.json ? [JSON.stringify(told, null, 2)] : runLines(shell.style, report));
  return { kind: 'ok', value: exitOfReport(report) };
}

function seeded(named: NamedScenario, seed: number | undefined): NamedScenario {
  if (seed === undefined || seed === named.scenario.seed) return named;
  // Another seed is another run: what the link promised of its own says nothing about it.
  return { ...named, scenario: { ...named.scenario, seed }, digest: undefined };
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
  const promised = promiseOf(named, result);
  const reservations = reservationsOf(execution, promised);
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
    url: linkOf(result, setting.base),
    promised,
    files: files && { directory: files.directory, names: files.names },
    tookMs,
  };
}

function promiseOf(named: NamedScenario, result: RunResult): RunReport['promised'] {
  const { digest } = named;
  if (digest === undefined || !result.complete) return undefined;
  return { digest, kept: result.digest.startsWith(digest) };
}

function reservationsOf(execution: Execution, promised: RunReport['promised']): string[] {
  const { result, cancelled, progress } = execution;
  const reservations: string[] = [];
  if (cancelled) reservations.push(`Cancelled: only the first ${share(progress)} were judged.`);
  else if (!result.complete) {
    reservations.push(`The run was cut short at ${duration(result.elapsedUs)} of virtual time.`);
  }
  if (promised?.kept === false) {
    reservations.push(
      `The digest is not the one of the link (${promised.digest}), so this is another run than the ` +
        'one that was shared: the link was changed, or made by another version.',
    );
  }
  return reservations;
}

/** What was cut short or is another run is not passed; a violation stays one. */
function withReservations(verdict: Verdict, reservations: readonly string[]): Verdict {
  return verdict === 'passed' && reservations.length > 0 ? 'inconclusive' : verdict;
}

/** The link of what ran, with its digest where there is one to hold a repetition to. */
function linkOf(result: RunResult, base: string): string {
  const digest = result.complete ? result.digest : undefined;
  return formatLink(base, { scenario: result.scenario, digest });
}
