/**
 * Does the parts of a search in threads, one each a core.
 *
 * A thread that dies is reported and its part is done anew by another; a part that kills several
 * is a failure of the search, which then is inconclusive. Threads that run code which is not ours
 * are guarded: bounded, and a fault of that code ends the search. Invariant: what comes of it is
 * what one thread would have found. Known limit: a thread takes about a second to begin.
 */
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Piscina } from 'piscina';
import { addTallies, type Distribution, type PartResult, type Problem } from '../../sim/index.ts';
import { READS_TYPESCRIPT } from '../shell/typescript.ts';
import type { Crew, Watch, Watched } from './crew.ts';
import { type PartOrder, Shared } from './part-worker.ts';

/** A search that is over by then does not need anybody's help. */
const AFTER_MS = 500;
const LOOK_EVERY_MS = 50;
/** A part is given to so many threads before it is given up. */
const TRIES_MAX = 3;
const MODULE = 'part-worker.ts';

/** What bounds threads whose code is not ours. */
export interface Guard {
  /** How long a thread may take to begin with a part, in milliseconds. */
  readonly startMs: number;
  /** How long it may then be without a sign of life. */
  readonly silentMs: number;
  /** What its heap may hold. */
  readonly memoryMb: number;
}

/** Why a part cannot be done: its thread is stuck, or out of memory; or what it says itself. */
export type Fault =
  | { readonly kind: 'stuck' }
  | { readonly kind: 'died' }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** What a guarded thread may say of a part instead of its result. */
export interface PartProblem {
  readonly problem: Problem;
}

export interface PoolOptions {
  /** What a thread finds as its `workerData`. */
  readonly job: object;
  /** How many, at least 2. */
  readonly workers: number;
  readonly note: (line: string) => void;
  readonly afterMs?: number;
  /** The module of a thread, from this folder, if it is not the one for scenarios. */
  readonly module?: string;
  readonly guard?: Guard;
}

/** What threads leave behind, and the fault that ended a guarded search. */
export interface PoolWatched extends Watched {
  readonly fault: Fault | undefined;
}

export interface PoolCrew extends Crew {
  work(parts: Distribution, watch: Watch): Promise<PoolWatched>;
}

/** Threads that go on with a search. */
export function poolCrew({ afterMs = AFTER_MS, ...options }: PoolOptions): PoolCrew {
  let threads: Piscina | undefined;
  let isReady = false;
  const call = (): Piscina => {
    if (threads !== undefined) return threads;
    threads = startThreads(options);
    void begun(threads, options.workers).then(() => (isReady = true));
    return threads;
  };
  return {
    afterMs,
    isReady: () => {
      call();
      return isReady;
    },
    work: (parts, watch) => new Pool(options, call(), parts).work(watch),
    dismiss: async () => void (await threads?.destroy()),
  };
}

function startThreads({ workers, job, module = MODULE, guard }: PoolOptions): Piscina {
  return new Piscina({
    filename: pathToFileURL(resolve(import.meta.dirname, module)).href,
    name: 'searchPart',
    workerData: job,
    minThreads: workers,
    maxThreads: workers,
    execArgv: [...READS_TYPESCRIPT],
    ...(guard && { resourceLimits: { maxOldGenerationSizeMb: guard.memoryMb } }),
  });
}

/** Waits until all threads have begun; one that cannot says so of its first part. */
async function begun(threads: Piscina, workers: number): Promise<void> {
  const all = Array.from({ length: workers }, () => threads.run(undefined, { name: 'begin' }));
  await Promise.allSettled(all);
}

/** A thread's place, whichever thread it is at the moment. */
interface Place {
  readonly shared: Int32Array;
  /** The part that it has. */
  part: number | undefined;
  /** The last sign of life, and when it was seen first. */
  beat: number;
  sinceMs: number;
}

class Pool {
  readonly #options: PoolOptions;
  readonly #parts: Distribution;
  readonly #threads: Piscina;
  readonly #places: readonly Place[];
  readonly #tries = new Map<number, number>();
  readonly #unfinished: PartResult[] = [];
  #failure: string | undefined = undefined;
  /** The lowest part that its own code keeps from being done. */
  #problem: { readonly part: number; readonly problem: Problem } | undefined = undefined;
  /** What ends the search at once. */
  #fatal: Fault | undefined = undefined;
  /** Nobody gets another part. */
  #isEnding = false;

  constructor(options: PoolOptions, threads: Piscina, parts: Distribution) {
    this.#options = options;
    this.#threads = threads;
    this.#parts = parts;
    this.#places = Array.from({ length: options.workers }, () => freePlace());
  }

