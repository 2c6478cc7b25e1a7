/**
 * The bytes of a log, from a file or from standard input, one chunk at a time.
 *
 * Memory holds one chunk, however long the log.
 */
import type { Readable } from 'node:stream';
import type { Interrupt, Shell } from '../shell/shell.ts';
import type { Outcome } from '../shell/outcome.ts';
import { fileProblem, openFile } from './file.ts';

export interface LogSource {
  readonly name: string;
  /** Bytes in all, or undefined where that is not known. */
  readonly size: number | undefined;
  /** True if it can be opened once more. */
  readonly again: boolean;
  readonly stream: Readable;
}

const CHUNK_BYTES = 1 << 18;

/** Opens a file, or standard input for `-`. */
export async function openLog(path: string, shell: Shell): Promise<Outcome<LogSource>> {
  if (path === '-') {
    const name = 'standard input';
    return { kind: 'ok', value: { name, size: undefined, again: false, stream: shell.stdin } };
  }
  const opened = await openFile(path);
  if (opened.kind === 'error') return opened;
  const stat = await opened.value.stat();
  const regular = stat.isFile();
  const stream = opened.value.createReadStream({ highWaterMark: CHUNK_BYTES });
  const size = regular ? stat.size : undefined;
  return { kind: 'ok', value: { name: path, size, again: regular, stream } };
}

export interface ReadOptions {
  readonly interrupt: Interrupt;
  /** Called with each chunk and the bytes so far, its own included; false asks to stop. */
  readonly take: (chunk: Uint8Array, bytes: number) => boolean;
}

/** Reads to the end, to an interrupt, or until `take` has enough; gives the bytes read. */
export async function readLog(
  source: LogSource,
  { interrupt, take }: ReadOptions,
): Promise<Outcome<number>> {
  let bytes = 0;
  const { stream } = source;
  interrupt.onRequest(() => stream.destroy());
  try {
    for await (const chunk of stream) {
      if (!(chunk instanceof Uint8Array)) continue;
      bytes += chunk.length;
      if (!take(chunk, bytes) || interrupt.requested) break;
    }
  } catch (error) {
    if (!interrupt.requested) return fileProblem(source.name, error);
  }
  return { kind: 'ok', value: bytes };
}
