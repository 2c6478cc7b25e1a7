/**
 * The conductor's worker: it starts the members' workers, so that ending it ends all of them.
 *
 * An exception anywhere ends up as the worker's `error` event, so that the page hears of it.
 */
import { expose, transfer } from 'comlink';
import type { Credit } from '../workers/engine-contract.ts';
import { holdLifeLine } from '../workers/life-line.ts';
import { WorkerLine } from '../workers/worker-line.ts';
import { raiseRejections } from '../workers/worker-turns.ts';
import { localUs, stepOfClock } from './clocks.ts';
import { Conductor } from './conductor.ts';
import type { LiveApi } from './live-contract.ts';
import { type Part, type Player, portsOf, type Stage } from './stage.ts';
import { every, type PlayerApi } from './thread.ts';

/** How long a member's worker may take to load, with sixty-five others on a small machine. */
const PLAY_DEADLINE_MS = 50_000;

/** Each in one expression, by which a bundler knows that a worker is meant. */
function workerOf({ kind }: Player): Worker {
  switch (kind) {
    case 'symbol':
      return new Worker(new URL('./symbol-worker.ts', import.meta.url), { type: 'module' });
    case 'lock':
      return new Worker(new URL('./lock-worker.ts', import.meta.url), { type: 'module' });
    case 'account':
      return new Worker(new URL('./account-worker.ts', import.meta.url), { type: 'module' });
  }
}

const stage: Stage = {
  enter: (player, onLost) => {
    const line = new WorkerLine<PlayerApi>(workerOf(player), onLost);
    return {
      play: (part: Part) => {
        const given = transfer(part, portsOf(part));
        return line.call((remote) => remote.play(given), PLAY_DEADLINE_MS);
      },
    };
  },
};

let port: MessagePort | undefined;
let conductor: Conductor | undefined;

const api: LiveApi = {
  connect: (given) => {
    port = given;
    given.onmessage = ({ data }: MessageEvent<Credit>) => conductor?.credit(data);
  },
  open: (plan) => {
    conductor = new Conductor(plan, stage, {
      ...{ localUs, every, stepUs: stepOfClock() },
      send: (message, buffers) => port?.postMessage(message, [...buffers]),
    });
    return conductor.open();
  },
  stop: () => conductor?.stop(),
};

raiseRejections();
expose(api);
holdLifeLine((alive) => self.postMessage(alive));
