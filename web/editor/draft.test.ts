/** The schema alone judges a draft, and what is wrong is told where it was typed. */
import { describe, expect, test } from 'vitest';
import { GALLERY, galleryEntry, parseScenario, parseScenarioText } from '../../sim/index.ts';
import { EDITOR_EN } from '../format/words/editor-en.ts';
import { canonicalText, documentText, edited, judge, startDraft } from './draft.ts';
import { type Path, withValue } from './path.ts';

const { ownTitle } = EDITOR_EN;
const { scenario } = galleryEntry('escaping-lock');

function problemsAfter(path: Path, value: unknown): Record<string, string> {
  const judged = judge(withValue(scenario, path, value));
  return judged.kind === 'valid' ? {} : Object.fromEntries(judged.problems);
}

describe('a judgement', () => {
  test('is what the schema says, by path', () => {
    expect(judge(scenario)).toEqual({ kind: 'valid', scenario });
    expect(problemsAfter(['seed'], 'abc')).toEqual({
      seed: 'expected a whole number from 0 to 9007199254740991, got "abc"',
    });
    expect(Object.keys(problemsAfter(['symbols', 1, 'intervalUs'], [5, 1]))).toEqual([
      'symbols[1].intervalUs',
    ]);
    expect(Object.keys(problemsAfter(['symbols', 1, 'intervalUs', 1], ''))).toEqual([
      'symbols[1].intervalUs[1]',
    ]);
  });

  test('tells of a name that occurs twice at the later symbol of it', () => {
    const twice = problemsAfter(['symbols', 2, 'name'], 'BTCUSD.s');
    expect(Object.keys(twice)).toEqual(['symbols[2].name']);
    expect(Object.keys(problemsAfter(['symbols'], []))).toEqual(['symbols']);
  });

  test('counts what it does not list', () => {
    const symbols = Array.from({ length: 14 }, (_, at) => ({ name: `S${at}`, signals: 0 }));
    const judged = judge({ symbols });
    expect(judged.kind === 'invalid' && judged.problems.size + judged.more).toBe(14);
  });
});

describe('an edit', () => {
  test('makes a scenario the user’s own, except for its seed', () => {
    const draft = startDraft(scenario);
    const changed = edited(draft, ['lock', 'name'], 'fifo', ownTitle);
    expect(changed.document['title']).toBe(`${scenario.title}, edited`);
    expect(edited(draft, ['seed'], 7, ownTitle).document['title']).toBe(scenario.title);
    expect(changed.base).toBe(scenario);
  });

  test('leaves a title that the user gave', () => {
    const named = edited(startDraft(scenario), ['title'], 'Mine', ownTitle);
    expect(named.document['title']).toBe('Mine');
    expect(edited(named, ['lock', 'name'], 'fifo', ownTitle).document['title']).toBe('Mine');
  });

  test('marks a title once', () => {
    expect(ownTitle(ownTitle('x'))).toBe(ownTitle('x'));
  });
});

describe('the text form', () => {
  test.each(GALLERY.map((entry) => [entry.name, entry.scenario] as const))(
    'of %s is read back as the same scenario',
    (_, each) => {
      const text = documentText(each, judge(each));
      const parsed = parseScenarioText(text);
      expect(parsed.kind === 'ok' && canonicalText(parsed.value)).toBe(canonicalText(each));
    },
  );

  test('leaves a title alone that looks like a range', () => {
    const title = 'from [ 1, 2 ] to "[3,  4]"';
    const parsed = parseScenario({ ...scenario, title });
    const each = parsed.kind === 'ok' ? parsed.value : scenario;
    const again = parseScenarioText(documentText(each, judge(each)));
    expect(again.kind === 'ok' && again.value.title).toBe(title);
  });

  test('of a draft that is wrong shows what was typed', () => {
    const wrong = withValue(scenario, ['seed'], 'abc') as typeof scenario;
    expect(documentText(wrong, judge(wrong))).toContain('"seed": "abc"');
  });
});
