/** A helper of the explorer's worker: parts of one search, then it is gone with that worker. */
import { expose } from 'comlink';
import type { PartApi } from './part-contract.ts';
import { PartHost } from './part-host.ts';
import { holdLifeLine } from './life-line.ts';
import { nextTurn, raiseRejections } from './worker-turns.ts';

const later = nextTurn();
const host = new PartHost({
  nowMs: () => performance.now(),
  turn: () => new Promise((resolve) => later(resolve, 0)),
});

const api: PartApi = {
  searchPart: (search, part, onTally) => host.searchPart(search, part, onTally),
  stop: () => host.stop(),
};

raiseRejections();
expose(api);
holdLifeLine((alive) => self.postMessage(alive));
