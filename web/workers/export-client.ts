/**
 * The page's end of the export worker: one worker a file, ended by its answer, its death, or the
 * reader.
 */
import { proxy } from 'comlink';
import type { ExportAnswer, ExportApi, ExportProgress, ExportRequest } from './export-contract.ts';
import { WorkerLine } from './worker-line.ts';

/** How an export ended; nothing is handed over where it was given up. */
export type ExportEnd = ExportAnswer | { readonly kind: 'cancelled' };

/** A file that is being written. */
export interface Exporting {
  /** How it ended; rejects with a WorkerDeath if the worker died. */
  readonly ended: Promise<ExportEnd>;
  /** Gives it up: the worker is gone at once. */
  readonly cancel: () => void;
}

/** Starts an export; a dialog takes it as a function, so that a test can stand in. */
export type StartExport = (
  request: ExportRequest,
  onProgress: (progress: ExportProgress) => void,
) => Exporting;

const spawnExportWorker = (): Worker =>
  new Worker(new URL('./export-worker.ts', import.meta.url), { type: 'module', name: 'export' });

/** Starts to write the file of `request`. */
export function startExport(
  request: ExportRequest,
  onProgress: (progress: ExportProgress) => void,
  spawn: () => Worker = spawnExportWorker,
): Exporting {
  const line = new WorkerLine<ExportApi>(spawn(), () => undefined);
  let cancelled = false;
  // Comlink drops the answers of a proxy that was collected: the reference is kept by the closure.
  const told = proxy((progress: ExportProgress) => {
    if (!cancelled) onProgress(progress);
  });
  const write = async (): Promise<ExportEnd> => {
    try {
      return await line.call<ExportAnswer>((remote) => remote.write(request, told), Infinity);
    } catch (cause) {
      if (cancelled) return { kind: 'cancelled' };
      throw cause;
    } finally {
      line.close();
    }
  };
  const cancel = (): void => {
    cancelled = true;
    line.close();
  };
  return { ended: write(), cancel };
}
