/**
 * What a reviewer reads: the files that the task names, listed, bounded, and bound to one hash.
 *
 * The hash covers the kind of review, the words of the request and every file with its path, so a
 * verdict on it is a verdict on exactly this. Nothing is cut to fit: too much is refused. Links are
 * not followed, and text that is not UTF-8 is refused.
 */
import { createHash } from 'node:crypto';
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Outcome, refuse } from '../../shell/outcome.ts';
import type { ReviewName } from '../run/stage.ts';
import type { ReviewTask } from '../task/schema.ts';
import { matchFiles } from './patterns.ts';

export interface ReviewedFile {
  readonly path: string;
  readonly bytes: number;
  readonly lines: number;
  readonly sha256: string;
}

export interface ReviewInput {
  readonly review: ReviewName;
  readonly files: readonly ReviewedFile[];
  readonly texts: ReadonlyMap<string, string>;
  readonly bytes: number;
  readonly inputHash: string;
}

/** What the task gives this review to read, out of the project's own files. */
export async function reviewInput(
  review: ReviewName,
  task: ReviewTask,
  root: string,
  projectFiles: readonly string[],
  instructions: string,
): Promise<Outcome<ReviewInput>> {
  const matched = matchFiles(task.files, projectFiles);
  if (matched.kind === 'error') return matched;
  const paths = matched.value;
  if (paths.length > task.filesMax) {
    return refuse('too-many', `expected at most ${task.filesMax} files, got ${paths.length}`);
  }
  const files: ReviewedFile[] = [];
  const texts = new Map<string, string>();
  let bytes = 0;
  for (const path of paths) {
    const text = await readReviewed(root, path, task.bytesMax - bytes);
    if (text.kind === 'error') return text;
    const size = Buffer.byteLength(text.value);
    bytes += size;
    if (bytes > task.bytesMax) return tooLarge(task.bytesMax);
    texts.set(path, text.value);
    files.push({ path, bytes: size, lines: linesOf(text.value), sha256: sha256(text.value) });
  }
  const inputHash = sha256(
    [
      'interlock review 1',
      review,
      sha256(instructions),
      ...files.map((file) => `${file.sha256}  ${file.path}`),
      '',
    ].join('\n'),
  );
  return { kind: 'ok', value: { review, files, texts, bytes, inputHash } };
}

function tooLarge(bytesMax: number): Outcome<never> {
  return refuse('too-large', `expected at most ${bytesMax} bytes to review, got more`);
}

async function readReviewed(root: string, path: string, left: number): Promise<Outcome<string>> {
  const full = join(root, path);
  try {
    const stat = await lstat(full);
    if (!stat.isFile()) return refuse('not-a-file', `expected a file to review at ${path}`);
    if (stat.size > left) return refuse('too-large', `expected less to review than ${path} brings`);
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return { kind: 'ok', value: text.decode(await readFile(full)) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return refuse('unreadable', `expected UTF-8 text to review at ${path}: ${why}`);
  }
}

/** Lines of a text; one that ends in a line end has none after it. */
export function linesOf(text: string): number {
  const ends = text.split('\n').length;
  return text === '' ? 0 : text.endsWith('\n') ? ends - 1 : ends;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
