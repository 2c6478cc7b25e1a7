/**
 * Finds and reads the task that a person means: a number or name in docs/tasks, or a file.
 *
 * The task's own name must be the one it was asked for by, so that no run lands in the archive of
 * another.
 */
import { createHash } from 'node:crypto';
import { basename, extname, join, relative, resolve, sep } from 'node:path';
import { existsSync } from 'node:fs';
import { readTextFile } from '../../input/file.ts';
import { type Outcome, refuse } from '../../shell/outcome.ts';
import { parseTask, TASK_BYTES_MAX } from './read.ts';
import type { Task } from './schema.ts';

export interface FoundTask {
  readonly task: Task;
  /** From the project's root, with `/`. */
  readonly file: string;
  readonly text: string;
  readonly sha256: string;
}

export const TASK_FOLDER = 'docs/tasks';
const ENDINGS = ['.yaml', '.yml', '.json'] as const;
const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/;

/** The task that `word` stands for, in the project at `root`. */
export async function findTask(word: string, root: string): Promise<Outcome<FoundTask>> {
  const path = pathOf(word, root);
  if (path.kind === 'error') return path;
  const text = await readTextFile(path.value, TASK_BYTES_MAX);
  if (text.kind === 'error') return text;
  const file = relative(root, path.value).split(sep).join('/');
  const task = parseTask(text.value, file);
  if (task.kind === 'error') return task;
  const name = basename(file, extname(file));
  if (task.value.task !== name) {
    return refuse(
      'bad-task',
      `${file}: task: expected "${name}" as in the file's name, got "${task.value.task}"`,
    );
  }
  const sha256 = createHash('sha256').update(text.value).digest('hex');
  return { kind: 'ok', value: { task: task.value, file, text: text.value, sha256 } };
}

function pathOf(word: string, root: string): Outcome<string> {
  if (!NAME.test(word)) {
    const path = resolve(root, word);
    return ENDINGS.some((ending) => word.endsWith(ending)) && path.startsWith(root + sep)
      ? { kind: 'ok', value: path }
      : refuse('bad-task', `expected --task with a number, a name or a file inside, got ${word}`);
  }
  const paths = ENDINGS.map((ending) => join(root, TASK_FOLDER, word + ending));
  const there = paths.filter((path) => existsSync(path));
  const [first, second] = there;
  if (second !== undefined) {
    return refuse('bad-task', `expected one file for the task ${word}, got ${there.length}`);
  }
  if (first !== undefined) return { kind: 'ok', value: first };
  return refuse(
    'not-found',
    `expected the task at ${TASK_FOLDER}/${word}.yaml, but there is none; ` +
      `write it with: lab gate init --task ${word}`,
  );
}
