/** Every field of the schema is in the editor, once, under a name in each language. */
import { render } from 'svelte/server';
import { describe, expect, test } from 'vitest';
import {
  galleryEntry,
  LOCK_NAMES,
  parseScenario,
  scenarioSchema,
  type Scenario,
  type Schema,
  shapeOf,
} from '../../sim/index.ts';
import { EDITOR_EN, type EditorWords, type Said } from '../format/words/editor-en.ts';
import { EDITOR_ZH } from '../format/words/editor-zh.ts';
import { EditorDraft } from './draft.svelte.ts';
import { blank, type Field, SCENARIO_FIELDS, SECTIONS, SYMBOLS } from './fields.ts';
import { Folding } from './folding.svelte.ts';
import { rowKey } from './path.ts';
import { choiceOf, labelOf } from './say.ts';
import SectionBody from './SectionBody.svelte';

const LANGUAGES = [EDITOR_EN, EDITOR_ZH];

/** Where the schema has a value that can be set, in a scenario that has one item a list. */
function leavesOf(schema: Schema, path: string, options: string): string[] {
  const shape = shapeOf(schema);
  switch (shape.kind) {
    case 'optional':
      return leavesOf(shape.wrapped, path, options);
    case 'object':
      return shape.fields.flatMap(([key, field]) =>
        leavesOf(field, path === '' ? key : `${path}.${key}`, options),
      );
    case 'variant': {
      const names = shape.options.map((option) => {
        const inner = shapeOf(option);
        return inner.kind === 'object' ? inner.fields : [];
      });
      const chosen = names.find((fields) =>
        fields.some(([key, field]) => {
          const value = (field as { readonly literal?: unknown }).literal;
          return key === shape.key && value === options;
        }),
      );
      return (chosen ?? []).flatMap(([key, field]) => leavesOf(field, `${path}.${key}`, options));
    }
    case 'list':
      return leavesOf(shape.item, `${path}[0]`, options);
    case 'tuple':
      return shape.items.map((_, at) => `${path}[${at}]`);
    case 'leaf':
      return [path];
  }
}

/** A scenario with one symbol of the market model, one stall and one crash. */
function sample(kind: string): Scenario {
  const fault = [{ atUs: 1_000, forUs: 2_000 }];
  const parsed = parseScenario({
    ...galleryEntry('reference').scenario,
    symbols: [{ name: 'ONE', market: { kind } }],
    endpoint: { faults: { stalls: fault, crashes: fault } },
  });
  if (parsed.kind === 'error') throw new Error(parsed.error.message);
  return parsed.value;
}

/** The whole editor with everything open, as markup. */
function markup(scenario: Scenario, words: EditorWords): string {
  const draft = new EditorDraft(scenario);
  const folding = new Folding();
  folding.symbol = rowKey(scenario.symbols[0] ?? {});
  return SECTIONS.map((section) => {
    return render(SectionBody, { props: { draft, folding, section, words } }).body;
  }).join('');
}

const attributes = (html: string, pattern: RegExp): string[] =>
  [...html.matchAll(pattern)].map(([, value = '']) => value);

describe.each(['reference', 'random-walk'])('the editor of a scenario of the %s model', (kind) => {
  const html = markup(sample(kind), EDITOR_EN);

  test('has a control for every value of the schema, and for each one', () => {
    const names = attributes(html, /(?<!\w)(?:data-)?name="([^"]*)"/g).filter(
      (name) => !name.endsWith('-ends'),
    );
    const leaves = leavesOf(scenarioSchema, '', kind);
    expect(leaves.length).toBeGreaterThan(90);
    expect(names.sort()).toEqual(leaves.sort());
  });

  test('has a name and a description for every control', () => {
    const controls = html.match(/<(input|select|textarea)\b[^>]*>/g) ?? [];
    expect(controls.length).toBeGreaterThan(90);
    const labelled = new Set(attributes(html, /<label for="([^"]*)"/g));
    const ids = new Set(attributes(html, / id="([^"]*)"/g));
    for (const control of controls) {
      const [id = ''] = attributes(control, / id="([^"]*)"/g);
      expect(labelled.has(id) || control.includes('aria-label="'), control).toBe(true);
      for (const description of attributes(control, /aria-describedby="([^"]*)"/g)) {
        expect(ids.has(description), control).toBe(true);
      }
    }
  });
});

