/**
 * The fields of a scenario as the editor offers them, derived from the schema alone.
 *
 * A field that is added to the schema appears here, and therefore in the editor, by itself. Known
 * limit: lists are of objects, ranges are pairs of numbers; another form is a programmer's mistake.
 */
import {
  assert,
  assertExists,
  choicesOf,
  defaultOf,
  isRecord,
  limitOf,
  scenarioSchema,
  type Schema,
  shapeOf,
} from '../../sim/index.ts';
import { type Unit, unitOf } from './units.ts';

interface Common {
  readonly key: string;
  /** Its place, lists as `[]`: `symbols[].market.pnlCents`. Options of a variant share theirs. */
  readonly pattern: string;
  /** What the schema fills in; undefined for a field that must be given. */
  readonly initial: unknown;
}

/** Limits of a number in the schema's own whole numbers, and the unit that people see. */
interface Measured {
  readonly unit: Unit;
  readonly min: number;
  readonly max: number;
}

export type NumberField = Common & Measured & { readonly kind: 'number' };
/** Two numbers, the least and the most. */
export type RangeField = Common & Measured & { readonly kind: 'range' };
export type TextField = Common & { readonly kind: 'text'; readonly charsMax: number | undefined };
export type FlagField = Common & { readonly kind: 'flag' };
export type ChoiceField = Common & { readonly kind: 'choice'; readonly choices: readonly string[] };
/** A value that the schema admits alone: shown, not changed. */
export type FixedField = Common & { readonly kind: 'fixed'; readonly value: unknown };
export type GroupField = Common & { readonly kind: 'group'; readonly fields: readonly Field[] };
export type ListField = Common & {
  readonly kind: 'list';
  readonly item: readonly Field[];
  readonly itemsMin: number;
  readonly itemsMax: number;
};
/** Several forms of an object, told apart by the field `tag`. */
export type VariantField = Common & {
  readonly kind: 'variant';
  readonly tag: string;
  readonly options: readonly VariantOption[];
};

export interface VariantOption {
  readonly name: string;
  /** Without the tag. */
  readonly fields: readonly Field[];
}

export type Field =
  | NumberField
  | RangeField
  | TextField
  | FlagField
  | ChoiceField
  | FixedField
  | GroupField
  | ListField
  | VariantField;

/** The fields of an object's schema, in its order; `pattern` is where the object stands. */
export function fieldsOf(schema: Schema, pattern = ''): readonly Field[] {
  const shape = shapeOf(schema);
  assert(shape.kind === 'object', `expected an object at ${pattern}`);
  return shape.fields.map(([key, field]) => {
    const place = pattern === '' ? key : `${pattern}.${key}`;
    const common = { key, pattern: place, initial: defaultOf(field) };
    return fieldOf(field, common);
  });
}

function fieldOf(schema: Schema, common: Common): Field {
  const shape = shapeOf(schema);
  switch (shape.kind) {
    case 'optional':
      return fieldOf(shape.wrapped, common);
    case 'object':
      return { ...common, kind: 'group', fields: fieldsOf(schema, common.pattern) };
    case 'variant':
      return variantOf(shape.key, shape.options, common);
    case 'list':
      return {
        ...common,
        kind: 'list',
        item: fieldsOf(shape.item, `${common.pattern}[]`),
        itemsMin: limitOf(schema, 'min_length') ?? 0,
        itemsMax: shape.itemsMax,
      };
    case 'tuple': {
      const [first] = shape.items;
      const isPair = shape.items.length === 2 && first !== undefined;
      assert(isPair, `expected a pair of numbers at ${common.pattern}`);
      return { ...common, kind: 'range', ...measured(first, common) };
    }
    case 'leaf':
      return leafOf(schema, shape.type, common);
  }
}

function leafOf(schema: Schema, type: string, common: Common): Field {
  switch (type) {
    case 'number':
      return { ...common, kind: 'number', ...measured(schema, common) };
    case 'boolean':
      return { ...common, kind: 'flag' };
    case 'literal':
      return { ...common, kind: 'fixed', value: choicesOf(schema)[0] };
    case 'picklist':
      return { ...common, kind: 'choice', choices: choicesOf(schema).map(String) };
    default:
      return { ...common, kind: 'text', charsMax: limitOf(schema, 'max_length') };
  }
}

function measured(schema: Schema, { key, pattern }: Common): Measured {
  const min = limitOf(schema, 'min_value');
  const max = limitOf(schema, 'max_value');
  assert(min !== undefined && max !== undefined, `expected limits of the number at ${pattern}`);
  return { unit: unitOf(key), min, max };
}

function variantOf(tag: string, options: readonly Schema[], common: Common): VariantField {
  return {
    ...common,
    kind: 'variant',
    tag,
    options: options.map((option) => {
      const fields = fieldsOf(option, common.pattern);
      const told = fields.find(({ key }) => key === tag);
      assert(told?.kind === 'fixed', `expected ${tag} to name the form at ${common.pattern}`);
      return { name: String(told.value), fields: fields.filter((each) => each !== told) };
    }),
  };
}

/** Every field of a scenario. */
export const SCENARIO_FIELDS: readonly Field[] = fieldsOf(scenarioSchema);

/** The list of symbols. */
export const SYMBOLS: ListField = listAt('symbols');

function listAt(key: string): ListField {
  const found = SCENARIO_FIELDS.find((field) => field.key === key);
  assert(found?.kind === 'list', `expected a list of ${key} in the schema`);
  return found;
}

/** A part of the editor that opens and closes. */
export interface Section {
  /** The key of the scenario's part; `identity` holds what stands at the top by itself. */
  readonly name: string;
  readonly fields: readonly Field[];
}

const TOP = SCENARIO_FIELDS.filter((field) => !isPart(field));

/** The sections in the schema's order, identity first; each field of the schema is in one. */
export const SECTIONS: readonly Section[] = [
  { name: 'identity', fields: [...TOP.filter(isOpen), ...TOP.filter((field) => !isOpen(field))] },
  ...SCENARIO_FIELDS.filter(isPart).map((field) => ({ name: field.key, fields: [field] })),
];

/** Whether a field holds further fields. */
export function isPart({ kind }: Field): boolean {
  return kind === 'group' || kind === 'list' || kind === 'variant';
}

function isOpen({ kind }: Field): boolean {
  return kind !== 'fixed';
}

/** The section in which a path of the scenario is edited. */
export function sectionAt(key: string | number | undefined): Section {
  const found = SECTIONS.find(({ name }) => name === key) ?? SECTIONS[0];
  return assertExists(found, 'expected sections');
}

/**
 * A new object of these fields: what the schema fills in, else the least that it admits; `given`
 * goes before both.
 */
export function blank(
  fields: readonly Field[],
  given: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    fields.map((field) => {
      const least = field.kind === 'number' ? field.min : '';
      return [field.key, given[field.key] ?? field.initial ?? least];
    }),
  );
}

/** The option of a variant that `value` is of. */
export function optionAt(field: VariantField, value: unknown): VariantOption | undefined {
  const name = isRecord(value) ? value[field.tag] : undefined;
  return field.options.find((option) => option.name === name);
}
