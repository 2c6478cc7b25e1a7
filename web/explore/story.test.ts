/** The story's arithmetic and words: where it stands, its strip, its conclusion, its Chinese. */
import { describe, expect, test } from 'vitest';
import {
  assertExists,
  CLAUSE_WORDS,
  CLAUSES,
  GALLERY,
  scenarioSubject,
  type SearchResult,
  Search,
} from '../../sim/index.ts';
import { EXPLORE_EN } from '../format/words/explore-en.ts';
import { EXPLORE_ZH } from '../format/words/explore-zh.ts';
import type { ExploreEnd } from '../workers/explore-contract.ts';
import { ExploreHost } from '../workers/explore-host.ts';
import { stepText } from './clause-text.ts';
import { conclusionOf } from './conclusion.ts';
import { openingOf, stepAt, stepFrom } from './story-place.ts';
import { playheadOf, stripOf } from './strip.ts';

const RACES = GALLERY.filter(({ expect: { races } }) => races.length > 0);
const host = new ExploreHost({ nowMs: () => 0, turn: () => Promise.resolve() });
const gaps = (template: string): string[] => [...template.matchAll(/\{\w+\}/g)].map(String).sort();

describe('a place in a story', () => {
  const steps = [2, 5, 9].map((seq) => ({ at: { seq, timeUs: seq } }));

  test.each([
    [undefined, -1, 0, undefined],
    [1, -1, 0, undefined],
    [2, 0, 1, undefined],
    [7, 1, 2, 0],
    [99, 2, undefined, 1],
  ])('at event %s is step %d, with its neighbours', (seq, present, next, previous) => {
    expect(stepAt(steps, seq)).toBe(present);
    expect(stepFrom(steps, seq, 1)).toBe(next);
    expect(stepFrom(steps, seq, -1)).toBe(previous);
  });

  test('opens on the first, with all of them in sight', () => {
    expect(openingOf(steps)).toEqual({ seq: 2, range: { startUs: -98, endUs: 109 } });
    const long = [0, 1_000].map((timeUs) => ({ at: { seq: timeUs, timeUs } }));
    expect(openingOf(long)?.range).toEqual({ startUs: -150, endUs: 1_150 });
    expect(openingOf([])).toBeUndefined();
  });

  test('is nowhere in a story without steps', () => {
    expect(stepAt([], 4)).toBe(-1);
    expect(stepFrom([], 4, 1)).toBeUndefined();
  });
});

describe('the schedule strip', () => {
  const marks = { picks: [0, 2, 0, 1], widths: [2, 3, 2, 2], seqs: [0, 3, 7, 9] };

  test('marks the choices off the default, each in its own share', () => {
    expect(stripOf(marks).departures).toEqual([
      { choice: 1, pick: 2, width: 3, seq: 3, place: 0.375 },
      { choice: 3, pick: 1, width: 2, seq: 9, place: 0.875 },
    ]);
  });

  test('flags what was decided where it was decided, and nothing that is not known', () => {
    expect(stripOf(marks, { kind: 'since', choice: 1 }).inevitable).toBe(0.375);
    expect(stripOf(marks, { kind: 'always' }).inevitable).toBe(0);
    expect(stripOf(marks, { kind: 'unknown' }).inevitable).toBeUndefined();
    expect(stripOf(marks).inevitable).toBeUndefined();
  });

  test('has the playhead behind the choices that were made by then', () => {
    expect([undefined, 0, 3, 8, 99].map((seq) => playheadOf(marks, seq))).toEqual([
      ...[undefined, 0.25, 0.5, 0.75, 1],
    ]);
    expect(playheadOf({ picks: [], widths: [], seqs: [] }, 3)).toBeUndefined();
  });
});

