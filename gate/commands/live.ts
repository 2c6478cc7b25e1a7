/**
 * `lab live`: the engine in real time over a real socket, judged like any run.
 *
 * Without an endpoint it starts the reference gateway itself. Invariants: no order reaches
 * another's gateway without --allow-trade, and none while the scenario has a known defect; Ctrl-C
 * ends the run within a second and what was recorded by then is judged.
 */
import { join } from 'node:path';
import {
  JournalError,
  LiveSession,
  parseUpstream,
  SERVER_KEY_VARIABLE,
  type SessionResult,
  type Upstream,
} from '../../bridge/index.ts';
import { cutReservation, formatLink, wholePercent, withReservations } from '../../sim/index.ts';
import { findScenario } from '../input/scenario.ts';
import { liveDocument } from '../live/document.ts';
import { IntervalFold } from '../live/intervals.ts';
import { KeptTrace } from '../live/kept-trace.ts';
import { liveLines } from '../live/page.ts';
import type { LiveReport } from '../live/report.ts';
import { type LiveScenario, liveScenario } from '../live/scenario.ts';
import { openRunFiles, type RunFiles } from '../output/run-files.ts';
import { commandLine } from '../render/command-line.ts';
import { duration } from '../render/figures.ts';
import {
  type Expectation,
  exitOfReport,
  expectedOf,
  parseExpectation,
} from '../report/expectation.ts';
import { playgroundUrl } from '../report/playground.ts';
import { Exit } from '../shell/exit.ts';
import { type Outcome, refuse } from '../shell/outcome.ts';
import type { Shell } from '../shell/shell.ts';

export interface LiveOptions {
  readonly endpoint: string | undefined;
  /** Whether the reference gateway is reached through a bridge. */
  readonly bridge: boolean;
  /** Where that gateway publishes its prices. */
  readonly ticks: string | undefined;
  readonly symbols: readonly string[] | undefined;
  readonly seconds: number | undefined;
  readonly lock: string | undefined;
  readonly seed: number | undefined;
  readonly allowTrade: boolean;
  readonly state: string | undefined;
  readonly out: string | undefined;
  readonly expect: string | undefined;
  readonly json: boolean;
  /** The words of the command line after `live`, to give it again. */
  readonly words: readonly string[];
}

const PROGRESS_MS = 100;

/** Runs what `source` stands for over a real socket and prints the outcome. */
export async function liveCommand(
  source: string,
  options: LiveOptions,
  shell: Shell,
): Promise<Outcome<Exit>> {
  const expectation = parseExpectation(options.expect);
  if (expectation.kind === 'error') return expectation;
  const base = playgroundUrl(shell.env);
  if (base.kind === 'error') return base;
  const upstreams = upstreamsOf(options, shell);
  if (upstreams.kind === 'error') return upstreams;
  const found = await findScenario(source);
  if (found.kind === 'error') return found;
  const foreign = upstreams.value.requests !== undefined;
  const wishes = { ...options, foreign, nowMs: Date.now() };
  const live = liveScenario(found.value.scenario, wishes);
  if (live.kind === 'error') return live;
  for (const note of live.value.notes) shell.note(`lab: ${note}`);
  if (options.allowTrade && !live.value.trades) {
    shell.note(`lab: orders are refused, because ${live.value.why.join(', ')}`);
  }
  const { scenario } = live.value;
  const files = options.out === undefined ? undefined : openRunFiles(options.out, scenario);
  if (files?.kind === 'error') return files;
  const recorded = await record(live.value, upstreams.value, options, files?.value, shell);
  if (recorded.kind === 'error') return recorded;
  const { name, shows } = found.value;
  return tell(
    reportOf({ name, shows }, live.value, recorded.value, {
      ...{ options, expectation: expectation.value, base: base.value, files: files?.value },
    }),
    options,
    files?.value,
    shell,
  );
}

function tell(
  report: LiveReport,
  { json }: LiveOptions,
  files: RunFiles | undefined,
  shell: Shell,
): Outcome<Exit> {
  const document = liveDocument(report);
  const written = files?.finish(report.result, JSON.stringify(document, null, 2));
  if (written?.kind === 'error') return written;
  const told = { ...document, files: report.files ?? null, tookMs: report.tookMs };
  shell.print(json ? [JSON.stringify(told, null, 2)] : liveLines(shell.style, report));
  return { kind: 'ok', value: exitOfReport(report) };
}

interface Upstreams {
  readonly requests: Upstream | undefined;
  readonly ticks: Upstream | undefined;
}

