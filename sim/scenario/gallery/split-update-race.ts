/** Read, suspend, write, by symbols that hardly ever book at once. */
import { MONEY_REASON, RACE_INPUT } from './common.ts';
import { racingPair } from './entry.ts';

export const splitUpdateRace = racingPair(
  {
    name: 'split-update-race',
    title: 'An update that overwrites another, once in a while',
    shows:
      'The total is read, and written 0.2 ms later; as long as no two symbols book within that time ' +
      'the books agree, and on the day they do, money is gone.',
    input: {
      ...RACE_INPUT,
      seed: 3,
      aggregator: { update: 'split', suspendUs: 200, lock: 'none' },
      acceptance: { ...RACE_INPUT.acceptance, reason: MONEY_REASON },
    },
  },
  ['pnl.total'],
  {
    shows: 'The aggregator’s own lock around reading and writing.',
    part: 'aggregator',
    value: { update: 'split', suspendUs: 200, lock: 'fifo' },
  },
);
