/**
 * The explorer's worker: one search or one story, then it is gone, and its helpers with it.
 *
 * An exception anywhere ends up as the worker's `error` event or the call's, so the page hears it.
 */
import { expose } from 'comlink';
import type { ExploreApi } from './explore-contract.ts';
import { ExploreHost } from './explore-host.ts';
import { holdLifeLine } from './life-line.ts';
import { helpersHere, workerHelper } from './part-helpers.ts';
import { nextTurn, raiseRejections } from './worker-turns.ts';

const later = nextTurn();
const spawnPartWorker = (): Worker =>
  new Worker(new URL('./part-worker.ts', import.meta.url), { type: 'module', name: 'part' });
const count = helpersHere(navigator.hardwareConcurrency, typeof Worker === 'function');
const host = new ExploreHost(
  {
    nowMs: () => performance.now(),
    turn: () => new Promise((resolve) => later(resolve, 0)),
  },
  count === 0 ? undefined : { count, make: (search) => workerHelper(search, spawnPartWorker()) },
);

const api: ExploreApi = {
  explore: (work, plan, onProgress) => host.explore(work, plan, onProgress),
  cancel: () => host.cancel(),
  tell: (scenario, schedule) => host.tell(scenario, schedule),
};

raiseRejections();
expose(api);
holdLifeLine((alive) => self.postMessage(alive));
