/**
 * Times that are marked on the minimap: as many as there are, in as little room as a minimap needs.
 *
 * Kept as the timeline keeps everything far away: by buckets whose width doubles as time goes on.
 */
import { Buckets, type MaxSeries } from './buckets.ts';

export class TimeMarks {
  readonly buckets = new Buckets();
  readonly series: MaxSeries = this.buckets.newMax();

  /** Marks `timeUs`; times come in any order. */
  add(timeUs: number): void {
    this.series.raise(this.buckets.reach(timeUs), 1);
    this.buckets.version += 1;
  }
}
