/** What the inspector shows: who held, who waited and for how long, at one time or of one hold. */
import { assertExists } from '../../sim/index.ts';
import { NO_LANE, NO_SEQ } from './hold-table.ts';
import type { TimelineIndex } from './index-builder.ts';
import type { LaneIndex } from './lane-index.ts';
import { pendingWaits } from './pending-waits.ts';

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
  /** Lane of whoever let go last before it was let in, if it had stood in line. */
  readonly handedOverBy: number | undefined;
}

/** A wait, over or not. */
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
  /** Who is inside, in the order in which they came. */
  readonly holders: readonly HoldDetails[];
  /** Who stands in line, longest first; an end or outcome among them lies in the future. */
  readonly waiters: readonly WaitDetails[];
  readonly queueDepth: number;
  /** Ledger and aggregator in cents as drawn; exact figures are the reconciliation's. */
  readonly ledgerCents: number;
  readonly aggregatorCents: number;
}

/** Who held and who waited at `timeUs`; a span includes its begin and not its end. */
export function detailsAt(index: TimelineIndex, timeUs: number): Details {
  const holders: HoldDetails[] = [];
  const waiters: WaitDetails[] = [];
  index.byLane.forEach((one, lane) => {
    const end = one.holds.endBefore(timeUs + 1e-6);
    for (let row = one.holds.firstLasting(timeUs); row < end; row++) {
      if (one.holds.startUs(row) <= timeUs && one.holds.endUs(row) > timeUs) {
        holders.push(holdDetails(index, lane, row));
      }
    }
    const wait = waitAt(index, lane, timeUs);
    if (wait !== undefined) waiters.push(wait);
  });
  holders.sort((one, other) => one.enterSeq - other.enterSeq);
  waiters.sort((one, other) => one.requestSeq - other.requestSeq);
  return {
    timeUs,
    holders,
    waiters,
    queueDepth: waiters.length,
    ledgerCents: index.pnl.ledger.at(timeUs),
    aggregatorCents: index.pnl.aggregator.at(timeUs),
  };
}

/** The hold in `row` of `lane`. */
export function holdDetails(index: TimelineIndex, lane: number, row: number): HoldDetails {
  const { holds } = laneOf(index, lane);
  const endUs = holds.endUs(row);
  const exitSeq = holds.exitSeq(row);
  const requestSeq = holds.requestSeq(row);
  const from = holds.from(row);
  return {
    lane,
    row,
    enterSeq: holds.enterSeq(row),
    startUs: holds.startUs(row),
    exitSeq: exitSeq === NO_SEQ ? undefined : exitSeq,
    endUs: Number.isFinite(endUs) ? endUs : undefined,
    holders: holds.holders(row),
    overlapped: holds.isOverlapped(row),
    waitUs: holds.waitUs(row),
    requestSeq: requestSeq === NO_SEQ ? undefined : requestSeq,
    handedOverBy: from === NO_LANE ? undefined : from,
  };
}

/**
 * The hold of `lane` that lasts at `timeUs`, the latest if its own overlap; -1 if there is none.
 */
export function holdRowAt(index: TimelineIndex, lane: number, timeUs: number): number {
  const { holds } = laneOf(index, lane);
  const first = holds.firstLasting(timeUs);
  for (let row = holds.endBefore(timeUs + 1e-6) - 1; row >= first; row--) {
    if (holds.startUs(row) <= timeUs && holds.endUs(row) > timeUs) return row;
  }
  return -1;
}

/** The wait of `lane` that lasts at `timeUs`. */
export function waitAt(
  index: TimelineIndex,
  lane: number,
  timeUs: number,
): WaitDetails | undefined {
  const { holds, waits } = laneOf(index, lane);
  const { from, to } = holds.around(holds.firstFrom(timeUs));
  for (let row = from; row < to; row++) {
    const sinceUs = holds.requestUs(row);
    const endUs = holds.grantUs(row);
    if (sinceUs > timeUs || endUs <= timeUs) continue;
    return { lane, requestSeq: holds.requestSeq(row), sinceUs, endUs, outcome: 'granted' };
  }
  for (let row = waits.firstUntil(timeUs); row < waits.size; row++) {
    const sinceUs = waits.startUs(row);
    const endUs = waits.endUs(row);
    if (sinceUs > timeUs || endUs <= timeUs) continue;
    return { lane, requestSeq: waits.seq(row), sinceUs, endUs, outcome: waits.endOf(row) };
  }
  for (const { lane: whose, seq, sinceUs, grantUs } of pendingWaits(index)) {
    if (whose !== lane || sinceUs > timeUs || (grantUs ?? Infinity) <= timeUs) continue;
    const outcome = grantUs === undefined ? 'waiting' : 'granted';
    return { lane, requestSeq: seq, sinceUs, endUs: grantUs, outcome };
  }
  return undefined;
}

function laneOf(index: TimelineIndex, lane: number): LaneIndex {
  return assertExists(index.byLane[lane], 'expected a lane of the index');
}
