import { expect, test } from 'vitest';
import {
  commandOf,
  EXAMPLE_LINES,
  EXAMPLE_PATTERNS,
  kindsOf,
  loadPatterns,
  missingEnd,
  patternProblem,
  patternsProblem,
  savePatterns,
} from './log-patterns.ts';
import { previewLog } from './log-preview.ts';

const ACQUIRE = '(?<acquire>got) (?<symbol>\\S+)';

test('one end of a hold is no fault of its pattern, and one of them all together', () => {
  expect(patternProblem(ACQUIRE)).toBeUndefined();
  expect(patternsProblem([ACQUIRE])).toContain('both ends');
  expect(missingEnd([ACQUIRE])).toBe('release');
  expect(missingEnd([])).toBeUndefined();
});

test('a pattern that cannot serve says what was expected', () => {
  expect(patternProblem('(')).toContain('expected a regular expression');
  expect(patternProblem('(?<who>x)')).toContain('got "who"');
  expect(patternProblem('(?<acquire>x)')).toContain('expected a group "symbol"');
  expect(patternProblem('x')).toContain('no named group');
});

test('the kinds of a pattern are its groups, in Python’s spelling too', () => {
  expect(kindsOf('(?P<release>x) (?<symbol>y)')).toEqual(['release']);
});

test('the example reads its own lines', () => {
  expect(patternsProblem(EXAMPLE_PATTERNS)).toBeUndefined();
  const { matched, lines } = previewLog(new TextEncoder().encode(EXAMPLE_LINES), EXAMPLE_PATTERNS);
  expect(matched).toEqual([2, 2]);
  expect(lines).toHaveLength(5);
});

test('patterns are kept, and what is kept and no longer compiles is not loaded', () => {
  const kept = new Map<string, string>();
  const memory = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  savePatterns(memory, EXAMPLE_PATTERNS);
  expect(loadPatterns(memory)).toEqual(EXAMPLE_PATTERNS);
  for (const bad of ['[', '{}', '[1]', '["("]', JSON.stringify([ACQUIRE])]) {
    for (const key of kept.keys()) kept.set(key, bad);
    expect(loadPatterns(memory)).toEqual([]);
  }
  expect(loadPatterns(null)).toEqual([]);
});

test('the command quotes what a shell would change', () => {
  expect(commandOf("it's.log", ['a b'])).toBe(`check-log 'it'\\''s.log' --pattern 'a b'`);
});
