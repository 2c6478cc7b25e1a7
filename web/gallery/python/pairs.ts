/**
 * Wrong and right Python of every defect that has a repaired twin, by the defect's name.
 *
 * Invariant: a scenario with a twin has exactly one pair here, in one theme; a test holds it to
 * that.
 */
import { GATEWAY } from './gateway.ts';
import { LOCKS } from './locks.ts';
import { MONEY } from './money.ts';
import { pairOf, type PairTexts, type PythonPair } from './pair.ts';
import { RACES } from './races.ts';
import { RISK } from './risk.ts';
import { SOCKET } from './socket.ts';

/** The texts by theme. */
export const THEMES: readonly PairTexts[] = [LOCKS, SOCKET, GATEWAY, MONEY, RISK, RACES];

const BY_NAME: PairTexts = Object.assign({}, ...THEMES) as PairTexts;

/** The pair of the defect of that name, or undefined if it has none. */
export function pythonPair(name: string): PythonPair | undefined {
  const text = BY_NAME[name];
  return text === undefined ? undefined : pairOf(text);
}
