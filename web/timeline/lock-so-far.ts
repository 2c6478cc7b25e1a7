/**
 * The lock's figures of a run that goes on, read off the timeline's index.
 *
 * Known limit: who overtook whom is not in the index, so bypasses are left out until the run is
 * over; the rest is what the run's own statistics say of the same events.
 */
import { type LockStats, Tally } from '../../sim/index.ts';
import type { TimelineIndex } from './index-builder.ts';
import { rangeStats } from './range-stats.ts';

/** What can be counted in one pass. */
export type LockCounts = Pick<
  LockStats,
  'acquires' | 'releases' | 'maxHolders' | 'overlaps' | 'queueDepthMax' | 'heldUs'
>;

export type LockSoFar = Omit<LockStats, 'bypassMax' | 'bypassTotal'>;

/** The counts; `heldUs` of the holds that are over. */
export function lockCounts(index: TimelineIndex): LockCounts {
  let acquires = 0;
  let releases = 0;
  let heldUs = 0;
  for (const { holds } of index.byLane) {
    acquires += holds.size;
    for (let row = 0; row < holds.size; row++) {
      const lastedUs = holds.endUs(row) - holds.startUs(row);
      if (!Number.isFinite(lastedUs)) continue;
      releases += 1;
      heldUs += lastedUs;
    }
  }
  const maxHolders = mostOf(index.holdersMax.values);
  const queueDepthMax = mostOf(index.depthMax.values);
  return { acquires, releases, heldUs, maxHolders, queueDepthMax, overlaps: index.violations };
}

/** The counts, and how long each symbol waited and held. */
export function lockSoFar(index: TimelineIndex): LockSoFar {
  const stats = rangeStats(index, index.extent());
  const wait = new Tally();
  const hold = new Tally();
  for (const { holds } of index.byLane) {
    for (let row = 0; row < holds.size; row++) {
      const heldUs = holds.endUs(row) - holds.startUs(row);
      if (Number.isFinite(heldUs)) hold.add(heldUs);
      const waitUs = holds.waitUs(row);
      if (waitUs !== undefined) wait.add(waitUs);
    }
  }
  const perSymbol = index.lanes.flatMap((lane, at) => {
    const one = stats[at];
    if (lane.kind !== 'symbol' || one === undefined) return [];
    const acquires = index.byLane[at]?.holds.size ?? 0;
    return [{ symbol: lane.symbol, acquires, waitUs: one.waitUs, holdUs: one.holdUs }];
  });
  const waitUs = wait.percentiles();
  return { ...lockCounts(index), waitUs, holdUs: hold.percentiles(), perSymbol };
}

function mostOf(values: Uint8Array): number {
  let most = 0;
  for (const value of values) if (value > most) most = value;
  return most;
}