function upstreamsOf({ endpoint, ticks }: LiveOptions, shell: Shell): Outcome<Upstreams> {
  const serverKey = shell.env[SERVER_KEY_VARIABLE];
  if (endpoint === undefined && ticks !== undefined) {
    return refuse('usage', 'expected --endpoint with --ticks: the gateway of ours has its own');
  }
  const requests = endpoint === undefined ? undefined : parseUpstream(endpoint, serverKey);
  if (requests?.kind === 'error') return refuse(requests.error.code, requests.error.message);
  const prices = ticks === undefined ? undefined : parseUpstream(ticks, serverKey);
  if (prices?.kind === 'error') return refuse(prices.error.code, prices.error.message);
  return { kind: 'ok', value: { requests: requests?.value, ticks: prices?.value } };
}

interface Recorded extends SessionResult {
  readonly session: LiveSession;
  readonly cancelled: boolean;
  readonly progress: number;
  readonly tookMs: number;
  readonly intervals: IntervalFold;
  readonly trace: KeptTrace;
}

async function record(
  { scenario, trades }: LiveScenario,
  { requests, ticks }: Upstreams,
  options: LiveOptions,
  files: RunFiles | undefined,
  shell: Shell,
): Promise<Outcome<Recorded>> {
  const intervals = new IntervalFold(scenario);
  const trace = new KeptTrace();
  const aborted = new AbortController();
  shell.interrupt.onRequest(() => aborted.abort());
  const keeps = requests !== undefined && trades;
  const stateDirectory = keeps ? (options.state ?? stateOf(requests.address)) : undefined;
  let session: LiveSession | undefined = undefined;
  // Tasks get their names as they start, which is before the first stretch of the trace is read.
  const nameTasks = (): void => {
    if (session !== undefined) files?.nameTasks(session.taskNames);
  };
  const opened = await LiveSession.open({
    ...{ scenario, upstream: requests, ticks, stateDirectory, signal: aborted.signal },
    bridge: options.bridge,
    readers: [nameTasks, intervals.read, trace.read, ...(files?.readers ?? [])],
  });
  if (opened.kind === 'error') {
    const { code, message } = opened.error;
    return refuse(code, message, code === 'unavailable' ? Exit.inconclusive : Exit.usage);
  }
  session = opened.value;
  return watch(session, { intervals, trace }, shell);
}

/** Runs an open session to its end, or to an interrupt, and closes it. */
async function watch(
  session: LiveSession,
  folds: Pick<Recorded, 'intervals' | 'trace'>,
  shell: Shell,
): Promise<Outcome<Recorded>> {
  const startMs = shell.now();
  let progress = 1;
  shell.interrupt.onRequest(() => {
    progress = session.progress();
    session.stop();
  });
  const watching = setInterval(() => {
    shell.progress(() => ({ done: session.progress(), detail: `live at ${session.address}` }));
  }, PROGRESS_MS);
  try {
    const outcome = await session.run();
    const cancelled = shell.interrupt.requested && !outcome.run.complete;
    const tookMs = shell.now() - startMs;
    return { kind: 'ok', value: { ...outcome, ...folds, session, cancelled, progress, tookMs } };
  } catch (error) {
    if (error instanceof JournalError) return refuse('cannot-write', error.message);
    throw error;
  } finally {
    clearInterval(watching);
    shell.progress(undefined);
    await session.close();
  }
}

/** Where the engine's knowledge of one gateway is kept, if nobody says otherwise. */
function stateOf(address: string): string {
  return join('.interlock', address.replace(/^\w+:\/\//, '').replace(/[^\w.-]+/g, '-'));
}

interface Setting {
  readonly options: LiveOptions;
  readonly expectation: Expectation | undefined;
  readonly base: string;
  readonly files: RunFiles | undefined;
}

function reportOf(
  named: { readonly name: string; readonly shows: string | undefined },
  { scenario, trades, why }: LiveScenario,
  recorded: Recorded,
  { options, expectation, base, files }: Setting,
): LiveReport {
  const { run: result, session, cancelled, progress, intervals, trace } = recorded;
  const reservations = reservationsOf(recorded);
  const verdict = withReservations(result.verdict, reservations);
  return {
    ...named,
    ...{ result, verdict, cancelled, progress, reservations, trades, why },
    ...{ ticks: recorded.ticks, unreadable: recorded.unreadable, tookMs: recorded.tookMs },
    scene: options.json || cancelled ? undefined : trace.scene(result),
    expected: expectedOf(expectation, verdict, result.checks),
    again: commandLine(['live', ...options.words]),
    url: formatLink(base, { scenario, digest: undefined }),
    promised: undefined,
    files: files && { directory: files.directory, names: files.names },
    endpoint: session.address,
    gateway: options.endpoint === undefined ? 'reference' : 'own',
    bridge: options.bridge,
    intervals: intervals.result(),
    resumed: session.resumed,
  };
}

function reservationsOf({ run, cancelled, progress }: Recorded): string[] {
  if (cancelled) return [cutReservation(wholePercent(progress))];
  if (run.complete) return [];
  return [`The run was cut short at ${duration(run.elapsedUs)}.`];
}
