/**
 * What the page and the conductor's worker say to each other.
 *
 * Commands go through Comlink; what a run yields comes by a port of its own: that of any run, and
 * what only a live one has to say.
 */
import type { EngineMessage, Opened } from '../workers/engine-contract.ts';
import type { LivePlan, Recorded, Standing } from './contract.ts';

/** From conductor to page; what was recorded comes before the end of the run. */
export type LiveMessage =
  | EngineMessage
  | { readonly kind: 'standing'; readonly standing: Standing }
  | { readonly kind: 'recorded'; readonly recorded: Recorded };

/** The commands of one conductor, which conducts one run. */
export interface LiveApi {
  /** Takes the port by which the run speaks; call first, once. */
  connect(port: MessagePort): void;
  /** Starts the run; answers once all of it stands. */
  open(plan: LivePlan): Promise<Opened>;
  /** Ends it where it is. */
  stop(): void;
}
