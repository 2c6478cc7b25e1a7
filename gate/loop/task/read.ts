/**
 * Reads a task: YAML or JSON into a value that the schema has judged, or every problem with its
 * line, its path, what was expected and what came.
 *
 * YAML 1.2 core only: no tags of a program's own types, no merge keys, few aliases. Never throws.
 */
import * as v from 'valibot';
import { type Document, isMap, isNode, isSeq, LineCounter, parseDocument } from 'yaml';
import { clip, plain } from '../../render/text.ts';
import { type Outcome, refuse } from '../../shell/outcome.ts';
import { type Task, taskSchema } from './schema.ts';

export const TASK_BYTES_MAX = 262_144;
const PROBLEMS_MAX = 20;
const ALIASES_MAX = 20;
const SHOWN_MAX = 60;

/** The task that the text says; `file` is for the messages. */
export function parseTask(source: string, file: string): Outcome<Task> {
  const lines = new LineCounter();
  const document = parseDocument(source, {
    lineCounter: lines,
    version: '1.2',
    schema: 'core',
    strict: true,
    uniqueKeys: true,
    prettyErrors: false,
  });
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0) {
    return problems(
      file,
      broken.map(({ message, pos }) => {
        const { line } = lines.linePos(pos[0]);
        return `${file}:${line}: expected YAML or JSON: ${plain(message)}`;
      }),
    );
  }
  const value = valueOf(document);
  if (value.kind === 'error') return problems(file, [`${file}: ${value.error.message}`]);
  if (Array.isArray(value.value)) {
    // A list has the fields of no mapping, and the schema would miss each of them in turn.
    return problems(file, [`${file}:1: the task: expected a mapping, got a list`]);
  }
  const judged = v.safeParse(taskSchema, value.value);
  if (judged.success) return { kind: 'ok', value: judged.output };
  return problems(
    file,
    judged.issues.map((issue) => sentence(issue, document, lines, file)),
  );
}

function valueOf(document: Document): Outcome<unknown> {
  try {
    return { kind: 'ok', value: document.toJS({ maxAliasCount: ALIASES_MAX }) as unknown };
  } catch (error) {
    const why = error instanceof Error ? plain(error.message) : 'it cannot be read';
    return refuse('bad-task', `expected a task, got a document that cannot be read: ${why}`);
  }
}

function problems(file: string, sentences: readonly string[]): Outcome<never> {
  const shown = sentences.slice(0, PROBLEMS_MAX);
  const more = sentences.length - shown.length;
  const rest = more > 0 ? [`${file}: and ${more} more`] : [];
  return refuse('bad-task', [...shown, ...rest].join('\n'));
}

type Issue = v.BaseIssue<unknown>;

function sentence(issue: Issue, document: Document, lines: LineCounter, file: string): string {
  const path = (issue.path ?? []).map((part) => part.key as string | number);
  const line = lineOf(document, path, lines);
  const place = path.length === 0 ? 'the task' : pathText(path);
  return `${file}:${line}: ${place}: ${expectedOf(issue)}, got ${said(issue)}`;
}

function expectedOf(issue: Issue): string {
  if (issue.type === 'strict_object') {
    return issue.expected === 'never'
      ? 'expected no field of this name'
      : `expected ${issue.expected === 'Object' ? 'a mapping' : `the field ${issue.expected}`}`;
  }
  // Where a value is missing altogether, valibot names its type, which says little to a person.
  return issue.message.startsWith('expected') ? issue.message : `expected ${issue.expected ?? ''}`;
}

function said(issue: Issue): string {
  // A condition between fields is put to the field that it names, and was given the mapping.
  const input = issue.type === 'check' ? issue.path?.at(-1)?.value : issue.input;
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    return JSON.stringify(issue.path?.at(-1)?.key ?? '');
  }
  if (input === undefined) return 'nothing';
  if (input === null) return 'null';
  if (Array.isArray(input)) return `a list of ${input.length}`;
  if (typeof input === 'object') return 'a mapping';
  return clip(plain(JSON.stringify(input)), SHOWN_MAX);
}

function pathText(path: readonly (string | number)[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${plain(key)}`))
    .join('')
    .replace(/^\./, '');
}

/** The line of the deepest part of the path that is there; of a field, the line of its name. */
function lineOf(
  document: Document,
  path: readonly (string | number)[],
  lines: LineCounter,
): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key: name }) => String(name) === String(key));
      if (pair === undefined) break;
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      offset = startOf(node) ?? offset;
    } else break;
  }
  return lines.linePos(offset).line;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
