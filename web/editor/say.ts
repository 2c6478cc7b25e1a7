/**
 * What the editor says of a field: its name, its limits, what is wrong with it, in the reader's
 * units and language.
 *
 * A field that the catalogue does not know yet is named after its key. Whether something is wrong
 * is the schema's to say; here only its words are put into units that the reader typed.
 */
import { isRecord } from '../../sim/index.ts';
import type { EditorWords, Said } from '../format/words/editor-en.ts';
import type { Field } from './fields.ts';
import { readable, shownText, stepText, textOf } from './units.ts';

type Measured = Extract<Field, { kind: 'number' | 'range' }>;

function saidOf(pattern: string, words: EditorWords): Said | undefined {
  const fields: Readonly<Record<string, Said | undefined>> = words.fields;
  return fields[pattern];
}

/** A field's name; one that has none yet is named after its key: `fooBarUs` is "Foo bar". */
export function labelOf(pattern: string, words: EditorWords): string {
  return saidOf(pattern, words)?.[0] ?? labelOfKey(pattern.split('.').at(-1) ?? pattern);
}

/** What a field's name cannot say, in half a line; empty for most. */
export function remarkOf(pattern: string, words: EditorWords): string {
  return saidOf(pattern, words)?.[1] ?? '';
}

function labelOfKey(key: string): string {
  const bare = key.replace(/(Min|Max)$/, '').replace(/(PerMillion|Us|Cents|Bp|Milli|\[\])$/, '');
  const spaced = bare.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** A choice by its value in the schema: its name and what it means. */
export function choiceOf(
  pattern: string,
  value: string,
  words: EditorWords,
): { readonly name: string; readonly remark: string } {
  const choices: Readonly<Record<string, Readonly<Record<string, Said | undefined>> | undefined>> =
    words.choices;
  const [name = labelOfKey(value), remark = ''] = choices[pattern]?.[value] ?? [];
  return { name, remark };
}

/** What may be typed: "0 to 86,400,000 ms", and of what it is counted in steps where below 1. */
export function limitsOf(field: Field, words: EditorWords): string {
  switch (field.kind) {
    case 'number':
    case 'range':
      return rangeOf(field, words);
    case 'text':
      return field.charsMax === undefined ? '' : words.charsMax(field.charsMax);
    default:
      return '';
  }
}

function rangeOf({ min, max, unit }: Measured, words: EditorWords): string {
  return words.range(readable(min, unit), readable(max, unit), words.units[unit.name]);
}

/** What came, as the reader typed it, shortened. */
function cameText(value: unknown, field: Field | undefined, words: EditorWords): string {
  if (value === '') return words.nothing;
  const isMeasured = field?.kind === 'number' || field?.kind === 'range';
  const shown = (each: unknown): string =>
    isMeasured ? shownText(each, field.unit) : String(each);
  const isPair = Array.isArray(value) && value.length === 2;
  const text = isPair ? `${shown(value[0])} ${words.to} ${shown(value[1])}` : shown(value);
  return text.length > CAME_CHARS_MAX ? `${text.slice(0, CAME_CHARS_MAX)}…` : text;
}

const CAME_CHARS_MAX = 24;

/** A problem of the schema at a field that holds `value`, in the reader's units. */
export function problemText(
  told: string,
  value: unknown,
  field: Field | undefined,
  words: EditorWords,
): string {
  const came = cameText(value, field, words);
  const isMeasured = field?.kind === 'number' || field?.kind === 'range';
  if (isMeasured && /^expected (a whole number|at least|at most)/.test(told)) {
    const range = rangeOf(field, words);
    const isFine = field.unit.places > 0 && typeof value === 'string' && /\./.test(value);
    return words.expectedGot(isFine ? words.steps(range, stepText(field.unit)) : range, came);
  }
  if (field === undefined || isRecord(value)) return rawProblem(told, words);
  return words.expectedGot(words.expectation(headOf(told)), came);
}

/** A problem where no field stands for it: in the schema's own units. */
export function rawProblem(told: string, words: EditorWords): string {
  const [, came] = / got (.*)$/.exec(told) ?? [];
  if (came === undefined) return words.complaint(told);
  return words.expectedGot(words.expectation(headOf(told)), came);
}

function headOf(told: string): string {
  return told.replace(/,? got .*$/, '').replace(/,$/, '');
}

/** What a field holds, in a few words. */
export function valueText(field: Field, value: unknown, words: EditorWords): string {
  switch (field.kind) {
    case 'number': {
      const unit = words.units[field.unit.name];
      return `${numberText(value, field)}${unit === '' ? '' : ` ${unit}`}`;
    }
    case 'range': {
      const [least, most] = Array.isArray(value) ? (value as unknown[]) : [];
      const unit = words.units[field.unit.name];
      const text = `${numberText(least, field)}\u2013${numberText(most, field)}`;
      return `${text}${unit === '' ? '' : ` ${unit}`}`;
    }
    case 'flag':
      return value === true ? words.yes : words.no;
    case 'choice':
      return choiceOf(field.pattern, String(value), words).name;
    case 'text':
    case 'fixed':
      return String(value);
    case 'list':
      return Array.isArray(value) ? String(value.length) : '';
    case 'group':
    case 'variant':
      return '';
  }
}

function numberText(value: unknown, { unit }: Measured): string {
  const isNumber = typeof value === 'number' && Number.isSafeInteger(value);
  if (!isNumber) return String(value);
  return unit.name === 'instant' ? textOf(value, unit) : readable(value, unit);
}
