/**
 * Does parts of searches that a queue in Redis hands out, one at a time.
 *
 * It says every few seconds that it still works on a part; one of which nothing is heard any more
 * gives the part to another. Whoever ends it gives back what it had at once. Known limit: it does
 * one part at a time; a machine with more cores starts more of them.
 */
import { setImmediate } from 'node:timers/promises';
import { type Job, WaitingError, Worker } from 'bullmq';
import type { Campaign, PartResult } from '../../sim/index.ts';
import type { Interrupt } from '../shell/shell.ts';
import { campaignOf, type ExploreJob } from './job.ts';
import { connectionTo, type PartJob, QUEUE, type RedisAddress, searchId } from './redis.ts';

/** How long it works before it looks whether it is to end, in milliseconds. */
const TURN_MS = 30;
const MS_PER_S = 1_000;
/** How often the part of a worker that has gone is given to another before it counts as failed. */
const GONE_MAX = 1_000;

export interface WorkerOptions {
  readonly address: RedisAddress;
  /** After so many seconds of silence its part is given to another. */
  readonly leaseS: number;
  readonly interrupt: Interrupt;
  readonly now: () => number;
  readonly note: (line: string) => void;
}

/** Works until it is interrupted; gives how many parts it has done. */
export async function workAtQueue(options: WorkerOptions): Promise<number> {
  const { address, leaseS, interrupt, note } = options;
  let campaign: { readonly id: string; readonly search: Campaign } | undefined;
  let done = 0;
  const process = async (job: Job<PartJob, PartResult>, token?: string): Promise<PartResult> => {
    const { search, part } = job.data;
    const id = searchId(search);
    if (campaign?.id !== id) campaign = { id, search: campaignOf(search) };
    note(`lab: part ${part + 1} of ${campaign.search.parts}, ${nameOf(search)}`);
    const result = await searchPart(campaign.search, part, options);
    if (result === undefined) {
      await job.moveToWait(token);
      throw new WaitingError();
    }
    done += 1;
    return result;
  };
  const worker = new Worker<PartJob, PartResult>(QUEUE, process, {
    connection: connectionTo(address),
    lockDuration: leaseS * MS_PER_S,
    stalledInterval: leaseS * MS_PER_S,
    maxStalledCount: GONE_MAX,
  });
  worker.on('error', (error) => note(`lab: the queue at ${address.name}: ${error.message}`));
  await new Promise<void>((resolve) => interrupt.onRequest(resolve));
  await worker.close();
  return done;
}

/** What comes of a part; undefined if it was interrupted. */
async function searchPart(
  campaign: Campaign,
  part: number,
  { interrupt, now }: WorkerOptions,
): Promise<PartResult | undefined> {
  const search = campaign.search(part);
  while (search.stop === undefined) {
    const untilMs = now() + TURN_MS;
    while (search.stop === undefined && now() < untilMs) search.advance(16);
    await setImmediate();
    if (interrupt.requested && search.stop === undefined) return undefined;
  }
  return search.result();
}

function nameOf({ scenario }: ExploreJob): string {
  return scenario.title === '' ? 'a scenario without a title' : scenario.title;
}
