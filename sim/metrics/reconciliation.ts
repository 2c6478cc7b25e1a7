/**
 * The reconciliation: the ledger's figures beside the aggregator's, the exact difference, and why.
 *
 * All amounts are decimal text; a float that an aggregator produced is shown to its last binary digit.
 */
import type { EventRef } from '../trace/event.ts';

/** A fill that the aggregator's figure does not contain. */
export interface MissingUpdate {
  readonly order: number;
  readonly symbol: number;
  readonly amount: string;
  readonly at: EventRef;
}

export interface SymbolReconciliation {
  readonly symbol: number;
  readonly name: string;
  readonly ledger: string;
  readonly aggregator: string;
  readonly difference: string;
  readonly trades: number;
  readonly wins: number;
  /** Sum of the fills' exposure, in basis points. */
  readonly exposureBp: number;
}

export interface Reconciliation {
  readonly symbols: readonly SymbolReconciliation[];
  readonly ledgerTotal: string;
  readonly aggregatorTotal: string;
  /** Ledger minus aggregator, exact. */
  readonly difference: string;
  /** The first event after which the two never agreed again. */
  readonly partedAt: EventRef | undefined;
  /** The first updates that are missing; `missingCount` counts all. */
  readonly missing: readonly MissingUpdate[];
  readonly missingCount: number;
}
