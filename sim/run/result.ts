/** What a run comes to: the verdict with its checks, the figures, and how to know the run again. */
import type { CheckResult, Verdict } from '../check/contract.ts';
import type { LockStats } from '../metrics/lock-stats.ts';
import type { Reconciliation } from '../metrics/reconciliation.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { Segment } from '../trace/segment.ts';

export interface RunResult {
  readonly scenario: Scenario;
  readonly verdict: Verdict;
  /** Every check, in the order of CHECK_IDS. */
  readonly checks: readonly CheckResult[];
  /** 32 hex digits. */
  readonly digest: string;
  /** False if the run was cancelled or met its time limit. */
  readonly complete: boolean;
  /** Virtual time at the end, in microseconds. */
  readonly elapsedUs: number;
  readonly events: number;
  readonly steps: number;
  /** Signals of all symbols. */
  readonly ticks: number;
  /** Orders executed, each counted once. */
  readonly trades: number;
  readonly lock: LockStats;
  readonly pnl: Reconciliation;
  /** Task names by id, for prose and timelines. */
  readonly taskNames: readonly string[];
  /** The whole trace where it was asked for, else empty. */
  readonly segments: readonly Segment[];
}
