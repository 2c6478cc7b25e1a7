/** Stub: what the inspector needs. */
import type { TimelineIndex } from './index-builder.ts';

/** A hold as the inspector shows it. */
export interface HoldDetails {
  readonly lane: number;
  /** Place among the lane's holds, from 0. */
  readonly row: number;
  readonly enterSeq: number;
  readonly startUs: number;
  /** Undefined while it lasts. */
  readonly exitSeq: number | undefined;
  readonly endUs: number | undefined;
  /** How many were inside when it began, itself included; above 1 it barged in. */
  readonly holders: number;
  /** True if it shared the resource with another hold at any time. */
  readonly overlapped: boolean;
  /** How long its task had waited, in microseconds; undefined where requests are not recorded. */
  readonly waitUs: number | undefined;
  readonly requestSeq: number | undefined;
  /** Lane of the hold that ended last before this one began, if this one had waited. */
  readonly handedOverBy: number | undefined;
}

/** A wait that lasts at some time, or that ended without a hold. */
export interface WaitDetails {
  readonly lane: number;
  readonly requestSeq: number;
  readonly sinceUs: number;
  /** Undefined while it lasts. */
  readonly endUs: number | undefined;
  readonly outcome: 'granted' | 'timeout' | 'cancelled' | 'waiting';
}

/** Everything at one time. */
export interface Details {
  readonly timeUs: number;
  readonly holders: readonly HoldDetails[];
  readonly waiters: readonly WaitDetails[];
  readonly queueDepth: number;
  /** Ledger and aggregator in cents as drawn; exact figures are the reconciliation's. */
  readonly ledgerCents: number;
  readonly aggregatorCents: number;
}

export function detailsAt(_index: TimelineIndex, timeUs: number): Details {
  return { timeUs, holders: [], waiters: [], queueDepth: 0, ledgerCents: 0, aggregatorCents: 0 };
}
