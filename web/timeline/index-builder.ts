/** Stub. */
import type { EventView, SegmentReader } from '../../sim/index.ts';
import type { TimeRange } from './view-state.ts';

export interface TimelineOptions {
  /** How many symbols are known from the start; their lanes are 0 to symbols - 1. */
  readonly symbols: number;
  /** Which resource is watched; the gateway's socket unless something else is said. */
  readonly resource?: number;
}

/** Whose lane it is: a symbol's, or a task's that belongs to no symbol. */
export type Lane =
  | { readonly kind: 'symbol'; readonly symbol: number }
  | { readonly kind: 'task'; readonly task: number };

export class TimelineIndex {
  readonly lanes: readonly Lane[] = [];
  constructor(readonly options: TimelineOptions) {}
  readonly append: SegmentReader = () => undefined;
  readonly step = (_event: EventView): void => undefined;
  finish(_endUs: number): void {}
  extent(): TimeRange {
    return { startUs: 0, endUs: 0 };
  }
}
