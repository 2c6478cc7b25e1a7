/**
 * What is known of one lane: its holds, the waits that led to none, and its share of every bucket.
 */
import { NONE } from '../../sim/index.ts';
import type { Buckets, MaxSeries, SumSeries } from './buckets.ts';
import { HoldTable, NO_LANE } from './hold-table.ts';
import { WaitTable } from './wait-table.ts';

export class LaneIndex {
  readonly holds = new HoldTable();
  readonly waits = new WaitTable();
  /** Microseconds a bucket that were held, and waited; holds and waits that are over. */
  readonly held: SumSeries;
  readonly waited: SumSeries;
  /** 1 where the lane held while another did. */
  readonly violated: MaxSeries;

  constructor(buckets: Buckets) {
    this.held = buckets.newSum();
    this.waited = buckets.newSum();
    this.violated = buckets.newMax();
  }
}

/** Whose lane it is: a symbol's, or a task's that belongs to no symbol. */
export type Lane =
  | { readonly kind: 'symbol'; readonly symbol: number }
  | { readonly kind: 'task'; readonly task: number };

/** The lanes in the order in which they were met. */
export class LaneList {
  readonly lanes: Lane[] = [];
  readonly byLane: LaneIndex[] = [];
  readonly #buckets: Buckets;
  readonly #ofSymbol = new Int16Array(256).fill(-1);
  readonly #ofTask = new Int16Array(256).fill(-1);

  constructor(buckets: Buckets) {
    this.#buckets = buckets;
  }

  /** Its lane if it has one, else NO_LANE: who only gives back or sends gets none. */
  known(symbol: number, task: number): number {
    const table = symbol === NONE ? this.#ofTask : this.#ofSymbol;
    const lane = table[symbol === NONE ? task : symbol] as number;
    return lane < 0 ? NO_LANE : Math.min(lane, NO_LANE);
  }

  /** Its lane, a new one if it is met for the first time. */
  of(symbol: number, task: number): number {
    const table = symbol === NONE ? this.#ofTask : this.#ofSymbol;
    const key = symbol === NONE ? task : symbol;
    const known = table[key] as number;
    if (known >= 0) return known;
    const number = this.lanes.length;
    table[key] = number;
    this.lanes.push(symbol === NONE ? { kind: 'task', task } : { kind: 'symbol', symbol });
    this.byLane.push(new LaneIndex(this.#buckets));
    return number;
  }
}
