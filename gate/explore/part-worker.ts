/**
 * A thread of the pool: does one part of a search after the other.
 *
 * It looks at its flag between slices, and writes down there how far it is; so whoever started it
 * never waits for a message.
 */
import { setImmediate } from 'node:timers/promises';
import { workerData } from 'piscina';
import type { Campaign, PartResult } from '../../sim/index.ts';
import { campaignOf, type ExploreJob } from './job.ts';

/** What a thread and the one that started it share, by place in a row of 32-bit numbers. */
export const Shared = {
  ...{ stop: 0, schedules: 1, cut: 2, classes: 3, steps: 4 },
  /** Counts the looks at the flag: a thread of which it stands still is stuck. */
  beat: 5,
  size: 6,
} as const;

export interface PartOrder {
  readonly part: number;
  /** What is left for it of the bound of the search, as far as is known. */
  readonly executionsMax: number;
  readonly shared: Int32Array;
}

/** How long it works between two looks at the flag, in milliseconds. */
const SLICE_MS = 10;

const job = workerData as ExploreJob;
let campaign: Campaign | undefined;

/** Makes all that the first part would have to wait for. */
export function begin(): void {
  campaign ??= campaignOf(job);
  void campaign.parts;
}

/** What comes of a part; as far as it came, if the flag was raised. */
export function searchPart(order: PartOrder): Promise<PartResult> {
  campaign ??= campaignOf(job);
  return searchPartOf(campaign, order);
}

/** The same of any search; executions of it may take long. */
export async function searchPartOf(
  parted: Campaign,
  { part, executionsMax, shared }: PartOrder,
): Promise<PartResult> {
  const search = parted.search(part, executionsMax);
  while (search.stop === undefined && Atomics.load(shared, Shared.stop) === 0) {
    const untilMs = performance.now() + SLICE_MS;
    do search.advance(1);
    while (search.stop === undefined && performance.now() < untilMs);
    Atomics.add(shared, Shared.beat, 1);
    const { schedules, cut, classes = 0, steps } = search.tally;
    shared[Shared.schedules] = schedules;
    shared[Shared.cut] = cut;
    shared[Shared.classes] = classes;
    shared[Shared.steps] = steps;
    // Once a slice, so that the thread can be told of its end.
    await setImmediate();
  }
  return search.result();
}
