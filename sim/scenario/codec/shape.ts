/**
 * What a schema says about the form of a value, so that code can follow a schema instead of
 * repeating it.
 *
 * Whatever is derived from shapes (canonical form, unknown fields, random scenarios) knows a new
 * field as soon as the schema has it. A kind of schema that is not understood here is a
 * programmer's mistake.
 */
import * as v from 'valibot';
import { assert } from '../../base/assert.ts';

export type Schema = v.GenericSchema;

export type Shape =
  /** Fields in the schema's order. */
  | { readonly kind: 'object'; readonly fields: readonly (readonly [string, Schema])[] }
  /** Objects of several forms, told apart by the field `key`. */
  | { readonly kind: 'variant'; readonly key: string; readonly options: readonly Schema[] }
  /** `itemsMax` is Infinity where the schema sets no limit. */
  | { readonly kind: 'list'; readonly item: Schema; readonly itemsMax: number }
  | { readonly kind: 'tuple'; readonly items: readonly Schema[] }
  /** A field that may be left out; the schema then fills in its default. */
  | { readonly kind: 'optional'; readonly wrapped: Schema }
  | { readonly kind: 'leaf'; readonly type: LeafType };

const LEAF_TYPES = ['string', 'number', 'boolean', 'literal', 'picklist'] as const;
export type LeafType = (typeof LEAF_TYPES)[number];

/** A schema of valibot as it looks at run time, as far as it is read here. */
interface Loose {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Schema>>;
  readonly key?: string;
  readonly options?: readonly Schema[];
  readonly item?: Schema;
  readonly items?: readonly Schema[];
  readonly wrapped?: Schema;
}

/** The form that a schema describes. */
export function shapeOf(schema: Schema): Shape {
  const loose = schema as unknown as Loose;
  const { type, entries, key, options, item, items, wrapped } = loose;
  if (type === 'strict_object' && entries)
    return { kind: 'object', fields: Object.entries(entries) };
  if (type === 'variant' && key !== undefined && options) return { kind: 'variant', key, options };
  if (type === 'array' && item) {
    return { kind: 'list', item, itemsMax: limitOf(schema, 'max_length') ?? Infinity };
  }
  if (type === 'strict_tuple' && items) return { kind: 'tuple', items };
  if (type === 'optional' && wrapped) return { kind: 'optional', wrapped };
  const leaf = LEAF_TYPES.find((known) => known === type);
  assert(leaf !== undefined, `expected a kind of schema that shapes know, got ${type}`);
  return { kind: 'leaf', type: leaf };
}

/** The number that a check of the schema's pipe compares with, for instance of `max_length`. */
export function limitOf(schema: Schema, check: string): number | undefined {
  const found = checkOf(schema, check);
  return typeof found === 'number' ? found : undefined;
}

/**
 * What a check of the schema's pipe requires: a number, a pattern; undefined without such a check.
 */
export function checkOf(schema: Schema, check: string): unknown {
  const { pipe = [] } = schema as unknown as {
    readonly pipe?: readonly { readonly type: string; readonly requirement?: unknown }[];
  };
  return pipe.find((step) => step.type === check)?.requirement;
}

/** The values that a picklist or a literal admits; empty for any other schema. */
export function choicesOf(schema: Schema): readonly unknown[] {
  const { type, options, literal } = schema as unknown as {
    readonly type: string;
    readonly options?: readonly unknown[];
    readonly literal?: unknown;
  };
  if (type === 'literal') return [literal];
  return type === 'picklist' ? (options ?? []) : [];
}

/** What the schema fills in where a field is left out; undefined for a field that must be given. */
export function defaultOf(schema: Schema): unknown {
  return shapeOf(schema).kind === 'optional' ? v.parse(schema, undefined) : undefined;
}

/**
 * The option of a variant that `value` is of, by the field that tells them apart; undefined if
 * none.
 */
export function optionOf(
  shape: Extract<Shape, { kind: 'variant' }>,
  value: Readonly<Record<string, unknown>>,
): Schema | undefined {
  return shape.options.find((option) => {
    const inner = shapeOf(option);
    const field =
      inner.kind === 'object' ? inner.fields.find(([name]) => name === shape.key) : undefined;
    return field !== undefined && choicesOf(field[1]).includes(value[shape.key]);
  });
}

/** Whether `value` is an object with named fields: no list, not null. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
