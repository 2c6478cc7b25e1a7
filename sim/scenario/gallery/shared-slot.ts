/** One symbol's fill changes another's figure. */
import { MONEY_REASON, REFERENCE_RISK, THREE_SYMBOLS } from './common.ts';
import { repairedPair } from './entry.ts';

export const sharedSlot = repairedPair(
  {
    name: 'shared-slot',
    title: 'One symbol’s fill changes another’s figure',
    shows: 'The total may still be right, but the figures of the symbols are not their own.',
    input: {
      symbols: THREE_SYMBOLS,
      aggregator: { isolation: 'shared-slot' },
      risk: REFERENCE_RISK,
      acceptance: { reason: MONEY_REASON },
    },
  },
  ['metrics.isolation'],
  {
    shows: 'Each symbol writes its own figure only.',
    part: 'aggregator',
    value: { isolation: 'symbol' },
  },
);
