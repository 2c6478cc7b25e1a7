/** Real time as the browser has it: the workers of a run, one connection with the bridge. */
import { BridgeLinkClient } from '../bridge/bridge-link.ts';
import { LiveClient } from '../live/live-client.ts';
import type { LiveDoors } from './live.svelte.ts';

export const liveDoors: LiveDoors = {
  makeLink: (listener) => new BridgeLinkClient(listener),
  makeEngine: (listener) => new LiveClient(listener),
};
