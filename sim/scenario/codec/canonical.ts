/**
 * The canonical form of a scenario: fields in the schema's order, defaults left out at every depth.
 *
 * Two scenarios are the same exactly if their canonical texts are. The form follows the schema:
 * what a field's default is, is asked of the schema itself.
 */
import * as v from 'valibot';
import { assert } from '../../base/assert.ts';
import { isRecord, optionOf, type Schema, shapeOf } from './shape.ts';

/** Canonical JSON of a value that `schema` has parsed. */
export function canonicalJson(schema: Schema, value: unknown): string {
  return writeJson(withoutDefaults(schema, value));
}

/** JSON in which U+FFFD is escaped, so that one in the bytes tells of damage. */
export function writeJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('\ufffd', '\\ufffd');
}

/** The parsed `value` without what the schema would fill in, its fields in the schema's order. */
export function withoutDefaults(schema: Schema, value: unknown): unknown {
  const shape = shapeOf(schema);
  switch (shape.kind) {
    case 'object': {
      assert(isRecord(value), 'expected a value that the schema has parsed');
      return Object.fromEntries(
        shape.fields.flatMap(([name, field]) => {
          const inner = value[name];
          return isDefault(field, inner) ? [] : [[name, withoutDefaults(field, inner)]];
        }),
      );
    }
    case 'variant': {
      const option = isRecord(value) ? optionOf(shape, value) : undefined;
      assert(option !== undefined, 'expected a value that the schema has parsed');
      return withoutDefaults(option, value);
    }
    case 'list':
      assert(Array.isArray(value), 'expected a value that the schema has parsed');
      return value.map((item) => withoutDefaults(shape.item, item));
    case 'optional':
      return withoutDefaults(shape.wrapped, value);
    case 'tuple':
    case 'leaf':
      return value;
  }
}

function isDefault(field: Schema, value: unknown): boolean {
  return shapeOf(field).kind === 'optional' && isEqual(v.parse(field, undefined), value);
}

function isEqual(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, at) => isEqual(item, b[at]));
  }
  if (isRecord(a) && isRecord(b)) {
    const names = Object.keys(a);
    if (names.length !== Object.keys(b).length) return false;
    return names.every((name) => Object.hasOwn(b, name) && isEqual(a[name], b[name]));
  }
  return a === b;
}
