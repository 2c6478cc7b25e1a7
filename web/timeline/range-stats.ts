/** Stub. */
import type { Percentiles } from '../../sim/index.ts';
import type { TimelineIndex } from './index-builder.ts';
import type { TimeRange } from './view-state.ts';

/** Percentiles of one lane; `samples` in each says of how many. */
export interface LaneStats {
  readonly lane: number;
  readonly waitUs: Percentiles;
  readonly holdUs: Percentiles;
}

export function rangeStats(_index: TimelineIndex, _range: TimeRange): LaneStats[] {
  return [];
}
