/** Every defect has its pair, and a pair is what the dialog can show. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GALLERY } from '../../../sim/index.ts';
import { codeOf, pairOf, type Snippet } from './pair.ts';
import { pythonPair, THEMES } from './pairs.ts';
import { spansOf } from './spans.ts';

const NAMES = THEMES.flatMap((theme) => Object.keys(theme));
const SIDES = NAMES.flatMap((name) => {
  const pair = pythonPair(name);
  return pair === undefined
    ? []
    : [
        { name: `${name}, wrong`, snippet: pair.wrong, other: pair.right },
        { name: `${name}, right`, snippet: pair.right, other: pair.wrong },
      ];
});

describe('the pairs of Python', () => {
  it('are one for each defect that has a repaired twin, and none else', () => {
    const defects = GALLERY.filter(
      ({ name, twin }) => twin !== undefined && !name.endsWith('-repaired'),
    );
    expect(defects.length).toBeGreaterThan(30);
    expect([...NAMES].sort()).toEqual(defects.map(({ name }) => name).sort());
  });

  it('are unknown for a scenario without a twin', () => {
    expect(pythonPair('reference')).toBeUndefined();
  });

  it.each(SIDES)('$name: 6 to 22 lines of at most 72 columns, without strays', ({ snippet }) => {
    const { lines } = snippet;
    expect(lines.length).toBeGreaterThanOrEqual(6);
    expect(lines.length).toBeLessThanOrEqual(22);
    expect(lines.filter((line) => line.length > 72)).toEqual([]);
    expect(lines.filter((line) => /[^ -~]|\s$/.test(line))).toEqual([]);
    expect(lines[0]).not.toBe('');
    expect(lines.at(-1)).not.toBe('');
  });

  it.each(SIDES)('$name: its decisive lines are code that the other side lacks', (side) => {
    const { lines, decisive } = side.snippet;
    const told = decisive.map((number) => lines[number - 1] ?? '');
    expect(told.length).toBeGreaterThan(0);
    expect(told.filter((line) => line.trim() === '' || line.trim().startsWith('#'))).toEqual([]);
    expect(told.filter((line) => side.other.lines.includes(line))).toEqual([]);
  });
});

describe('a pair', () => {
  const { wrong, right } = pairOf('\n  a\n\n>\n- b\n< c\n> d\n+ e\n  f\n');

  it('has on each side what both have and its own', () => {
    expect(wrong).toEqual({ lines: ['a', '', 'b', 'c', 'f'], decisive: [3] } satisfies Snippet);
    expect(right).toEqual({ lines: ['a', '', '', 'd', 'e', 'f'], decisive: [5] } satisfies Snippet);
  });

  it('is copied with an end to its last line', () => {
    expect(codeOf(wrong)).toBe('a\n\nb\nc\nf\n');
  });

  it.each(['x = 1', '-x', '* x', '\tx'])('refuses a line without a sign: %j', (line) => {
    expect(() => pairOf(`  a\n${line}`)).toThrow(`got ${line}`);
  });
});

describe('the spans of a line', () => {
  it.each([
    ['x = 1  # why', ['code', 'comment']],
    ['# "why"', ['comment']],
    ['f("a # b", \'c\')  # d', ['code', 'string', 'code', 'string', 'code', 'comment']],
    ['f"{a[\'b\']}"', ['string']],
    ['"a\\"b" + c', ['string', 'code']],
    ['"""A "quoted" word."""', ['string']],
    ['""', ['string']],
    ['', []],
  ])('%s', (line, kinds) => {
    expect(spansOf(line).map(({ kind }) => kind)).toEqual(kinds);
  });

  it('are the whole line, whatever it says', () => {
    const line = fc.string({ unit: fc.constantFrom(...'ab #"\'\\f=()') });
    fc.assert(
      fc.property(line, (text) => {
        expect(
          spansOf(text)
            .map((span) => span.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});
