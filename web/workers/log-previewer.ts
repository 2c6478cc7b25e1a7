/**
 * Tries patterns on the first lines of a log, in a worker that is ended when it takes too long.
 *
 * The worker stays for the next try, and is made anew after it was ended. Whoever asks again before
 * the answer came drops the old one.
 */
import type { LogApi } from './log-contract.ts';
import { spawnLogWorker } from './log-client.ts';
import type { LogPreview } from './log-preview.ts';
import { WorkerLine } from './worker-line.ts';

/** What came of a try; `slow`: a pattern takes longer than TRY_MS for a few lines. */
export type Tried =
  { readonly kind: 'read'; readonly preview: LogPreview } | { readonly kind: 'slow' };

/** How long the first lines may take; they take a millisecond or two. */
export const TRY_MS = 1_000;

export class LogPreviewer {
  readonly #spawn: () => Worker;
  #line: Promise<WorkerLine<LogApi>> | undefined;

  constructor(spawn: () => Worker = spawnLogWorker) {
    this.#spawn = spawn;
  }

  /** Tries `patterns`, which compile; rejects with a WorkerDeath if the worker dies. */
  async tryOn(head: Blob, patterns: readonly string[]): Promise<Tried> {
    this.#line ??= this.#connect();
    const line = await this.#line;
    let isSlow = false;
    const deadline = setTimeout(() => {
      isSlow = true;
      line.close();
    }, TRY_MS);
    try {
      const preview = await line.call((remote) => remote.preview(head, patterns), Infinity);
      return { kind: 'read', preview };
    } catch (cause) {
      this.#line = undefined;
      if (isSlow) return { kind: 'slow' };
      throw cause;
    } finally {
      clearTimeout(deadline);
    }
  }

  /** Ends the worker. */
  close(): void {
    void this.#line?.then((line) => line.close()).catch(() => undefined);
    this.#line = undefined;
  }

  /** A first try on nothing takes the time to load the worker, which no pattern is to blame for. */
  async #connect(): Promise<WorkerLine<LogApi>> {
    const line = new WorkerLine<LogApi>(this.#spawn(), () => undefined);
    try {
      await line.call((remote) => remote.preview(new Blob(), []));
      return line;
    } catch (cause) {
      this.#line = undefined;
      throw cause;
    }
  }
}
