/**
 * Hand-made results for tests of the rendering: small, complete, and wrong where a test says so.
 */
import type {
  CheckId,
  CheckResult,
  LockStats,
  LogResult,
  Percentiles,
  Reconciliation,
  RunResult,
  Scenario,
  Verdict,
} from '../../sim/index.ts';
import type { LogReport, RunReport } from '../report/report.ts';
import type { Style } from '../render/style.ts';

/** A file or a pipe: no colour, no box characters. */
export const PLAIN: Style = { columns: 80, unicode: false, colour: false };
/** A terminal that shows everything. */
export const RICH: Style = { columns: 80, unicode: true, colour: true };
export const NARROW: Style = { columns: 40, unicode: false, colour: false };

/** A check that ended as said; a violated one brings a piece of evidence. */
export function check(
  id: CheckId,
  verdict: Verdict,
  extra: Partial<CheckResult> = {},
): CheckResult {
  const text = `${id} speaks`;
  const said = { template: text, values: {}, text, at: [{ seq: 22, timeUs: 9_000 }] };
  return {
    id,
    verdict,
    required: true,
    examined: verdict === 'inconclusive' ? 0 : 150,
    count: verdict === 'violated' ? 149 : 0,
    evidence: verdict === 'passed' ? [] : [said],
    measured: {},
    ...extra,
  };
}

function percentiles(samples: number, max: number): Percentiles {
  return { samples, p50: max / 4, p95: max / 2, p99: max, max };
}

/** 150 balanced pairs of which no two overlapped. */
export function lockStats(extra: Partial<LockStats> = {}): LockStats {
  return {
    acquires: 150,
    releases: 150,
    maxHolders: 1,
    overlaps: 0,
    queueDepthMax: 2,
    bypassMax: 0,
    bypassTotal: 0,
    heldUs: 300_000,
    waitUs: percentiles(150, 4_000),
    holdUs: percentiles(150, 3_000),
    perSymbol: [],
    ...extra,
  };
}

/** Two symbols, the second short of 645.10 at the aggregator. */
export function gap(): Reconciliation {
  return {
    symbols: [
      {
        symbol: 0,
        name: 'BTCUSD.s',
        ledger: '1044.12',
        aggregator: '1044.12',
        difference: '0.00',
        trades: 23,
        wins: 13,
        exposureBp: 747,
      },
      {
        symbol: 1,
        name: 'ETHUSD.s',
        ledger: '3327.41',
        aggregator: '2682.31',
        difference: '645.10',
        trades: 0,
        wins: 0,
        exposureBp: 970,
      },
    ],
    ledgerTotal: '4371.53',
    aggregatorTotal: '3726.43',
    difference: '645.10',
    partedAt: { seq: 812, timeUs: 1_402_000 },
    missing: [
      { order: 141, symbol: 1, amount: '88.06', at: { seq: 812, timeUs: 1_402_000 } },
      { order: 142, symbol: 1, amount: '-12.00', at: { seq: 830, timeUs: 1_420_000 } },
    ],
    missingCount: 5,
    explained: false,
  };
}

/** Books that agree. */
export function agreed(): Reconciliation {
  const [first] = gap().symbols;
  return {
    symbols: first === undefined ? [] : [first],
    ledgerTotal: '1044.12',
    aggregatorTotal: '1044.12',
    difference: '0.00',
    partedAt: undefined,
    missing: [],
    missingCount: 0,
    explained: true,
  };
}

/** A passed run; `scenario` has only what the rendering reads. */
export function runResult(extra: Partial<RunResult> = {}): RunResult {
  const scenario = {
    title: 'The reference stress run',
    seed: 127,
    symbols: [{ name: 'BTCUSD.s' }, { name: 'ETHUSD.s' }, { name: 'XAUUSD.s' }],
    risk: { exposureTotalBpMax: 10_000 },
    acceptance: {
      symbolsMin: 3,
      intervalUsMax: 50_000,
      tradesPerSecondMin: 50,
      latencyUsMax: 100_000,
      breakerTripsMax: 0,
      toleranceCents: 0,
    },
  } as unknown as Scenario;
  return {
    scenario,
    verdict: 'passed',
    checks: [check('lock.pairing', 'passed'), check('lock.exclusion', 'passed')],
    digest: '0123456789abcdef0123456789abcdef',
    complete: true,
    elapsedUs: 1_010_000,
    events: 1_800,
    steps: 900,
    ticks: 150,
    trades: 84,
    lock: lockStats(),
    pnl: agreed(),
    taskNames: ['BTCUSD.s', 'ETHUSD.s', 'XAUUSD.s'],
    segments: [],
    ...extra,
  };
}

/** A report of a passed run. */
export function runReport(extra: Partial<RunReport> = {}): RunReport {
  const result = extra.result ?? runResult();
  return {
    result,
    verdict: result.verdict,
    name: 'reference',
    shows: 'The acceptance run done honestly.',
    cancelled: false,
    progress: 1,
    reservations: [],
    scene: undefined,
    schedule: undefined,
    story: undefined,
    expected: undefined,
    again: 'npm run -s lab -- run reference --seed 127',
    url: 'http://localhost:4173/#s1=abc&d=0123456789abcdef',
    promised: undefined,
    files: undefined,
    tookMs: 10,
    ...extra,
  };
}

/** The judgement of the escaping lock's log. */
export function logResult(extra: Partial<LogResult> = {}): LogResult {
  return {
    verdict: 'violated',
    checks: [
      check('lock.pairing', 'passed'),
      check('lock.exclusion', 'violated'),
      check('lock.fifo', 'inconclusive', { required: false }),
      check('lock.capacity', 'passed'),
    ],
    lock: lockStats({ maxHolders: 3, overlaps: 149, heldUs: 4_200_000 }),
    pnl: undefined,
    lines: 700,
    bytes: 43_383,
    events: 300,
    elapsedUs: 1_450_000,
    symbolNames: ['BTCUSD.s', 'ETHUSD.s', 'XAUUSD.s'],
    notes: [],
    problem: undefined,
    ...extra,
  };
}

/** A report of that log. */
export function logReport(extra: Partial<LogReport> = {}): LogReport {
  const result = extra.result ?? logResult();
  return {
    result,
    verdict: result.verdict,
    name: 'engine.log',
    cancelled: false,
    progress: 1,
    reservations: [],
    scene: undefined,
    expected: undefined,
    again: 'npm run -s lab -- check-log engine.log',
    tookMs: 20,
    ...extra,
  };
}
