/** What a part of a scenario has that the schema would not fill in, told in one line. */
import { isRecord } from '../../sim/index.ts';
import type { EditorWords } from '../format/words/editor-en.ts';
import { type Field, optionAt, type Section } from './fields.ts';
import { choiceOf, labelOf, valueText } from './say.ts';

/** Differences past this many are only counted. */
const TOLD_MAX = 3;

/** A field that is not as the schema would have it. */
export interface Difference {
  readonly field: Field;
  readonly value: unknown;
}

/** What differs from the defaults in `value`, which has these fields; a list counts as one. */
export function differences(fields: readonly Field[], value: unknown): Difference[] {
  if (!isRecord(value)) return [];
  return fields.flatMap((field): Difference[] => {
    const inner = value[field.key];
    switch (field.kind) {
      case 'group':
        return differences(field.fields, inner);
      case 'variant': {
        const option = optionAt(field, inner);
        const isFirst = option === undefined || option === field.options[0];
        const within = option === undefined ? [] : differences(option.fields, inner);
        return isFirst ? within : [{ field, value: inner }, ...within];
      }
      default:
        return isSame(field.initial, inner) ? [] : [{ field, value: inner }];
    }
  });
}

/** The line under a section's name. */
export function summaryOf(
  { name, fields }: Section,
  document: unknown,
  words: EditorWords,
): string {
  if (name === 'symbols') return symbolNames(document, words);
  const title = isRecord(document) && name === 'identity' ? document['title'] : undefined;
  const lead = typeof title === 'string' && title !== '' ? [title] : [];
  const told = differences(fields, document)
    .filter(({ field }) => field.pattern !== 'title' && field.kind !== 'fixed')
    .map((difference) => differenceText(difference, words));
  const shown = [...lead, ...told].slice(0, TOLD_MAX);
  if (shown.length === 0) return words.asDefault;
  const more = lead.length + told.length - shown.length;
  return [...shown, ...(more > 0 ? [words.moreDifferences(more)] : [])].join(' · ');
}

function symbolNames(document: unknown, words: EditorWords): string {
  const symbols = isRecord(document) ? document['symbols'] : undefined;
  if (!Array.isArray(symbols)) return '';
  const names = symbols.map((symbol) => (isRecord(symbol) ? String(symbol['name']) : ''));
  return words.symbolLine(symbols.length, names.slice(0, TOLD_MAX + 1).join(', '));
}

function differenceText({ field, value }: Difference, words: EditorWords): string {
  if (field.kind === 'variant') {
    const name = optionAt(field, value)?.name ?? '';
    return choiceOf(`${field.pattern}.${field.tag}`, name, words).name;
  }
  const text = valueText(field, value, words);
  if (field.kind === 'choice') return text;
  if (field.kind === 'text') return `${labelOf(field.pattern, words)}`;
  return `${labelOf(field.pattern, words)} ${text}`;
}

function isSame(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  return a.length === b.length && a.every((item, at) => item === b[at]);
}
