import { expect, it } from 'vitest';
import { rangesOf } from './ranges.ts';

it.each([
  [[], ''],
  [[7], '7'],
  [[5, 6], '5, 6'],
  [[3, 5, 6, 7, 9], '3, 5\u20137, 9'],
])('numbers %j are said as %j', (numbers, said) => {
  expect(rangesOf(numbers)).toBe(said);
});
