/**
 * Waits that stand in no table yet: of those who still wait, or were let in and have not entered.
 */
import type { TimelineIndex } from './index-builder.ts';
import { WaitState } from './task-waits.ts';

export interface PendingWait {
  readonly lane: number;
  /** Of the request. */
  readonly seq: number;
  readonly sinceUs: number;
  /** How many stood in line when it was asked for, itself included; 0 if it was let in at once. */
  readonly depth: number;
  /** When it was granted; undefined while it lasts. */
  readonly grantUs: number | undefined;
}

/** Every wait that is not over, or over and without a hold so far. */
export function pendingWaits(index: TimelineIndex): PendingWait[] {
  const found: PendingWait[] = [];
  for (const { state, lane, seq, requestUs, grantUs, depth } of index.waits) {
    if (state === WaitState.none) continue;
    found.push({
      lane,
      seq,
      sinceUs: requestUs,
      depth: state === WaitState.fresh ? 1 : depth,
      grantUs: state === WaitState.granted ? grantUs : undefined,
    });
  }
  return found;
}
