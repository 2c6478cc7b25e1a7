/** What is known of one lane: its holds, the waits that led to none, and its share of every bucket. */
import type { Buckets, Series } from './buckets.ts';
import { HoldTable } from './hold-table.ts';
import { WaitTable } from './wait-table.ts';

export class LaneIndex {
  readonly holds = new HoldTable();
  readonly waits = new WaitTable();
  /** Microseconds a bucket that were held, and waited; holds and waits that are over. */
  readonly held: Series;
  readonly waited: Series;
  /** 1 where the lane held while another did. */
  readonly violated: Series;

  constructor(buckets: Buckets) {
    this.held = buckets.newSeries('sum');
    this.waited = buckets.newSeries('sum');
    this.violated = buckets.newSeries('max');
  }
}
