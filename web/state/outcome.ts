/**
 * What a run or a log came to, in one form for the views.
 *
 * A run cut short, a log read in part and a link whose digest differs are reservations: they stand
 * beside the verdict and never make it better.
 */
import type {
  AcceptanceRow,
  CheckResult,
  EventRef,
  LockStats,
  Reconciliation,
  Verdict,
} from '../../sim/index.ts';
import type { Claims, Finished } from '../workers/engine-contract.ts';
import type { LogOutcome } from '../workers/log-contract.ts';

export interface Outcome {
  readonly source: 'run' | 'recorded' | 'log';
  readonly verdict: Verdict;
  readonly checks: readonly CheckResult[];
  /** What each check claims, in English, by its id. */
  readonly claims: Claims;
  readonly lock: LockStats;
  readonly pnl: Reconciliation | undefined;
  readonly acceptance: readonly AcceptanceRow[];
  readonly elapsedUs: number;
  readonly events: number;
  readonly trades: number | undefined;
  readonly digest: string | undefined;
  /** Share of the source that was judged: 1 unless it was cut short. */
  readonly judged: number;
  /** A log's lines; 0 of a run. */
  readonly lines: number;
  readonly notes: readonly string[];
}

/** `judged`: how far the run was when it ended; the digest of a recording names it, no more. */
export function outcomeOfRun(finished: Finished, judged: number, isRecorded: boolean): Outcome {
  const { result, acceptance, claims } = finished;
  const { verdict, checks, lock, pnl, elapsedUs, events, trades, digest, complete } = result;
  return {
    source: isRecorded ? 'recorded' : 'run',
    verdict,
    checks,
    claims,
    lock,
    pnl,
    acceptance,
    elapsedUs,
    events,
    trades,
    digest,
    judged: complete ? 1 : judged,
    lines: 0,
    notes: [],
  };
}

export function outcomeOfLog({ result, progress, allKept, claims }: LogOutcome): Outcome {
  const { verdict, checks, lock, pnl, elapsedUs, events, lines, notes, problem } = result;
  const { bytes, bytesTotal } = progress;
  const more = allKept ? [] : ['The table shows the first events; all of them were judged.'];
  return {
    source: 'log',
    verdict,
    checks,
    claims,
    lock,
    pnl,
    acceptance: [],
    elapsedUs,
    events,
    trades: undefined,
    digest: undefined,
    judged: bytesTotal === 0 ? 1 : bytes / bytesTotal,
    lines,
    notes: [...(problem === undefined ? [] : [problem.message]), ...notes, ...more],
  };
}

/** A finding, as far as it can be shown: the events that it speaks of. */
export interface Place {
  readonly at: readonly EventRef[];
}

/**
 * The place of the first violation that names one; required checks come first. Of a wrong total it
 * is where the books parted for good, not the total itself, which comes last.
 */
export function firstPlace({ checks, pnl }: Pick<Outcome, 'checks' | 'pnl'>): Place | undefined {
  const violated = checks.filter(({ verdict }) => verdict === 'violated');
  const required = violated.filter((check) => check.required);
  const places = (required.length > 0 ? required : violated).flatMap(
    ({ id, evidence }): Place[] => {
      if (id === 'pnl.total' && pnl?.partedAt !== undefined) return [{ at: [pnl.partedAt] }];
      return evidence.filter(({ at }) => at.length > 0).slice(0, 1);
    },
  );
  return places.sort((x, y) => lastSeq(x) - lastSeq(y))[0];
}

function lastSeq({ at }: Place): number {
  return Math.max(...at.map(({ seq }) => seq));
}

/** Whether a run is the one that a link promised; undefined where it promised none. */
export function digestMatches(expected: string | undefined, digest: string): boolean | undefined {
  return expected === undefined ? undefined : digest.startsWith(expected);
}
