/**
 * What a run or a log came to as one JSON document: what `--json` prints, and the page exports.
 *
 * The fields that scripts rely on stand first, with the same names for a run and a log. Invariant:
 * a repeated run gives the same document, so it holds no durations of the machine's clock; what a
 * source does not have is null, never a made-up figure.
 */
import type { CheckResult, Verdict } from '../check/contract.ts';
import type { LockStats } from '../metrics/lock-stats.ts';
import type { Reconciliation } from '../metrics/reconciliation.ts';
import { acceptanceTable } from './acceptance.ts';
import type { LogResult } from './check-log.ts';
import type { RunResult } from './result.ts';

/** What both documents say beside the result. */
interface Told {
  /** The verdict with what no check sees: a link's digest, a cut. */
  readonly verdict: Verdict;
  /** The gallery name, the file, `link`, or `standard input`. */
  readonly name: string;
  readonly cancelled: boolean;
  /** How much was judged, 0 to 1; undefined where the whole is not known. */
  readonly progress: number | undefined;
  /** Sentences that say why the outcome is worth less than its checks. */
  readonly reservations: readonly string[];
  /** What a caller expected, and whether it came so. */
  readonly expected: Readonly<Record<'text' | 'agreement', string>> | undefined;
}

export interface RunTold extends Told {
  readonly result: RunResult;
  /** The link that runs it again. */
  readonly url: string;
  /** The digest that a link promised. */
  readonly promised: PromisedDigest | undefined;
}

/** The digest that a link promised, in its first hex digits, and whether the run has it. */
export interface PromisedDigest {
  readonly digest: string;
  readonly kept: boolean;
}

export interface LogTold extends Told {
  readonly result: LogResult;
  /** How long the reading took. */
  readonly tookMs: number;
}

/** The document of a run. */
export function runDocument(told: RunTold): object {
  const { result } = told;
  return {
    verdict: told.verdict,
    checks: checkDocuments(result.checks),
    digest: result.digest,
    lock: lockDocument(result.lock),
    ticks: result.ticks,
    trades: result.trades,
    pnl: pnlDocument(result.pnl),
    name: told.name,
    title: result.scenario.title,
    seed: result.scenario.seed,
    complete: result.complete,
    cancelled: told.cancelled,
    progress: told.progress ?? null,
    reservations: told.reservations,
    acceptance: acceptanceTable(result),
    elapsedUs: result.elapsedUs,
    events: result.events,
    steps: result.steps,
    url: told.url,
    promisedDigest: told.promised ?? null,
    expected: told.expected ?? null,
    scenario: result.scenario,
  };
}

/** The document of a log. It has no digest and no ticks. */
export function logDocument(told: LogTold): object {
  const { result } = told;
  const { pnl } = result;
  return {
    verdict: told.verdict,
    checks: checkDocuments(result.checks),
    digest: null,
    lock: lockDocument(result.lock),
    ticks: null,
    trades: pnl === undefined ? null : pnl.symbols.reduce((sum, each) => sum + each.trades, 0),
    pnl: pnl === undefined ? null : pnlDocument(pnl),
    name: told.name,
    cancelled: told.cancelled,
    progress: told.progress ?? null,
    reservations: told.reservations,
    lines: result.lines,
    bytes: result.bytes,
    events: result.events,
    elapsedUs: result.elapsedUs,
    symbols: result.symbolNames,
    notes: result.notes,
    expected: told.expected ?? null,
    tookMs: told.tookMs,
  };
}

function checkDocuments(checks: readonly CheckResult[]): object[] {
  return checks.map((check) => ({
    id: check.id,
    verdict: check.verdict,
    required: check.required,
    examined: check.examined,
    count: check.count,
    evidence: check.evidence,
    measured: check.measured,
  }));
}

/** Times in microseconds. */
function lockDocument(lock: LockStats): object {
  return { ...lock };
}

/** Decimals as text; `perSymbol` is the ledger's figure by name. */
function pnlDocument(pnl: Reconciliation): object {
  return {
    perSymbol: Object.fromEntries(pnl.symbols.map((symbol) => [symbol.name, symbol.ledger])),
    ledgerTotal: pnl.ledgerTotal,
    aggregatorTotal: pnl.aggregatorTotal,
    difference: pnl.difference,
    symbols: pnl.symbols,
    partedAt: pnl.partedAt ?? null,
    missing: pnl.missing,
    missingCount: pnl.missingCount,
  };
}