/** Every field with its place, through groups, lists and variants. */
function all(fields: readonly Field[]): Field[] {
  return fields.flatMap((field) => {
    switch (field.kind) {
      case 'group':
        return [field, ...all(field.fields)];
      case 'list':
        return [field, ...all(field.item)];
      case 'variant':
        return [field, ...field.options.flatMap((option) => all(option.fields))];
      default:
        return [field];
    }
  });
}

describe.each(LANGUAGES)('the catalogue in $tag', (words) => {
  const fields: Readonly<Record<string, Said | undefined>> = words.fields;
  const choices: Readonly<Record<string, Readonly<Record<string, Said | undefined>> | undefined>> =
    words.choices;
  const known = all(SCENARIO_FIELDS);

  test('names every field of the schema, and nothing else', () => {
    const patterns = new Set(['identity', ...known.map(({ pattern }) => pattern)]);
    for (const field of known) {
      if (field.kind === 'variant') patterns.add(`${field.pattern}.${field.tag}`);
    }
    expect(Object.keys(fields).sort()).toEqual([...patterns].sort());
    for (const [pattern, said] of Object.entries(fields)) expect(said?.[0], pattern).not.toBe('');
  });

  test('names and explains every choice, and nothing else', () => {
    const expected = known.flatMap((field): (readonly [string, readonly string[]])[] => {
      if (field.kind === 'choice') return [[field.pattern, field.choices]];
      if (field.kind !== 'variant') return [];
      const tag = `${field.pattern}.${field.tag}`;
      return [[tag, field.options.map(({ name }) => name)]];
    });
    expect(Object.keys(choices).sort()).toEqual(expected.map(([pattern]) => pattern).sort());
    for (const [pattern, values] of expected) {
      expect(Object.keys(choices[pattern] ?? {}).sort(), pattern).toEqual([...values].sort());
      for (const value of values) {
        const { name, remark } = choiceOf(pattern, value, words);
        expect(name.length > 0 && remark.length > 0, `${pattern} ${value}`).toBe(true);
      }
    }
    expect(Object.keys(choices['lock.name'] ?? {}).sort()).toEqual([...LOCK_NAMES].sort());
  });

  test('has a word for every unit but the count', () => {
    const units = known.flatMap((field) => ('unit' in field ? [field.unit.name] : []));
    expect(new Set(units).size).toBe(8);
    for (const unit of units) expect(words.units[unit] === '', unit).toBe(unit === 'count');
  });
});

test('no two choices of a field have the same name', () => {
  for (const words of LANGUAGES) {
    for (const [pattern, values] of Object.entries(words.choices)) {
      const names = Object.values(values).map(([name]) => name);
      expect(new Set(names).size, pattern).toBe(names.length);
    }
  }
});

test('a field that the catalogue does not know is named after its key', () => {
  expect(labelOf('endpoint.warmUpDelayUsMax', EDITOR_ZH)).toBe('Warm up delay');
  expect(labelOf('queueLimit', EDITOR_EN)).toBe('Queue limit');
  expect(choiceOf('socket.profile', 'brand-new', EDITOR_EN).name).toBe('Brand-new');
});

test('a new symbol has the schema’s defaults', () => {
  const parsed = parseScenario({ symbols: [{ name: 'NEW' }] });
  const expected = parsed.kind === 'ok' ? parsed.value.symbols[0] : undefined;
  expect(blank(SYMBOLS.item, { name: 'NEW' })).toEqual(expected);
});
