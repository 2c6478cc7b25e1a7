/** What is wrong is told in the units that were typed, in both languages. */
import { describe, expect, test } from 'vitest';
import { galleryEntry, scenarioSchema } from '../../sim/index.ts';
import { EDITOR_EN, type EditorWords } from '../format/words/editor-en.ts';
import { EDITOR_ZH } from '../format/words/editor-zh.ts';
import { judge } from './draft.ts';
import { type Field, SCENARIO_FIELDS, sectionAt, SECTIONS } from './fields.ts';
import { pathOf, valueAt, withValue } from './path.ts';
import { limitsOf, problemText, rawProblem } from './say.ts';
import { summaryOf } from './summary.ts';

const { scenario } = galleryEntry('reference');

function fieldAt(pattern: string, fields: readonly Field[] = SCENARIO_FIELDS): Field | undefined {
  for (const field of fields) {
    if (field.pattern === pattern) return field;
    const inner =
      field.kind === 'group'
        ? field.fields
        : field.kind === 'list'
          ? field.item
          : field.kind === 'variant'
            ? field.options.flatMap((option) => option.fields)
            : [];
    const found = fieldAt(pattern, inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The only problem of the reference scenario with `value` at `path`, as the editor says it. */
function said(path: string, value: unknown, words: EditorWords): string {
  const document = withValue(scenario, pathOf(path), value);
  const judged = judge(document);
  const [[at, told] = ['', ''], ...more] = judged.kind === 'invalid' ? judged.problems : [];
  expect(more).toEqual([]);
  const pattern = at.replace(/\[\d+\]/g, (index, place: number) =>
    place + index.length === at.length ? '' : '[]',
  );
  return problemText(told, valueAt(document, pathOf(at)), fieldAt(pattern), words);
}

describe('a problem', () => {
  test.each([
    ['lock.timeoutUs', 90_000_000_000, 'Expected 0 to 86,400,000 ms, got 90000000.'],
    ['lock.timeoutUs', '', 'Expected 0 to 86,400,000 ms, got nothing.'],
    ['lock.timeoutUs', '0.0005', 'Expected 0 to 86,400,000 ms, in steps of 0.001, got 0.0005.'],
    ['risk.breaker.lossCents', 'a lot', 'Expected 0.01 to 10,000,000,000 ccy, got a lot.'],
    ['endpoint.queryErrorPerMillion', 1_000_001, 'Expected 0 to 100 %, got 100.0001.'],
    ['symbols[0].intervalUs', [30_000, 20_000], 'Expected the least first, got 30 to 20.'],
    ['symbols[0].intervalUs[1]', 'x', 'Expected 0 to 86,400,000 ms, got x.'],
    ['symbols[2].name', 'BTCUSD.s', 'Expected every symbol name once, got BTCUSD.s.'],
    ['title', 'x'.repeat(121), `Expected at most 120 characters, got ${'x'.repeat(24)}….`],
  ])('at %s of %j', (path, value, text) => {
    expect(said(path, value, EDITOR_EN)).toBe(text);
  });

  test('is told in Chinese, in the same units', () => {
    expect(said('lock.timeoutUs', '0.0005', EDITOR_ZH)).toBe(
      '应为 0 至 86,400,000 毫秒，步长 0.001，得到 0.0005。',
    );
    expect(said('symbols[0].intervalUs', [30_000, 20_000], EDITOR_ZH)).toBe(
      '应为最小值在前、最大值在后，得到 30 至 20。',
    );
  });

  test('in the text form keeps the schema’s units and says what was meant', () => {
    const judged = judge({ ...scenario, sed: 1 });
    const [told = ''] = judged.kind === 'invalid' ? judged.problems.values() : [];
    expect(rawProblem(told, EDITOR_EN)).toBe('There is no such setting; did you mean seed?');
    expect(rawProblem(told, EDITOR_ZH)).toBe('没有此设置；您是否指 seed？');
  });
});

/** Everything that the checks of the schema can say. */
function messages(schema: unknown, found = new Set<string>()): Set<string> {
  if (typeof schema !== 'object' || schema === null) return found;
  const { type, message } = schema as { readonly type?: unknown; readonly message?: unknown };
  if (typeof message === 'string') found.add(message);
  if (typeof message === 'function' && type === 'check') {
    found.add((message as (issue: unknown) => string)({ input: scenario.symbols }));
  }
  for (const [key, inner] of Object.entries(schema)) {
    if (key !== '~standard' && key !== 'default') messages(inner, found);
  }
  return found;
}

test('everything that the schema can say has its Chinese', () => {
  const told = [...messages(scenarioSchema)].map((each) => each.replace(/, got .*$/, ''));
  expect(told.length).toBeGreaterThan(15);
  for (const each of told) expect(EDITOR_ZH.expectation(each), each).toMatch(/\p{Script=Han}/u);
});

test('limits are told in the unit that is typed', () => {
  const limits = (pattern: string): string => {
    const field = fieldAt(pattern);
    return field === undefined ? '' : limitsOf(field, EDITOR_EN);
  };
  expect(limits('lock.timeoutUs')).toBe('0 to 86,400,000 ms');
  expect(limits('symbols[].market.pnlCents')).toBe('−10,000,000 to 10,000,000 ccy');
  expect(limits('symbols[].market.exposureBp')).toBe('0 to 10,000,000 %');
  expect(limits('title')).toBe('at most 120 characters');
});

describe('a summary', () => {
  const summary = (name: string, document: unknown, words = EDITOR_EN): string =>
    summaryOf(sectionAt(name), document, words);

  test('says that nothing differs only if nothing does', () => {
    const plain = judge({ symbols: [{ name: 'A' }] });
    const document = plain.kind === 'valid' ? plain.scenario : scenario;
    for (const { name } of SECTIONS.filter((each) => each.name !== 'symbols')) {
      expect(summary(name, document), name).toBe(EDITOR_EN.asDefault);
    }
  });

  test('tells what differs, and counts the rest', () => {
    const { scenario: gap } = galleryEntry('snapshot-gap');
    expect(summary('aggregator', gap)).toContain('Snapshot');
    const many = withValue(scenario, ['socket'], {
      ...scenario.socket,
      ...{ relaxed: true, correlate: true, attempts: 7, lingerUs: 500, backoffUs: 1 },
    });
    expect(summary('socket', many)).toBe(
      'LINGER 0.5 ms · REQ_RELAXED yes · REQ_CORRELATE yes · +2',
    );
    expect(summary('symbols', scenario, EDITOR_ZH)).toBe('3 个品种：BTCUSD.s, ETHUSD.s, XAUUSD.s');
  });
});