  /** What nobody waits for any more is ended where it is. */
  async work(watch: Watch): Promise<PoolWatched> {
    const over = Promise.all(this.#places.map((place) => this.#employ(place)));
    // Whoever waits for it below hears of its failure, unless nobody waits for it any more.
    over.catch(() => undefined);
    try {
      while (this.#isAwaited && this.#fatal === undefined) {
        await Promise.race([over, setTimeout(LOOK_EVERY_MS)]);
        this.#look(watch);
      }
    } finally {
      this.#isEnding = true;
      await this.#threads.destroy();
    }
    return { unfinished: this.#unfinished, failure: this.#failure, fault: this.#fault };
  }

  /** Shows how far they are, and stops those whose part is of no interest any more. */
  #look(watch: Watch): void {
    let tally = this.#parts.tally;
    const ending = watch.ending !== undefined || this.#failure !== undefined;
    for (const place of this.#places) {
      const { part, shared } = place;
      if (part === undefined) continue;
      const isOfInterest = this.#isOfInterest(part);
      if (ending || !isOfInterest) Atomics.store(shared, Shared.stop, 1);
      if (isOfInterest && this.#isStuck(place)) this.#fatal ??= { kind: 'stuck' };
      tally = addTallies(tally, tallyOf(shared));
    }
    if (ending) this.#isEnding = true;
    watch.show(tally);
  }

  /** Gives one thread after another what is to be done next, one at a time. */
  async #employ(place: Place): Promise<void> {
    for (;;) {
      const part = this.#isEnding ? undefined : this.#parts.take();
      if (part === undefined || !this.#isOfInterest(part)) return;
      const { shared } = place;
      shared.fill(0);
      Object.assign(place, { part, beat: 0, sinceMs: performance.now() });
      const executionsMax = this.#parts.executionsMaxOf(part);
      const order: PartOrder = { part, executionsMax, shared };
      try {
        this.#takeIn(part, (await this.#threads.run(order)) as PartResult | PartProblem);
      } catch (error) {
        this.#mourn(part, error);
      }
      place.part = undefined;
    }
  }

  #takeIn(part: number, outcome: PartResult | PartProblem): void {
    if ('problem' in outcome) {
      const { problem } = outcome;
      if (this.#isOfInterest(part)) this.#problem = { part, problem };
    } else if (outcome.stop === 'cancelled') this.#unfinished.push(outcome);
    else this.#parts.add(outcome);
  }

  /** A thread has died, and its part is to be done by another, unless foreign code is to blame. */
  #mourn(part: number, error: unknown): void {
    if (!this.#isOfInterest(part)) return;
    const { guard, note } = this.#options;
    const why = error instanceof Error ? error.message : String(error);
    if (guard !== undefined) {
      if (!isDeath(error)) throw error;
      this.#fatal ??= { kind: 'died' };
      return;
    }
    const tries = (this.#tries.get(part) ?? 0) + 1;
    this.#tries.set(part, tries);
    if (tries < TRIES_MAX) {
      note(`lab: a worker died on part ${part + 1}, which is done anew: ${why}`);
      this.#parts.giveBack(part);
      return;
    }
    this.#failure = `${TRIES_MAX} workers died on part ${part + 1} of the search: ${why}.`;
    this.#isEnding = true;
  }

  /** Whether somebody has a part that may change what is said. */
  get #isAwaited(): boolean {
    return this.#places.some(({ part }) => part !== undefined && this.#isOfInterest(part));
  }

  /** One thread would have come to the problem first. */
  #isOfInterest(part: number): boolean {
    const isBefore = this.#problem === undefined || part < this.#problem.part;
    return isBefore && this.#parts.isOfInterest(part);
  }

  get #fault(): Fault | undefined {
    if (this.#fatal !== undefined || this.#problem === undefined) return this.#fatal;
    const { part, problem } = this.#problem;
    return this.#parts.isOfInterest(part) ? { kind: 'problem', problem } : undefined;
  }

  #isStuck(place: Place): boolean {
    const { guard } = this.#options;
    if (guard === undefined) return false;
    const beat = Atomics.load(place.shared, Shared.beat);
    const nowMs = performance.now();
    if (beat !== place.beat) Object.assign(place, { beat, sinceMs: nowMs });
    return nowMs - place.sinceMs > (beat === 0 ? guard.startMs : guard.silentMs);
  }
}

/** Whether a thread has died, of memory most likely, where an error of ours would be thrown. */
function isDeath(error: unknown): boolean {
  const { code, message } = (error ?? {}) as {
    readonly code?: unknown;
    readonly message?: unknown;
  };
  return code === 'ERR_WORKER_OUT_OF_MEMORY' || String(message).startsWith('worker exited');
}

function freePlace(): Place {
  const buffer = new SharedArrayBuffer(Shared.size * Int32Array.BYTES_PER_ELEMENT);
  return { shared: new Int32Array(buffer), part: undefined, beat: 0, sinceMs: 0 };
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
