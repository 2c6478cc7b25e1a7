/**
 * What is in a document that the schema does not know: unknown fields, lists past their limit, a
 * list where an object belongs.
 *
 * It runs before the schema does, names every unknown field instead of the first, and keeps a
 * hostile document from making one message for each of a hundred thousand items.
 */
import { nearest, quote, sayValue } from './prose.ts';
import { isRecord, optionOf, type Schema, type Shape, shapeOf } from './shape.ts';

/** One thing that is wrong, and where: `symbols[0].intervalUs`. */
export interface FieldProblem {
  readonly path: string;
  readonly message: string;
}

/** Collects problems, keeps the first few, and counts the rest. */
export class ProblemList {
  readonly kept: FieldProblem[] = [];
  count = 0;
  readonly #keptMax: number;

  constructor(keptMax: number) {
    this.#keptMax = keptMax;
  }

  add(path: string, message: () => string): void {
    this.count += 1;
    if (this.kept.length < this.#keptMax) this.kept.push({ path, message: message() });
  }
}

/** Adds to `problems` what the schema has no place for; false if a list is past its limit. */
export function inspectStructure(schema: Schema, value: unknown, problems: ProblemList): boolean {
  return inspect(schema, value, '', problems);
}

function inspect(schema: Schema, value: unknown, path: string, problems: ProblemList): boolean {
  const shape = shapeOf(schema);
  switch (shape.kind) {
    case 'optional':
      return inspect(shape.wrapped, value, path, problems);
    case 'object':
      return inspectObject(shape, value, path, problems);
    case 'variant': {
      const option = isRecord(value) ? optionOf(shape, value) : undefined;
      return option === undefined || inspect(option, value, path, problems);
    }
    case 'list':
      return inspectList(shape, value, path, problems);
    case 'tuple':
    case 'leaf':
      return true;
  }
}

function inspectObject(
  shape: Extract<Shape, { kind: 'object' }>,
  value: unknown,
  path: string,
  problems: ProblemList,
): boolean {
  if (Array.isArray(value)) {
    problems.add(path, () => `expected an object with named settings, got ${sayValue(value)}`);
  }
  if (!isRecord(value)) return true;
  const known = shape.fields.map(([name]) => name);
  for (const name in value) {
    if (!Object.hasOwn(value, name) || known.includes(name)) continue;
    problems.add(fieldPath(path, name), () => unknownField(name, known));
  }
  let isBounded = true;
  for (const [name, field] of shape.fields) {
    const inner = Object.hasOwn(value, name) ? value[name] : undefined;
    if (!inspect(field, inner, fieldPath(path, name), problems)) isBounded = false;
  }
  return isBounded;
}

function inspectList(
  { item, itemsMax }: Extract<Shape, { kind: 'list' }>,
  value: unknown,
  path: string,
  problems: ProblemList,
): boolean {
  if (!Array.isArray(value)) return true;
  if (value.length > itemsMax) {
    problems.add(path, () => `expected at most ${itemsMax} items, got ${value.length}`);
    return false;
  }
  let isBounded = true;
  for (const [at, inner] of value.entries()) {
    if (!inspect(item, inner, `${path}[${at}]`, problems)) isBounded = false;
  }
  return isBounded;
}

function unknownField(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  if (meant !== undefined) return `there is no such setting; did you mean ${meant}?`;
  return `there is no such setting; expected one of ${known.join(', ')}`;
}

/** The path of a field below `path`; a name that is no word is quoted. */
export function fieldPath(path: string, name: string): string {
  const isWord = /^[A-Za-z][A-Za-z0-9]{0,39}$/.test(name);
  if (!isWord) return `${path}[${quote(name)}]`;
  return path === '' ? name : `${path}.${name}`;
}
