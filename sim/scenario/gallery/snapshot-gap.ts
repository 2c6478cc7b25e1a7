/** The reference's gap: a snapshot every fifth signal and none at the end. */
import { MONEY_REASON, REFERENCE_RISK, THREE_SYMBOLS } from './common.ts';
import { repairedPair } from './entry.ts';

export const snapshotGap = repairedPair(
  {
    name: 'snapshot-gap',
    title: 'A snapshot every fifth signal, and none at the end',
    shows: 'What a symbol earns after its last snapshot never reaches the total.',
    input: {
      symbols: THREE_SYMBOLS.map((symbol) => ({ ...symbol, signals: 49 })),
      aggregator: { kind: 'snapshot', every: 5, finalFlush: false },
      risk: REFERENCE_RISK,
      acceptance: { reason: MONEY_REASON },
    },
  },
  ['pnl.total'],
  {
    shows: 'A last snapshot when a symbol is done.',
    part: 'aggregator',
    value: { kind: 'snapshot', every: 5, finalFlush: true },
  },
);
