/**
 * The log's worker: a file is judged here, so that the page stays quick and nothing is uploaded.
 */
import { expose, transfer } from 'comlink';
import type { LogApi } from './log-contract.ts';
import { LogHost } from './log-host.ts';
import { raiseRejections } from './worker-turns.ts';

const host = new LogHost(() => performance.now());

const api: LogApi = {
  check: async (file, onProgress) => {
    const outcome = await host.check(file, onProgress);
    const buffers = outcome.stretches.flatMap(({ buffer, lines }) => [buffer, lines]);
    return transfer(outcome, buffers);
  },
  cancel: () => host.cancel(),
};

raiseRejections();
expose(api);
