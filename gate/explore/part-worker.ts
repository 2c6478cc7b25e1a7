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
export const Shared = { stop: 0, schedules: 1, cut: 2, classes: 3, steps: 4, size: 5 } as const;

export interface PartOrder {
  readonly part: number;
  readonly shared: Int32Array;
}

/** Executions between two looks at the flag. */
const SLICE = 256;

const job = workerData as ExploreJob;
let campaign: Campaign | undefined;

/** What comes of a part; as far as it came, if the flag was raised. */
export async function searchPart({ part, shared }: PartOrder): Promise<PartResult> {
  campaign ??= campaignOf(job);
  const search = campaign.search(part);
  while (search.stop === undefined && Atomics.load(shared, Shared.stop) === 0) {
    search.advance(SLICE);
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
