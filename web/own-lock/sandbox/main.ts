/**
 * The worker in which the code of a lock runs, started by the frame from one text: the lowered
 * modules first, then this.
 *
 * It takes what it needs of the browser, takes all of that away from the global object, and only
 * then lets the code run. Invariant: the code never sees the port.
 */
import { World } from '../../../subjects/world.ts';
import { nextTurn } from '../../workers/worker-turns.ts';
import { bareGlobals } from './bare-globals.ts';
import type { FromLock, ToLock } from './lock-contract.ts';
import { type LockCode, LockHost } from './lock-host.ts';

/** What the text before this one leaves. */
type LockGlobals = typeof globalThis & { lockCode: Omit<LockCode, 'stackName'> };

const scope = globalThis as LockGlobals;
const { lockCode: code } = scope;
const NativePromise = Promise;
const clock = performance;
const stackName = self.location.href;
const later = nextTurn();

self.onmessage = ({ ports }) => {
  const [port] = ports;
  if (port === undefined) return;
  const tell = (message: FromLock): void => port.postMessage(message);
  bareGlobals(globalThis);
  const world = new World();
  world.furnish(globalThis);
  const host = new LockHost({ ...code, stackName }, world, {
    nowMs: () => clock.now(),
    turn: () => new NativePromise((resolve) => later(resolve, 0)),
  });
  port.onmessage = ({ data }: MessageEvent<ToLock>) => {
    if (data.kind === 'cancel') host.cancel();
    else void host.run(data, tell);
  };
  tell({ kind: 'ready' });
};
