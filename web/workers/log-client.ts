/**
 * The page's end of the log worker: one worker a log, gone when the log is judged.
 *
 * Its memory goes with it, and a log that brought it down does not bring down the next.
 */
import { proxy } from 'comlink';
import type { LogApi, LogOutcome, LogProgress } from './log-contract.ts';
import { WorkerLine } from './worker-line.ts';

/** A log that is being judged. */
export interface LogReading {
  /** The outcome, or a WorkerDeath. */
  readonly outcome: Promise<LogOutcome>;
  /** Stops reading: the outcome is that of what was read. */
  readonly cancel: () => void;
}

const spawnLogWorker = (): Worker =>
  new Worker(new URL('./log-worker.ts', import.meta.url), { type: 'module', name: 'log' });

/** Starts to judge `file`. */
export function readLog(
  file: Blob,
  onProgress: (progress: LogProgress) => void,
  spawn: () => Worker = spawnLogWorker,
): LogReading {
  const line = new WorkerLine<LogApi>(spawn(), () => undefined);
  // Comlink drops the answers of a proxy that was collected: the reference is kept by the closure.
  const told = proxy(onProgress);
  const outcome = line
    .call((remote) => remote.check(file, told), Infinity)
    .finally(() => line.close());
  const cancel = (): void => {
    line.call((remote) => remote.cancel()).catch(() => undefined);
  };
  return { outcome, cancel };
}
