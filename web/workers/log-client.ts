/**
 * The page's end of the log worker: one worker a log, gone when the log is judged.
 *
 * Its memory goes with it, and a log that brought it down does not bring down the next. A worker
 * with patterns that is asked to stop and does not hear is inside a regular expression, and is
 * ended.
 */
import { proxy } from 'comlink';
import type { LogApi, LogOutcome, LogProgress } from './log-contract.ts';
import { WorkerLine } from './worker-line.ts';

/** A log that is being judged. */
export interface LogReading {
  /** The outcome; rejects with LogStuck, or with a WorkerDeath. */
  readonly outcome: Promise<LogOutcome>;
  /** Stops reading: the outcome is that of what was read, or within a second LogStuck. */
  readonly cancel: () => void;
}

/** The worker did not hear that it should stop: a pattern is too slow on some line. */
export class LogStuck extends Error {
  override readonly name = 'LogStuck';

  /** How far it had come when it was heard of last. */
  readonly bytes: number;

  constructor(bytes: number) {
    super(`the log's worker did not stop; it had read ${bytes} bytes`);
    this.bytes = bytes;
  }
}

export interface LogReadingOptions {
  /** Regular expressions that `compilePatterns` accepts. */
  readonly patterns?: readonly string[];
  readonly spawn?: () => Worker;
}

/** How long a worker with patterns may take to hear that it should stop. */
export const STOP_MS = 1_000;

/** Makes a log worker. */
export const spawnLogWorker = (): Worker =>
  new Worker(new URL('./log-worker.ts', import.meta.url), { type: 'module', name: 'log' });

/** Starts to judge `file`. */
export function readLog(
  file: Blob,
  onProgress: (progress: LogProgress) => void,
  { patterns = [], spawn = spawnLogWorker }: LogReadingOptions = {},
): LogReading {
  const line = new WorkerLine<LogApi>(spawn(), () => undefined);
  let bytes = 0;
  let deadline: ReturnType<typeof setTimeout> | undefined;
  let isStuck = false;
  // Comlink drops the answers of a proxy that was collected: the reference is kept by the closure.
  const told = proxy((progress: LogProgress) => {
    bytes = progress.bytes;
    onProgress(progress);
  });
  const outcome = line
    .call((remote) => remote.check(file, patterns, told), Infinity)
    .catch((cause: unknown) => {
      throw isStuck ? new LogStuck(bytes) : cause;
    })
    .finally(() => {
      clearTimeout(deadline);
      line.close();
    });
  const cancel = (): void => {
    // What was read has yet to be summed up; whoever answers is not inside an expression.
    const heard = line.call((remote) => remote.cancel());
    heard.then(() => clearTimeout(deadline)).catch(() => undefined);
    if (patterns.length === 0) return;
    deadline ??= setTimeout(() => {
      isStuck = true;
      line.close();
    }, STOP_MS);
  };
  return { outcome, cancel };
}
