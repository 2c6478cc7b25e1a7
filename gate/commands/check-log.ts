/**
 * `lab check-log`: judges the log of any engine, as a stream.
 *
 * The first violation is drawn from a second reading up to its line; standard input comes once
 * only, so there the first overlap is kept while it goes by.
 */
import {
  compilePatterns,
  cutReservation,
  type EventView,
  LogCheck,
  logDocument,
  type LogPattern,
  type LogResult,
  withReservations,
} from '../../sim/index.ts';
import { HoldWindow } from '../evidence/hold-window.ts';
import { type LogSource, openLog, readLog } from '../input/log-source.ts';
import { commandLine } from '../render/command-line.ts';
import { bytes as sizeText, count, rate, share } from '../render/figures.ts';
import { logLines } from '../render/log.ts';
import type { Progress } from '../render/progress.ts';
import {
  type Expectation,
  exitOfReport,
  expectedOf,
  parseExpectation,
} from '../report/expectation.ts';
import { firstPlace } from '../report/first-place.ts';
import type { LogReport, Scene } from '../report/report.ts';
import type { Exit } from '../shell/exit.ts';
import { type Outcome, refuse } from '../shell/outcome.ts';
import type { Shell } from '../shell/shell.ts';

export interface CheckLogOptions {
  readonly patterns: readonly string[];
  readonly expect: string | undefined;
  readonly json: boolean;
}

/** Judges the log at `path`, or standard input for `-`, and prints the outcome. */
export async function checkLogCommand(
  path: string,
  options: CheckLogOptions,
  shell: Shell,
): Promise<Outcome<Exit>> {
  const expectation = parseExpectation(options.expect);
  if (expectation.kind === 'error') return expectation;
  const patterns = compilePatterns(options.patterns);
  if (patterns.kind === 'error') return refuse(patterns.error.code, patterns.error.message);
  const source = await openLog(path, shell);
  if (source.kind === 'error') return source;
  const judged = await judge(source.value, patterns.value, options, shell);
  if (judged.kind === 'error') return judged;
  const report = reportOf(path, options.patterns, judged.value, expectation.value);
  shell.print(
    options.json ? [JSON.stringify(logDocument(report), null, 2)] : logLines(shell.style, report),
  );
  return { kind: 'ok', value: exitOfReport(report) };
}

interface Judged {
  readonly name: string;
  readonly result: LogResult;
  readonly cancelled: boolean;
  readonly progress: number | undefined;
  readonly scene: Scene | undefined;
  readonly tookMs: number;
}

async function judge(
  source: LogSource,
  patterns: readonly LogPattern[],
  options: CheckLogOptions,
  shell: Shell,
): Promise<Outcome<Judged>> {
  const startMs = shell.now();
  const passing = options.json || source.again ? undefined : new HoldWindow(undefined);
  const onEvent = passing && ((event: EventView): void => passing.step(event));
  const check = new LogCheck({ patterns, ...(onEvent && { onEvent }) });
  const read = await readLog(source, {
    interrupt: shell.interrupt,
    take: (chunk, bytes) => {
      shell.progress(() => progressOf(source, bytes, check.events, shell.now() - startMs));
      return check.push(chunk);
    },
  });
  shell.progress(undefined);
  if (read.kind === 'error') return read;
  const cancelled = shell.interrupt.requested;
  const result = check.finish(cancelled);
  const tookMs = shell.now() - startMs;
  const { name, size } = source;
  if (result.problem !== undefined && !cancelled) {
    return refuse(result.problem.code, `${name}: ${result.problem.message}`);
  }
  const progress = size === undefined ? undefined : read.value / Math.max(1, size);
  const scene =
    options.json || cancelled ? undefined : await draw(source, patterns, result, passing, shell);
  return { kind: 'ok', value: { name, result, cancelled, progress, scene, tookMs } };
}

function progressOf(source: LogSource, bytes: number, events: number, ms: number): Progress {
  const done = source.size === undefined ? undefined : bytes / source.size;
  const pace = ms > 0 ? `, ${rate((events * 1_000) / ms)} events/s` : '';
  return { done, detail: `${sizeText(bytes)}, ${count(events)} events${pace}` };
}

/** The scene of the first violation: read again up to its line, or what was kept in passing. */
async function draw(
  source: LogSource,
  patterns: readonly LogPattern[],
  result: LogResult,
  passing: HoldWindow | undefined,
  shell: Shell,
): Promise<Scene | undefined> {
  const place = firstPlace(result.checks, result.pnl?.partedAt);
  if (place === undefined) return undefined;
  if (passing !== undefined) return sceneInPassing(passing, result);
  const again = await openLog(source.name, shell);
  if (again.kind === 'error') return undefined;
  const window = new HoldWindow(place.seq);
  const check = new LogCheck({ patterns, onEvent: (event) => window.step(event) });
  const take = (chunk: Uint8Array): boolean => {
    check.push(chunk);
    return !window.done;
  };
  await readLog(again.value, { interrupt: shell.interrupt, take });
  const picture = window.picture();
  return picture && { check: place.check, picture, marks: place.marks };
}

function sceneInPassing(passing: HoldWindow, result: LogResult): Scene | undefined {
  const exclusion = result.checks.find((check) => check.id === 'lock.exclusion');
  const picture = passing.picture();
  if (exclusion?.verdict !== 'violated' || picture === undefined) return undefined;
  const marks = exclusion.evidence[0]?.at ?? [];
  return { check: 'lock.exclusion', picture, marks };
}

function reportOf(
  path: string,
  patterns: readonly string[],
  judged: Judged,
  expectation: Expectation | undefined,
): LogReport {
  const { result, cancelled, progress } = judged;
  const far = progress === undefined ? sizeText(result.bytes) : share(progress);
  const reservations = cancelled ? [cutReservation(far)] : [];
  const verdict = withReservations(result.verdict, reservations);
  const words = patterns.flatMap((pattern) => ['--pattern', pattern]);
  return {
    ...judged,
    verdict,
    reservations,
    expected: expectedOf(expectation, verdict, result.checks),
    again: commandLine(['check-log', path, ...words]),
  };
}
