/**
 * The engine's worker: a host of runs behind Comlink, and a port by which they speak.
 *
 * An exception anywhere ends up as the worker's `error` event, so that the page hears of it.
 */
import { expose } from 'comlink';
import type { Credit, EngineApi, EngineMessage } from './engine-contract.ts';
import { EngineHost } from './engine-host.ts';
import { holdLifeLine } from './life-line.ts';
import { nextTurn, raiseRejections } from './worker-turns.ts';

let port: MessagePort | undefined;

const host = new EngineHost({
  nowMs: () => performance.now(),
  later: nextTurn(),
  send: (message: EngineMessage, transfer) => port?.postMessage(message, [...transfer]),
});

const api: EngineApi = {
  connect: (given) => {
    port = given;
    given.onmessage = (event: MessageEvent<Credit>) => host.credit(event.data);
  },
  open: (run, work, goal) => host.open(run, work, goal),
  pursue: (goal) => host.pursue(goal),
  step: () => host.step(),
  cancel: () => host.cancel(),
};

raiseRejections();
expose(api);
holdLifeLine((alive) => self.postMessage(alive));