describe('a conclusion', () => {
  const { scenario } = assertExists(RACES[0], 'expected a race');
  const search = new Search(scenarioSubject(scenario), { schedulesMax: 1, strategy: 'fifo' });
  const progress = {
    ...{ schedules: 1, executions: 1, classes: undefined, prunedShare: 0 },
    ...{ toldApart: undefined, missed: undefined, elapsedMs: 1 },
  };
  search.advance(10);
  const base = search.result();
  const end = (result: Partial<SearchResult>, reason: ExploreEnd['reason'] = 'over') => ({
    ...{ scenario, result: { ...base, ...result }, reason, violation: undefined },
    ...{ progress },
  });

  test('says proved of a proof and of nothing else', () => {
    const others = ['violated', 'not-refuted', 'nothing-to-choose', 'nondeterministic'] as const;
    const proved = conclusionOf(end({ conclusion: 'proved' }), EXPLORE_EN);
    expect(proved).toMatchObject({ verdict: 'passed', word: 'Proved.' });
    for (const words of [EXPLORE_EN, EXPLORE_ZH]) {
      for (const conclusion of others) {
        const said = conclusionOf(end({ conclusion }), words);
        expect(said.verdict, conclusion).not.toBe('passed');
        expect(said.word, conclusion).not.toBe(words.conclusion.proved);
      }
    }
  });

  test('without a violation or a proof says how much was tried and why it is none', () => {
    const open = { conclusion: 'not-refuted', schedules: 1_234 } as const;
    const said = (more: Partial<SearchResult>, reason?: ExploreEnd['reason']) =>
      conclusionOf(end({ ...open, ...more }, reason), EXPLORE_EN);
    expect(said({}).word).toBe('Not refuted in 1,234 schedules.');
    expect(said({}, 'cancelled').rest).toBe('Not a proof. Cancelled.');
    expect(said({}, 'late').rest).toContain('time was over');
    expect(said({ bounded: true }).rest).toContain('longer than choices');
    const guarantee = { depth: 3, probability: 0.01, executions: 9, missBound: 0.000_02 };
    expect(said({ guarantee, stop: 'schedules' }).rest).toContain('depth 3 was missed with');
    expect(said({ guarantee, stop: 'schedules' }).rest).toContain('at most 2e-5');
  });
});

describe('a story in Chinese', () => {
  const told = assertExists(EXPLORE_ZH.told, 'expected Chinese clauses');

  test('has every clause, with the same gaps, and every word in them', () => {
    expect(Object.keys(told.clauses).sort()).toEqual(Object.values<string>(CLAUSES).sort());
    for (const [template, text] of Object.entries(told.clauses)) {
      expect(gaps(text ?? ''), template).toEqual(gaps(template));
    }
    for (const word of CLAUSE_WORDS) expect(told.names[word], word).toBeDefined();
  });

  test.each(RACES.map(({ name }) => name))('of %s has no English left', async (name) => {
    const plan = {
      strategy: 'exhaustive',
      depth: 3,
      seed: 1,
      schedulesMax: 10_000,
      secondsMax: 60,
    } as const;
    const end = await host.explore({ kind: 'gallery', name }, plan, () => undefined);
    const { scenario, story } = assertExists(end.violation, 'expected a violation').told;
    const symbols = scenario.symbols.map((symbol) => symbol.name);
    const without = (text: string): string =>
      symbols.reduce((left, symbol) => left.replaceAll(symbol, ''), text);
    const steps = assertExists(story, 'expected a story').steps;
    expect(steps.length).toBeGreaterThan(0);
    for (const step of steps) {
      expect(stepText(step, EXPLORE_EN)).toBe(step.text);
      expect(without(stepText(step, EXPLORE_ZH))).not.toMatch(/[a-z]{2}/);
    }
  });

  test('has no English left in the scope of any scenario', () => {
    for (const { name, scenario } of GALLERY) {
      const { scope } = scenarioSubject(scenario);
      expect(EXPLORE_ZH.scopeText(scope), name).not.toMatch(/[a-z]{2}/i);
    }
  });
});
