/**
 * The driver of a log that is read: its worker, its progress, and its verdict on the stage.
 *
 * Invariant: the scenario stays for later; a log that only grew keeps its old verdict in sight
 * until the new one is there.
 */
import type { LogReading } from '../workers/log-client.ts';
import { type LogOutcome, type LogProgress, nothingRead } from '../workers/log-contract.ts';
import { segmentOf } from '../workers/outbox.ts';
import type { Driver } from './driver.ts';
import { outcomeOfLog } from './outcome.ts';
import type { Stage } from './stage.svelte.ts';
import { TraceStore } from './trace-store.ts';

export class LogJudging implements Driver {
  readonly #stage: Stage;
  /** What begins again once somebody wants to run something. */
  readonly #runs: Pick<Driver, 'play'>;
  #reading: LogReading | undefined;
  /** Counts what was opened, so that a late one does not undo a later one. */
  #opened = 0;

  constructor(stage: Stage, runs: Pick<Driver, 'play'>) {
    this.#stage = stage;
    this.#runs = runs;
  }

  /** As `Session.openLog`. */
  async open(file: File, patterns: readonly string[], keeps: boolean): Promise<boolean> {
    const stage = this.#stage;
    this.#opened += 1;
    const opened = this.#opened;
    this.#reading = undefined;
    stage.begin({ kind: 'log', name: file.name }, 0, keeps);
    stage.reading = nothingRead(file);
    const { LogStuck, readLog } = await import('../workers/log-client.ts');
    if (opened !== this.#opened) return false;
    const onProgress = (progress: LogProgress): void => {
      if (this.#reading === reading) stage.reading = progress;
    };
    const reading = readLog(file, onProgress, { patterns });
    this.#reading = reading;
    try {
      const log = await reading.outcome;
      if (this.#reading !== reading) return false;
      this.#finish(log);
      const { result, progress, cancelled, tookMs } = log;
      stage.judged = { kind: 'log', file, patterns, log: { result, progress, cancelled, tookMs } };
      return !cancelled;
    } catch (cause) {
      if (this.#reading !== reading) return false;
      if (cause instanceof LogStuck) stage.stuckAt = cause.bytes / Math.max(1, file.size);
      this.#reading = undefined;
      stage.fail(cause instanceof Error ? cause.message : String(cause));
      return false;
    }
  }

  play(): void {
    this.#runs.play();
  }

  cancel(): void {
    this.#reading?.cancel();
  }

  leave(): void {
    this.#opened += 1;
    const reading = this.#reading;
    this.#reading = undefined;
    reading?.cancel();
  }

  #finish(log: LogOutcome): void {
    const stage = this.#stage;
    const { symbolNames, elapsedUs } = log.result;
    const trace = new TraceStore(symbolNames.length);
    for (const stretch of log.stretches) {
      trace.append(segmentOf(stretch), new Float64Array(stretch.lines));
    }
    trace.index.finish(elapsedUs);
    stage.symbols = symbolNames;
    stage.tasks = [];
    stage.settle(trace);
    stage.outcome = outcomeOfLog(log);
    this.#reading = undefined;
    stage.reading = undefined;
    stage.showFirst();
  }
}
