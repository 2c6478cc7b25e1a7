/** Nothing that was typed is lost, and only what the schema takes is applied. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { galleryEntry, type Scenario } from '../../sim/index.ts';
import { EDITOR_EN } from '../format/words/editor-en.ts';
import { EditorDraft } from './draft.svelte.ts';

const { scenario } = galleryEntry('escaping-lock');
const other = galleryEntry('reference').scenario;

function stage() {
  const applied: Scenario[] = [];
  const draft = new EditorDraft(scenario);
  draft.serve({ onapply: (each) => applied.push(each), ownTitle: EDITOR_EN.ownTitle });
  return { draft, applied };
}

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

describe('typing', () => {
  test('is in the document at once, and applied once it has settled', () => {
    const { draft, applied } = stage();
    for (const seed of [1, 12, 128]) draft.type(['seed'], seed);
    expect(draft.document['seed']).toBe(128);
    expect(applied).toEqual([]);
    draft.settle();
    expect(applied.map(({ seed }) => seed)).toEqual([128]);
    draft.settle();
    expect(applied).toHaveLength(1);
  });

  test('settles by itself when it rests', () => {
    const { draft, applied } = stage();
    draft.type(['seed'], 1);
    draft.type(['seed'], 12);
    vi.runAllTimers();
    expect(applied.map(({ seed }) => seed)).toEqual([12]);
  });

  test('in one field is one step back', () => {
    const { draft } = stage();
    for (const seed of [1, 12, 128]) draft.type(['seed'], seed);
    draft.undo();
    expect(draft.document).toBe(scenario);
    draft.redo();
    expect(draft.document['seed']).toBe(128);
  });

  test('in another field, or again in the same one, is another step', () => {
    const { draft } = stage();
    draft.type(['seed'], 1);
    draft.type(['title'], 'x');
    draft.undo();
    expect(draft.document['seed']).toBe(1);
    draft.settle();
    draft.type(['seed'], 2);
    draft.undo();
    expect(draft.document['seed']).toBe(1);
  });
});

describe('an invalid draft', () => {
  test('stays as it was typed, says where, and is not applied', () => {
    const { draft, applied } = stage();
    draft.type(['symbols', 0, 'intervalUs', 0], 'ten');
    draft.settle();
    expect(applied).toEqual([]);
    expect(draft.inUse).toBe(scenario);
    expect(draft.problemAt('symbols[0].intervalUs[0]')).toContain('"ten"');
    expect(draft.hasProblemIn('symbols[0]')).toBe(true);
    expect(draft.hasProblemIn('symbols')).toBe(true);
    expect(draft.hasProblemIn('symbols[1]')).toBe(false);
    expect(draft.hasProblemIn('symbol')).toBe(false);
  });

  test('is applied as soon as it is right, with everything that was changed meanwhile', () => {
    const { draft, applied } = stage();
    draft.choose(['seed'], 'x');
    draft.choose(['lock', 'name'], 'fifo');
    expect(applied).toEqual([]);
    draft.choose(['seed'], 9);
    expect(applied).toHaveLength(1);
    expect(applied[0]).toMatchObject({ seed: 9, lock: { name: 'fifo' } });
  });
});

describe('a scenario from outside', () => {
  test('is taken over, and undo brings the draft back and applies it', () => {
    const { draft, applied } = stage();
    draft.choose(['seed'], 5);
    draft.takeOver(other);
    expect(draft.document).toBe(other);
    expect(draft.base).toBe(other);
    expect(draft.isTouched).toBe(false);
    draft.undo();
    expect(draft.document['seed']).toBe(5);
    expect(draft.base).toBe(scenario);
    expect(applied.map(({ seed }) => seed)).toEqual([5, 5]);
    draft.redo();
    expect(applied.at(-1)).toEqual(other);
  });

  test('is no other one if it is what was applied', () => {
    const { draft, applied } = stage();
    draft.choose(['seed'], 5);
    draft.takeOver(structuredClone(applied[0] ?? other));
    draft.undo();
    expect(draft.document).toBe(scenario);
    expect(draft.canUndo).toBe(false);
  });

  test('does not lose what is invalid, or what was about to settle', () => {
    const { draft, applied } = stage();
    draft.type(['seed'], 'half');
    draft.takeOver(other);
    vi.runAllTimers();
    expect(applied).toEqual([]);
    expect(draft.document).toBe(other);
    draft.undo();
    expect(draft.document['seed']).toBe('half');
  });
});

describe('reset', () => {
  test('goes back to what was opened, and can be undone', () => {
    const { draft, applied } = stage();
    draft.choose(['lock', 'name'], 'fifo');
    draft.reset();
    expect(draft.document).toBe(scenario);
    expect(applied.at(-1)).toEqual(scenario);
    draft.undo();
    expect(draft.document['lock']).toMatchObject({ name: 'fifo' });
  });
});

describe('the text form', () => {
  test('is applied as a step of its own', () => {
    const { draft, applied } = stage();
    draft.text = JSON.stringify({ symbols: [{ name: 'ONE' }], seed: 3 });
    expect(draft.applyText()).toBeUndefined();
    expect(draft.text).toBeUndefined();
    expect(applied.at(-1)).toMatchObject({ seed: 3, symbols: [{ name: 'ONE' }] });
    draft.undo();
    expect(draft.document).toBe(scenario);
  });

  test('that is wrong stays as it is and changes nothing', () => {
    const { draft, applied } = stage();
    draft.text = '{"symbols": [], "sed": 3}';
    expect(draft.applyText()?.fields.map(({ path }) => path)).toEqual(['sed', 'symbols']);
    draft.text = '{';
    expect(draft.applyText()?.code).toBe('scenario-not-json');
    expect(draft.text).toBe('{');
    expect(draft.document).toBe(scenario);
    expect(applied).toEqual([]);
  });

  test('that says the same is no step', () => {
    const { draft } = stage();
    draft.text = draft.written;
    expect(draft.applyText()).toBeUndefined();
    expect(draft.canUndo).toBe(false);
  });
});

test('a trial is taken only if the schema takes it', () => {
  const { draft } = stage();
  const symbols = (us: unknown) => scenario.symbols.map((each) => ({ ...each, intervalUs: us }));
  const told = draft.tryAt(['symbols'], symbols([9, 1]));
  expect([...told.keys()]).toEqual([0, 1, 2].map((at) => `symbols[${at}].intervalUs`));
  expect(draft.document).toBe(scenario);
  expect(draft.tryAt(['symbols'], symbols([1, 9])).size).toBe(0);
  expect(draft.inUse.symbols[2]?.intervalUs).toEqual([1, 9]);
});
