/** What a member finds in a worker of its own, and how it gets its part there. */
import { expose } from 'comlink';
import { holdLifeLine } from '../workers/life-line.ts';
import { raiseRejections } from '../workers/worker-turns.ts';
import { localUs } from './clocks.ts';
import type { Surroundings } from './member.ts';
import type { Part } from './stage.ts';
import { workerTimer } from './timers.ts';
import type { AccountFacts } from './wire.ts';

/** What the conductor asks of a member's worker. */
export interface PlayerApi {
  play(part: Part): Promise<AccountFacts | undefined>;
}

/** Calls back again and again; the result ends it. */
export function every(ms: number, callback: () => void): () => void {
  const timer = setInterval(callback, ms);
  return () => clearInterval(timer);
}

/** Makes this worker a member's, which plays the parts of one kind. */
export function stepOnStage(
  play: (part: Part, around: Surroundings) => Promise<AccountFacts> | undefined,
): void {
  const around: Surroundings = { localUs, later: workerTimer(localUs), every };
  const api: PlayerApi = { play: async (part) => play(part, around) };
  raiseRejections();
  expose(api);
  holdLifeLine((alive) => self.postMessage(alive));
}
