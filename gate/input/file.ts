/**
 * Opening files that a person named: what cannot be read is refused with the reason and what to do.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { type Outcome, refuse } from '../shell/outcome.ts';

/** The reason why a file could not be used, from what the operating system said. */
export function fileProblem(path: string, error: unknown): Outcome<never> {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return refuse('not-found', `expected a file, but there is none at ${path}`);
    case 'EISDIR':
      return refuse('is-directory', `expected a file, but ${path} is a directory`);
    case 'EACCES':
    case 'EPERM':
      return refuse('not-permitted', `expected a readable file, but ${path} is not open to you`);
    default: {
      const why = error instanceof Error ? error.message : String(error);
      return refuse('unreadable', `expected a readable file at ${path}: ${why}`);
    }
  }
}

/** Opens a file for reading; a directory is refused here, not at the first read. */
export async function openFile(path: string): Promise<Outcome<FileHandle>> {
  try {
    const handle = await open(path, 'r');
    if ((await handle.stat()).isDirectory()) {
      await handle.close();
      return refuse('is-directory', `expected a file, but ${path} is a directory`);
    }
    return { kind: 'ok', value: handle };
  } catch (error) {
    return fileProblem(path, error);
  }
}

/** The UTF-8 text of a file of at most `bytesMax` bytes. */
export async function readTextFile(path: string, bytesMax: number): Promise<Outcome<string>> {
  const opened = await openFile(path);
  if (opened.kind === 'error') return opened;
  const buffer = new Uint8Array(bytesMax + 1);
  let size = 0;
  try {
    for (;;) {
      const { bytesRead } = await opened.value.read(buffer, size, buffer.length - size, null);
      if (bytesRead === 0) break;
      size += bytesRead;
      if (size > bytesMax) {
        return refuse('too-large', `expected at most ${bytesMax} bytes, but ${path} has more`);
      }
    }
  } catch (error) {
    return fileProblem(path, error);
  } finally {
    await opened.value.close();
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(buffer.subarray(0, size));
    return { kind: 'ok', value: text };
  } catch {
    return refuse('not-text', `expected UTF-8 text, but ${path} is not`);
  }
}
