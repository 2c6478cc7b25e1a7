/**
 * The acceptance table: each criterion of the reference with its target, what was measured, and how
 * it was judged.
 *
 * Rows A1 to A7 take their verdicts from the checks and add nothing to them. A8 to A10 judge how
 * the code was reviewed and archived, not how it ran; a run leaves them open and says so.
 */
import type { CheckId, CheckResult, Verdict } from '../check/contract.ts';
import { formatCents } from '../base/format-cents.ts';
import { Decimal } from '../base/money.ts';
import { formatMs } from '../base/time.ts';
import type { RunResult } from './result.ts';

export interface AcceptanceRow {
  /** A1 to A10. */
  readonly id: string;
  readonly criterion: string;
  readonly target: string;
  readonly measured: string;
  readonly verdict: Verdict | 'not-run';
  /** The checks whose verdicts, worst first, make the row's. */
  readonly checks: readonly CheckId[];
  readonly note?: string;
}

/** The rows of A1 to A10, in order, for the thresholds of the run's own scenario. */
export function acceptanceTable(result: RunResult): AcceptanceRow[] {
  return [
    concurrency(result),
    races(result),
    pnl(result),
    throughput(result),
    latency(result),
    isolation(result),
    risk(result),
    loop('A8', 'governance', '[UnifiedGate] PASS'),
    loop('A9', 'dual review', 'both pass'),
    loop('A10', 'archive', 'complete'),
  ];
}

function row(
  result: RunResult,
  id: string,
  criterion: string,
  target: string,
  checks: readonly CheckId[],
  measured: string,
): AcceptanceRow {
  return { id, criterion, target, measured, verdict: judged(result, checks), checks };
}

function loop(id: string, criterion: string, target: string): AcceptanceRow {
  const measured = 'governance loop, not run';
  return { id, criterion, target, measured, verdict: 'not-run', checks: [] };
}

function concurrency(result: RunResult): AcceptanceRow {
  const { symbolsMin, intervalUsMax } = result.scenario.acceptance;
  const check = checkOf(result, 'run.concurrency');
  const symbols = figure(check, 'symbols');
  const interval = figure(check, 'intervalUsMax');
  const measured =
    symbols === undefined || interval === undefined
      ? seen(check)
      : `${plural(symbols, 'symbol')}, max ${ms(interval)}`;
  const target = `>= ${symbolsMin}, each < ${ms(intervalUsMax)}`;
  return row(result, 'A1', 'concurrency', target, ['run.concurrency'], measured);
}

const RACE_CHECKS: readonly CheckId[] = [
  'lock.pairing',
  'lock.exclusion',
  'lock.ownership',
  'socket.alternation',
];

function races(result: RunResult): AcceptanceRow {
  const { acquires, releases } = result.lock;
  const found = RACE_CHECKS.reduce((sum, id) => sum + (checkOf(result, id)?.count ?? 0), 0);
  const measured = `${acquires} + ${releases}, ${violations(found)}`;
  return row(result, 'A2', 'zero races', '0 violations', RACE_CHECKS, measured);
}

function pnl(result: RunResult): AcceptanceRow {
  const { toleranceCents } = result.scenario.acceptance;
  const demand = toleranceCents === 0 ? 'equal' : `within ${formatCents(toleranceCents)}`;
  const measured = `difference ${short(result.pnl.difference)}`;
  const target = `${demand} (ref. < 0.001)`;
  return row(result, 'A3', 'PnL total', target, ['pnl.total'], measured);
}

function throughput(result: RunResult): AcceptanceRow {
  const { tradesPerSecondMin } = result.scenario.acceptance;
  const check = checkOf(result, 'run.throughput');
  const perSecond = figure(check, 'tradesPerSecond');
  const span = `${result.trades} in ${seconds(result.elapsedUs)}`;
  const measured = perSecond === undefined ? span : `${oneDecimal(perSecond)}/s (${span})`;
  const target = tradesPerSecondMin === 0 ? 'no minimum' : `> ${tradesPerSecondMin} trades/s`;
  return row(result, 'A4', 'throughput', target, ['run.throughput'], measured);
}

function latency(result: RunResult): AcceptanceRow {
  const { latencyUsMax } = result.scenario.acceptance;
  const check = checkOf(result, 'run.latency');
  const longest = figure(check, 'maxUs');
  const measured = longest === undefined ? seen(check) : `max ${ms(longest)}`;
  return row(result, 'A5', 'latency', `< ${ms(latencyUsMax)}`, ['run.latency'], measured);
}

function isolation(result: RunResult): AcceptanceRow {
  const check = checkOf(result, 'metrics.isolation');
  return row(result, 'A6', 'isolation', 'complete', ['metrics.isolation'], seen(check));
}

/** An exposure of so many basis points is no limit that anybody means. */
const NO_LIMIT_BP = 100_000_000;

function risk(result: RunResult): AcceptanceRow {
  const { breakerTripsMax } = result.scenario.acceptance;
  const total = figure(checkOf(result, 'risk.exposure'), 'totalBpMax');
  const trips = figure(checkOf(result, 'risk.breaker'), 'trips');
  const parts = [
    total === undefined ? seen(checkOf(result, 'risk.exposure')) : `max ${percent(total)}`,
    trips === undefined ? seen(checkOf(result, 'risk.breaker')) : plural(trips, 'trip'),
  ];
  const limitBp = result.scenario.risk.exposureTotalBpMax;
  const limit = limitBp >= NO_LIMIT_BP ? 'no limit' : `<= ${percent(limitBp)}`;
  const tripped = breakerTripsMax === 0 ? 'no trip' : `<= ${plural(breakerTripsMax, 'trip')}`;
  const target = `${limit}, ${tripped}`;
  const checks: readonly CheckId[] = ['risk.exposure', 'risk.breaker'];
  return row(result, 'A7', 'risk limits', target, checks, parts.join(', '));
}

/** The worst verdict of the row's checks; `not-run` where the run judged none of them. */
function judged(result: RunResult, ids: readonly CheckId[]): Verdict | 'not-run' {
  const verdicts = ids.map((id) => checkOf(result, id)?.verdict);
  if (verdicts.includes('violated')) return 'violated';
  if (verdicts.every((verdict) => verdict === undefined)) return 'not-run';
  return verdicts.every((verdict) => verdict === 'passed') ? 'passed' : 'inconclusive';
}

function checkOf(result: RunResult, id: CheckId): CheckResult | undefined {
  return result.checks.find((check) => check.id === id);
}

/** A figure that a check measured, by its name; undefined where there was none to measure. */
function figure(check: CheckResult | undefined, name: string): number | undefined {
  const value = check?.measured[name];
  return typeof value === 'number' ? value : undefined;
}

/** What a check saw, where it measured nothing that could be told in units. */
function seen(check: CheckResult | undefined): string {
  if (check === undefined) return 'not judged';
  if (check.examined === 0) return 'no occasion';
  return `${violations(check.count)} in ${check.examined}`;
}

function violations(count: number): string {
  return plural(count, 'violation');
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** An amount to its last digit where that is short; the reconciliation has all of a float's. */
function short(amount: string): string {
  return amount.length <= 14 ? amount : new Decimal(amount).toExponential(2);
}

function ms(us: number): string {
  return `${formatMs(us)} ms`;
}

function seconds(us: number): string {
  return `${(us / 1_000_000).toFixed(2)} s`;
}

function oneDecimal(value: number): string {
  return value.toFixed(1);
}

function percent(basisPoints: number): string {
  return `${basisPoints / 100} %`;
}
