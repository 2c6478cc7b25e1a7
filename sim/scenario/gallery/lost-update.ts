/** Read, suspend, write: an update that overwrites another. */
import { MONEY_REASON, REFERENCE_RISK, THREE_SYMBOLS } from './common.ts';
import { repairedPair } from './entry.ts';

export const lostUpdate = repairedPair(
  {
    name: 'lost-update',
    title: 'An update that overwrites another',
    shows:
      'The aggregator reads its total, suspends, and writes: what another symbol added meanwhile is gone.',
    input: {
      symbols: THREE_SYMBOLS,
      aggregator: { update: 'split', suspendUs: 3_000, lock: 'none' },
      risk: REFERENCE_RISK,
      acceptance: { reason: MONEY_REASON },
    },
  },
  ['pnl.total'],
  {
    shows: 'The aggregator’s own lock around reading and writing.',
    part: 'aggregator',
    value: { update: 'split', suspendUs: 3_000, lock: 'fifo' },
  },
);
