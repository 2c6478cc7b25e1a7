/**
 * The log's worker: a file is judged here, so that the page stays quick and nothing is uploaded.
 */
import { expose, transfer } from 'comlink';
import { holdLifeLine } from './life-line.ts';
import type { LogApi } from './log-contract.ts';
import { LogHost } from './log-host.ts';
import { nextTurn, raiseRejections } from './worker-turns.ts';

const later = nextTurn();
const host = new LogHost({
  nowMs: () => performance.now(),
  turn: () => new Promise((resolve) => later(resolve, 0)),
});

const api: LogApi = {
  check: async (file, patterns, onProgress) => {
    const outcome = await host.check(file, patterns, onProgress);
    const buffers = outcome.stretches.flatMap(({ buffer, lines }) => [buffer, lines]);
    return transfer(outcome, buffers);
  },
  cancel: () => host.cancel(),
  preview: (head, patterns) => host.preview(head, patterns),
};

raiseRejections();
expose(api);
holdLifeLine((alive) => self.postMessage(alive));
