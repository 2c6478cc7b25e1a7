/**
 * Places in a document, and changes of it that leave every untouched part the same object.
 *
 * Documents are plain data, never changed in place: a view of one part can tell by identity that
 * nothing happened to it. A row of a list keeps its key when it changes, so that it stays open.
 */
import { assert } from '../../sim/index.ts';

export type Path = readonly (string | number)[];

type Parts = Readonly<Record<string, unknown>>;

/** A path as the schema's problems name it: `symbols[0].intervalUs`. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? key : `${text}.${key}`;
  }, '');
}

/** The path that such a text names. */
export function pathOf(text: string): Path {
  return [...text.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, name]) =>
    index === undefined ? (name ?? '') : Number(index),
  );
}

/** What stands at `path`; undefined where the document has no such place. */
export function valueAt(document: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (isContainer(value) ? (value as Parts)[key] : undefined),
    document,
  );
}

/** The document with `value` at `path`. */
export function withValue(document: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  assert(isContainer(document), 'expected a path into the document');
  const copy = Array.isArray(document) ? [...(document as unknown[])] : { ...document };
  (copy as Record<string | number, unknown>)[key] = withValue(
    (document as Parts)[key],
    rest,
    value,
  );
  keys.set(copy, rowKey(document));
  return copy;
}

/** The document with the list at `path` changed. */
export function withList(
  document: unknown,
  path: Path,
  change: (items: readonly unknown[]) => readonly unknown[],
): unknown {
  const items: unknown = valueAt(document, path);
  assert(Array.isArray(items), 'expected a path to a list');
  return withValue(document, path, change(items as readonly unknown[]));
}

const keys = new WeakMap<object, number>();
let lastKey = 0;

/** A number that a row of a list keeps through its changes and shares with no other. */
export function rowKey(row: object): number {
  const known = keys.get(row);
  if (known !== undefined) return known;
  lastKey += 1;
  keys.set(row, lastKey);
  return lastKey;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
