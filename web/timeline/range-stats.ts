/**
 * How long each lane waited and held within a selected range, as percentiles with their sample
 * count.
 *
 * A hold belongs to the range in which it began, once it is over; a wait to the range in which it
 * was asked for, however it ended, and one that lasts counts up to the trace's present end.
 * Percentiles are exact and by nearest rank, so over the whole trace they equal the run's own
 * statistics.
 */
import { type Percentiles, Tally } from '../../sim/index.ts';
import type { TimelineIndex } from './index-builder.ts';
import type { LaneIndex } from './lane-index.ts';
import { pendingWaits } from './pending-waits.ts';
import type { TimeRange } from './view-state.ts';

/** Percentiles of one lane; `samples` in each says of how many. */
export interface LaneStats {
  readonly lane: number;
  readonly waitUs: Percentiles;
  readonly holdUs: Percentiles;
}

/** The statistics of every lane, from `startUs` to before `endUs`; a view's extent is all of it. */
export function rangeStats(index: TimelineIndex, range: TimeRange): LaneStats[] {
  // The last event stands at the extent's end and belongs to a range that reaches it.
  const endUs = range.endUs >= index.endUs ? Infinity : range.endUs;
  const within = { startUs: range.startUs, endUs };
  return index.byLane.map((one, lane) => {
    const wait = new Tally();
    const hold = new Tally();
    addHolds(one, within, wait, hold);
    addWaits(index, lane, within, wait);
    return { lane, waitUs: wait.percentiles(), holdUs: hold.percentiles() };
  });
}

function addHolds(one: LaneIndex, range: TimeRange, wait: Tally, hold: Tally): void {
  const { holds, waits } = one;
  const end = holds.endBefore(range.endUs);
  for (let row = holds.firstFrom(range.startUs); row < end; row++) {
    const startUs = holds.startUs(row);
    const heldUs = holds.endUs(row) - startUs;
    if (startUs < range.endUs && Number.isFinite(heldUs)) hold.add(heldUs);
    const waitUs = holds.waitUs(row);
    if (waitUs !== undefined && isIn(range, holds.requestUs(row))) wait.add(waitUs);
  }
  for (let row = waits.firstUntil(range.startUs); row < waits.size; row++) {
    const startUs = waits.startUs(row);
    if (isIn(range, startUs)) wait.add(waits.endUs(row) - startUs);
  }
}

/** Waits that are not over, and those that were granted and have not entered. */
function addWaits(index: TimelineIndex, lane: number, range: TimeRange, wait: Tally): void {
  for (const { lane: whose, sinceUs, grantUs = index.endUs } of pendingWaits(index)) {
    if (whose === lane && isIn(range, sinceUs)) wait.add(grantUs - sinceUs);
  }
}

function isIn(range: TimeRange, timeUs: number): boolean {
  return timeUs >= range.startUs && timeUs < range.endUs;
}
