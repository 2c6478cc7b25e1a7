/**
 * Does the parts of a search in threads, one each a core.
 *
 * A thread that dies is reported and its part is done anew by another; a part that kills several
 * is a failure of the search, which then is inconclusive. Invariant: what comes of it is what one
 * thread would have found. Known limit: a thread takes about half a second to begin.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Piscina } from 'piscina';
import { addTallies, type Distribution, type PartResult } from '../../sim/index.ts';
import type { Crew, Watch, Watched } from './crew.ts';
import type { ExploreJob } from './job.ts';
import { type PartOrder, Shared } from './part-worker.ts';

/** A search that is over by then does not need anybody's help. */
const AFTER_MS = 500;
const LOOK_EVERY_MS = 50;
/** A part is given to so many threads before it is given up. */
const TRIES_MAX = 3;

export interface PoolOptions {
  readonly job: ExploreJob;
  /** How many, at least 2. */
  readonly workers: number;
  readonly note: (line: string) => void;
  readonly afterMs?: number;
  /** The module of a thread, for tests. */
  readonly module?: string;
}

/** Threads that go on with a search. */
export function poolCrew({ afterMs = AFTER_MS, ...options }: PoolOptions): Crew {
  return { afterMs, work: (parts, watch) => new Pool(options, parts).work(watch) };
}

class Pool {
  readonly #options: Omit<PoolOptions, 'afterMs'>;
  readonly #parts: Distribution;
  readonly #threads: Piscina;
  /** By place of a thread: what it and this one share, and the part that it has. */
  readonly #shared: readonly Int32Array[];
  readonly #has: (number | undefined)[];
  readonly #tries = new Map<number, number>();
  readonly #unfinished: PartResult[] = [];
  #failure: string | undefined = undefined;
  /** Nobody gets another part. */
  #isEnding = false;

  constructor(options: Omit<PoolOptions, 'afterMs'>, parts: Distribution) {
    const { workers, job, module = 'part-worker.ts' } = options;
    this.#options = options;
    this.#parts = parts;
    this.#shared = Array.from({ length: workers }, () => sharedRow());
    this.#has = this.#shared.map(() => undefined);
    this.#threads = new Piscina({
      filename: pathToFileURL(join(import.meta.dirname, module)).href,
      name: 'searchPart',
      workerData: job,
      minThreads: workers,
      maxThreads: workers,
      // What makes Node read TypeScript, wherever this process was started from.
      execArgv: ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href],
    });
  }

  async work(watch: Watch): Promise<Watched> {
    const all = Promise.all(this.#shared.map((_, place) => this.#employ(place)));
    let isOver = false;
    const over = all.finally(() => (isOver = true));
    // Whoever waits for it below hears of its failure.
    over.catch(() => undefined);
    try {
      while (!isOver) {
        await Promise.race([over, setTimeout(LOOK_EVERY_MS)]);
        this.#look(watch);
      }
    } finally {
      await this.#threads.destroy();
    }
    return { unfinished: this.#unfinished, failure: this.#failure };
  }

  /** Shows how far they are, and stops those whose part is of no interest any more. */
  #look(watch: Watch): void {
    let tally = this.#parts.tally;
    const ending = watch.ending !== undefined || this.#failure !== undefined;
    this.#shared.forEach((shared, place) => {
      const part = this.#has[place];
      if (part === undefined) return;
      if (ending || !this.#parts.isOfInterest(part)) Atomics.store(shared, Shared.stop, 1);
      tally = addTallies(tally, tallyOf(shared));
    });
    if (ending) this.#isEnding = true;
    watch.show(tally);
  }

  /** Gives one thread after another what is to be done next, one at a time. */
  async #employ(place: number): Promise<void> {
    const shared = this.#shared[place] as Int32Array;
    for (;;) {
      const part = this.#isEnding ? undefined : this.#parts.take();
      if (part === undefined) return;
      shared.fill(0);
      this.#has[place] = part;
      const order: PartOrder = { part, shared };
      try {
        this.#takeIn((await this.#threads.run(order)) as PartResult);
      } catch (error) {
        this.#mourn(part, error);
      }
      this.#has[place] = undefined;
    }
  }

  #takeIn(result: PartResult): void {
    if (result.stop === 'cancelled') this.#unfinished.push(result);
    else this.#parts.add(result);
  }

  /** A thread has died, and its part is to be done by another. */
  #mourn(part: number, error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    const tries = (this.#tries.get(part) ?? 0) + 1;
    this.#tries.set(part, tries);
    if (tries < TRIES_MAX) {
      this.#options.note(`lab: a worker died on part ${part + 1}, which is done anew: ${why}`);
      this.#parts.giveBack(part);
      return;
    }
    this.#failure = `${TRIES_MAX} workers died on part ${part + 1} of the search: ${why}.`;
    this.#isEnding = true;
  }
}

function sharedRow(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(Shared.size * Int32Array.BYTES_PER_ELEMENT));
}

function tallyOf(shared: Int32Array) {
  const at = (place: number): number => shared[place] as number;
  const classes = at(Shared.classes);
  return {
    schedules: at(Shared.schedules),
    cut: at(Shared.cut),
    classes: classes === 0 ? undefined : classes,
    steps: at(Shared.steps),
  };
}
