/** Whatever is done to the list of symbols, the schema takes the result. */
import { expect, test } from 'vitest';
import { galleryEntry, parseScenario } from '../../sim/index.ts';
import { allLike, nameOf, withAll, withCopy, withNew } from './symbols.ts';

const { scenario } = galleryEntry('reference');
const { symbols } = scenario;
const names = (list: readonly unknown[]): string[] => list.map(nameOf);
const isValid = (list: readonly unknown[]): boolean =>
  parseScenario({ ...scenario, symbols: list }).kind === 'ok';

test('new symbols have the names that were asked for and the schema’s defaults', () => {
  const more = withNew(symbols, 'EURUSD, GBPUSD;  USDJPY');
  expect(names(more).slice(3)).toEqual(['EURUSD', 'GBPUSD', 'USDJPY']);
  expect(more[4]).toEqual({ ...symbols[0], name: 'GBPUSD' });
  expect(isValid(more)).toBe(true);
});

test('a name that is made up is nobody’s yet, also where names are as long as they may be', () => {
  let list: readonly unknown[] = [{ ...symbols[0], name: 'A'.repeat(24) }];
  for (let n = 0; n < 30; n++) list = n % 2 === 0 ? withCopy(list, 0) : withNew(list, ' ');
  expect(new Set(names(list)).size).toBe(31);
  expect(isValid(list)).toBe(true);
});

test('there is never more than the schema takes', () => {
  const wanted = Array.from({ length: 80 }, (_, at) => `N${at}`).join(' ');
  expect(withNew(symbols, wanted)).toHaveLength(64);
  expect(isValid(withNew(symbols, wanted))).toBe(true);
});

test('a copy stands behind its original and differs in its name alone', () => {
  const copied = withCopy(symbols, 1);
  expect(names(copied)).toEqual(['BTCUSD.s', 'ETHUSD.s', 'ETHUSD.s-2', 'XAUUSD.s']);
  expect(copied[2]).toEqual({ ...symbols[1], name: 'ETHUSD.s-2' });
});

test('settings for all leave the names', () => {
  const slow = withAll(symbols, 'intervalUs', [1, 2]);
  expect(names(slow)).toEqual(names(symbols));
  const one = slow.map((each, at) => (at === 2 ? { ...(each as object), signals: 7 } : each));
  const alike = allLike(one, 2);
  expect(names(alike)).toEqual(names(symbols));
  expect(alike.map((each) => (each as { signals: number }).signals)).toEqual([7, 7, 7]);
});
