/**
 * The page's end of the explorer: a worker a search, ended by its answer, its death, or the reader.
 */
import { proxy } from 'comlink';
import type { Scenario } from '../../sim/index.ts';
import type { Work } from './engine-contract.ts';
import type {
  ExploreApi,
  ExploreEnd,
  ExplorePlan,
  ExploreProgress,
  Telling,
} from './explore-contract.ts';
import { WorkerLine } from './worker-line.ts';

/** A search that is under way. */
export interface Exploring {
  /** What it ended in; rejects with a WorkerDeath if the worker went first. */
  readonly ended: Promise<ExploreEnd>;
  /** Ends it with what it has. */
  readonly cancel: () => void;
  /** Gives it up: the worker is gone at once, and `ended` rejects. */
  readonly close: () => void;
}

/** What the page asks of its explorer, so that a test can stand in. */
export interface ExploreDoor {
  readonly start: (
    work: Work,
    plan: ExplorePlan,
    onProgress: (progress: ExploreProgress) => void,
  ) => Exploring;
  /** Rejects with a WorkerDeath if the worker went first. */
  readonly tell: (scenario: Scenario, schedule: string) => Promise<Telling>;
}

const spawnExploreWorker = (): Worker =>
  new Worker(new URL('./explore-worker.ts', import.meta.url), { type: 'module', name: 'explore' });

/** The explorer in workers that `spawn` makes. */
export function exploreDoor(spawn: () => Worker = spawnExploreWorker): ExploreDoor {
  const dies = (): void => undefined;
  return {
    start: (work, plan, onProgress) => {
      const line = new WorkerLine<ExploreApi>(spawn(), dies);
      // Comlink drops the answers of a proxy that was collected: the closure keeps it.
      const told = proxy(onProgress);
      const explore = async (): Promise<ExploreEnd> => {
        try {
          return await line.call<ExploreEnd>(
            (remote) => remote.explore(work, plan, told),
            Infinity,
          );
        } finally {
          line.close();
        }
      };
      return {
        ended: explore(),
        // One that does not answer is dead, which ends the search by itself.
        cancel: () => void line.call((remote) => remote.cancel()).catch(dies),
        close: () => line.close(),
      };
    },
    tell: async (scenario, schedule) => {
      const line = new WorkerLine<ExploreApi>(spawn(), dies);
      try {
        return await line.call<Telling>((remote) => remote.tell(scenario, schedule));
      } finally {
        line.close();
      }
    },
  };
}
