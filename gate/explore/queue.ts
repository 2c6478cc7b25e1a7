/**
 * Lets workers elsewhere do the parts of a search, over a queue in Redis.
 *
 * Invariant: every part counts once. Its job has a name of its own, so that adding it again adds
 * nothing; what came of it stays at the queue until all are in; and whoever asks for the same
 * search again goes on where it was left. Known limit: whoever may write to that Redis may say what
 * comes of a part.
 */
import { setTimeout } from 'node:timers/promises';
import { type Job, Queue } from 'bullmq';
import type { Distribution, PartResult } from '../../sim/index.ts';
import type { Outcome } from '../shell/outcome.ts';
import type { Crew, Watch, Watched } from './crew.ts';
import type { ExploreJob } from './job.ts';
import {
  connectionTo,
  findRedis,
  jobId,
  type PartJob,
  QUEUE,
  type RedisAddress,
  searchId,
} from './redis.ts';

const LOOK_EVERY_MS = 200;
/** Of so many parts that are not in, the lowest, it is asked at a time. */
const LOOK_AT = 128;
/** How long what came of a part is kept if nobody asks for it, in seconds. */
const KEEP_S = 7 * 86_400;
/** A part that fails in so many workers is given up. */
const TRIES_MAX = 3;

/** Workers at a queue, who go on with a search. */
export async function queueCrew(
  text: string,
  job: ExploreJob,
  note: (line: string) => void,
): Promise<Outcome<Crew>> {
  const address = await findRedis(text);
  if (address.kind === 'error') return address;
  const work = async (parts: Distribution, watch: Watch): Promise<Watched> => {
    const coordinator = new Coordinator(address.value, job, parts, note);
    try {
      return await coordinator.work(watch);
    } finally {
      await coordinator.close();
    }
  };
  const dismiss = (): Promise<void> => Promise.resolve();
  return { kind: 'ok', value: { afterMs: 0, isReady: () => true, work, dismiss } };
}

class Coordinator {
  readonly #queue: Queue<PartJob, PartResult>;
  readonly #address: RedisAddress;
  readonly #search: ExploreJob;
  readonly #id: string;
  readonly #parts: Distribution;
  readonly #note: (line: string) => void;
  /** Parts that are not in, the lowest first, and those that somebody was given. */
  #open: readonly number[];
  readonly #all: readonly number[];
  #failure: string | undefined = undefined;

  constructor(
    address: RedisAddress,
    search: ExploreJob,
    parts: Distribution,
    note: (line: string) => void,
  ) {
    this.#queue = new Queue<PartJob, PartResult>(QUEUE, { connection: connectionTo(address) });
    // It waits for a Redis that is gone; what it waits for is told.
    this.#queue.on('error', (error) => note(`lab: the queue at ${address.name}: ${error.message}`));
    this.#address = address;
    this.#search = search;
    this.#id = searchId(search);
    this.#parts = parts;
    this.#note = note;
    this.#all = allOf(parts);
    this.#open = this.#all;
  }

  async work(watch: Watch): Promise<Watched> {
    await this.#dropFailed();
    await this.#add(this.#all);
    await this.#greet();
    while (!this.#parts.isOver && this.#failure === undefined && watch.ending === undefined) {
      await this.#look();
      watch.show(this.#parts.tally);
      if (!this.#parts.isOver) await setTimeout(LOOK_EVERY_MS);
    }
    if (this.#parts.isOver) await this.#clear();
    else this.#note(`lab: what was done stays at ${this.#address.name}: the same words go on`);
    return { unfinished: [], failure: this.#failure };
  }

  async close(): Promise<void> {
    await this.#queue.close();
  }

  async #add(parts: readonly number[]): Promise<void> {
    await this.#queue.addBulk(
      parts.map((part) => ({
        name: 'part',
        data: { search: this.#search, part },
        opts: {
          jobId: jobId(this.#id, part),
          attempts: TRIES_MAX,
          removeOnComplete: { age: KEEP_S },
          removeOnFail: { age: KEEP_S },
        },
      })),
    );
  }

  async #greet(): Promise<void> {
    if ((await this.#queue.getWorkersCount()) > 0) return;
    const words = `npm run -s lab -- explore-worker --queue ${this.#address.name}`;
    this.#note(`lab: nobody is at the queue yet; start as many as you like: ${words}`);
  }

  /** Takes in what is done, and adds again what the queue has lost. */
  async #look(): Promise<void> {
    const asked = this.#open.slice(0, LOOK_AT);
    const jobs = await Promise.all(asked.map((part) => this.#jobOf(part)));
    const lost: number[] = [];
    for (const [at, part] of asked.entries()) {
      const job = jobs[at];
      if (job === undefined) lost.push(part);
      else if (job.finishedOn !== undefined) this.#takeIn(part, job);
    }
    if (lost.length > 0) await this.#add(lost);
  }

  #takeIn(part: number, { returnvalue, failedReason }: Job<PartJob, PartResult>): void {
    if (failedReason !== undefined && failedReason !== '') {
      this.#failure = `Part ${part + 1} of the search failed in ${TRIES_MAX} workers: ${failedReason}.`;
      return;
    }
    this.#parts.add(returnvalue);
    this.#open = this.#open.filter((each) => each !== part);
  }

  /** What failed before, for a reason that may be gone, is tried anew. */
  async #dropFailed(): Promise<void> {
    const jobs = await Promise.all(this.#all.map((part) => this.#jobOf(part)));
    await Promise.all(
      jobs.map(async (job) => {
        if (job !== undefined && (await job.isFailed())) await job.remove();
      }),
    );
  }

  /** Takes away what nobody needs any more; what is being worked on goes by its age. */
  async #clear(): Promise<void> {
    const jobs = await Promise.all(this.#all.map((part) => this.#jobOf(part)));
    await Promise.allSettled(jobs.map(async (job) => job?.remove()));
  }

  #jobOf(part: number): Promise<Job<PartJob, PartResult> | undefined> {
    return this.#queue.getJob(jobId(this.#id, part));
  }
}

function allOf(parts: Distribution): readonly number[] {
  const all: number[] = [];
  for (let part = parts.take(); part !== undefined; part = parts.take()) all.push(part);
  return all;
}
