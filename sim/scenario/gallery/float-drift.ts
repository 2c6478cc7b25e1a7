/** Binary floats for money. */
import { MONEY_REASON, REFERENCE_RISK, THREE_SYMBOLS } from './common.ts';
import { repairedPair } from './entry.ts';

export const floatDrift = repairedPair(
  {
    name: 'float-drift',
    title: 'Money in binary floats',
    shows: 'The aggregator adds dollars as floats: close to the ledger, and never equal.',
    input: {
      symbols: THREE_SYMBOLS,
      aggregator: { arithmetic: 'float' },
      risk: REFERENCE_RISK,
      acceptance: { reason: MONEY_REASON },
    },
  },
  ['pnl.total'],
  {
    shows: 'The same additions in whole cents.',
    part: 'aggregator',
    value: { arithmetic: 'decimal' },
  },
);
