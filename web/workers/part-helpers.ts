/**
 * Goes on with a search that is large, on as many cores as the browser lends.
 *
 * Invariant: what comes of it is what one worker would have found, whoever did which part and when.
 * A helper that dies is replaced and its part done anew; a part at which several die fails.
 */
import { proxy } from 'comlink';
import {
  addTallies,
  assert,
  type Distribution,
  type PartResult,
  type SearchTally,
} from '../../sim/index.ts';
import type { PartApi, PartedSearch } from './part-contract.ts';
import { WorkerLine } from './worker-line.ts';

/** One that does a part at a time. */
export interface Helper {
  /** Rejects if the helper dies. */
  searchPart(part: number, onTally: (tally: SearchTally) => void): Promise<PartResult>;
  /** Ends the part at hand with what it has. */
  stop(): void;
  close(): void;
}

/** Who watches the search. */
export interface HelpersWatch {
  /** Whether somebody wants it to end, or its time is over. */
  readonly isEnding: () => boolean;
  readonly show: (tally: SearchTally) => void;
}

/** A browser with more cores is lent so many of them. */
const HELPERS_MAX = 8;
const LOOK_EVERY_MS = 100;
/** A part is given to so many helpers before it is given up. */
const TRIES_MAX = 3;
const NOTHING: SearchTally = { schedules: 0, cut: 0, classes: undefined, steps: 0 };

/** How many helpers are worth it here: none where there is one core, or no worker in a worker. */
export function helpersHere(cores: number, hasWorkers: boolean): number {
  return hasWorkers && cores > 1 ? Math.min(cores, HELPERS_MAX) : 0;
}

/** A helper in a worker of its own. */
export function workerHelper(search: PartedSearch, worker: Worker): Helper {
  const line = new WorkerLine<PartApi>(worker, () => undefined);
  return {
    searchPart: (part, onTally) => {
      // Comlink drops the answers of a proxy that was collected: the closure keeps it.
      const told = proxy(onTally);
      return line.call<PartResult>((remote) => remote.searchPart(search, part, told), Infinity);
    },
    stop: () => void line.call((remote) => remote.stop()).catch(() => undefined),
    close: () => line.close(),
  };
}

/** Does what is left of a search; gives what was cut short. */
export async function searchWithHelpers(
  parts: Distribution,
  make: () => Helper,
  count: number,
  watch: HelpersWatch,
): Promise<readonly PartResult[]> {
  assert(count > 0, 'expected at least one helper');
  const crowd = new Crowd(parts, make, watch);
  const looking = setInterval(() => crowd.look(), LOOK_EVERY_MS);
  try {
    await Promise.all(Array.from({ length: count }, () => crowd.employ()));
  } finally {
    clearInterval(looking);
  }
  return crowd.unfinished;
}

class Crowd {
  readonly unfinished: PartResult[] = [];
  readonly #parts: Distribution;
  readonly #make: () => Helper;
  readonly #watch: HelpersWatch;
  /** By part: how many died of it, and who is at it, how far. */
  readonly #deaths = new Map<number, number>();
  readonly #busy = new Map<number, { readonly helper: Helper; tally: SearchTally }>();
  #hasFailed = false;

  constructor(parts: Distribution, make: () => Helper, watch: HelpersWatch) {
    this.#parts = parts;
    this.#make = make;
    this.#watch = watch;
  }

  /** Gives one helper after another what is to be done next, one at a time. */
  async employ(): Promise<void> {
    let helper = this.#make();
    try {
      for (;;) {
        const isEnding = this.#hasFailed || this.#watch.isEnding();
        const part = isEnding ? undefined : this.#parts.take();
        if (part === undefined) return;
        if (await this.#isDone(part, helper)) continue;
        helper.close();
        helper = this.#make();
      }
    } finally {
      helper.close();
    }
  }

  /** Shows how far all are, and stops those whose part is of no interest any more. */
  look(): void {
    let tally = this.#parts.tally;
    for (const [part, place] of this.#busy) {
      tally = addTallies(tally, place.tally);
      const isWanted = this.#parts.isOfInterest(part) && !this.#watch.isEnding();
      if (!isWanted) place.helper.stop();
    }
    this.#watch.show(tally);
  }

  /** False if the helper died of it, and another is to do it. */
  async #isDone(part: number, helper: Helper): Promise<boolean> {
    const place = { helper, tally: NOTHING };
    this.#busy.set(part, place);
    try {
      const result = await helper.searchPart(part, (tally) => (place.tally = tally));
      if (result.stop === 'cancelled') this.unfinished.push(result);
      else this.#parts.add(result);
      return true;
    } catch (death) {
      const deaths = (this.#deaths.get(part) ?? 0) + 1;
      this.#deaths.set(part, deaths);
      if (deaths >= TRIES_MAX) {
        this.#hasFailed = true;
        throw death;
      }
      this.#parts.giveBack(part);
      return false;
    } finally {
      this.#busy.delete(part);
    }
  }
}
