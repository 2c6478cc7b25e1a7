/**
 * The export's worker: one file, then it is gone, and what it needed of memory with it.
 */
import { expose } from 'comlink';
import type { ExportApi } from './export-contract.ts';
import { ExportHost } from './export-host.ts';
import { holdLifeLine } from './life-line.ts';
import { nextTurn, raiseRejections } from './worker-turns.ts';

const later = nextTurn();
const host = new ExportHost({
  nowMs: () => performance.now(),
  turn: () => new Promise((resolve) => later(resolve, 0)),
});

const api: ExportApi = { write: (request, onProgress) => host.write(request, onProgress) };

raiseRejections();
expose(api);
holdLifeLine((alive) => self.postMessage(alive));
