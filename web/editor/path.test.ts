/** A change touches its own place and nothing else, and rows keep who they are. */
import { expect, test } from 'vitest';
import { pathOf, pathText, rowKey, valueAt, withList, withValue } from './path.ts';

const DOCUMENT = {
  title: 't',
  symbols: [
    { name: 'A', intervalUs: [1, 2] },
    { name: 'B', intervalUs: [3, 4] },
  ],
  lock: { name: 'fifo' },
};

test('a path and its text say the same place', () => {
  const path = ['symbols', 1, 'intervalUs', 0];
  expect(pathText(path)).toBe('symbols[1].intervalUs[0]');
  expect(pathOf('symbols[1].intervalUs[0]')).toEqual(path);
  expect(pathOf('endpoint.faults.stalls[3].atUs')).toEqual([
    'endpoint',
    'faults',
    'stalls',
    3,
    'atUs',
  ]);
  expect(pathText([])).toBe('');
});

test('a change leaves every other part the same object', () => {
  const changed = withValue(DOCUMENT, ['symbols', 1, 'intervalUs', 0], 9) as typeof DOCUMENT;
  expect(valueAt(changed, ['symbols', 1, 'intervalUs'])).toEqual([9, 4]);
  expect(DOCUMENT.symbols[1]?.intervalUs).toEqual([3, 4]);
  expect(changed.symbols[0]).toBe(DOCUMENT.symbols[0]);
  expect(changed.lock).toBe(DOCUMENT.lock);
  expect(changed.symbols[1]).not.toBe(DOCUMENT.symbols[1]);
});

test('a row keeps its key when it changes, and shares it with no other', () => {
  const before = DOCUMENT.symbols.map(rowKey);
  const changed = withValue(DOCUMENT, ['symbols', 1, 'name'], 'C') as typeof DOCUMENT;
  expect(changed.symbols.map(rowKey)).toEqual(before);
  expect(new Set(before).size).toBe(2);
  const shorter = withList(changed, ['symbols'], (rows) => rows.slice(1)) as typeof DOCUMENT;
  expect(shorter.symbols.map(rowKey)).toEqual([before[1]]);
});

test('a place that is not there holds nothing', () => {
  expect(valueAt(DOCUMENT, ['symbols', 7, 'name'])).toBeUndefined();
  expect(valueAt(DOCUMENT, ['title', 'x', 'y'])).toBeUndefined();
});
