/** Two locks taken in two orders. */
import { FAIRNESS_REASON, REFERENCE_RISK, RELAXED_SPEED, THREE_SYMBOLS } from './common.ts';
import { repairedPair } from './entry.ts';

export const crossedLocks = repairedPair(
  {
    name: 'crossed-locks',
    title: 'Two locks, taken in two orders',
    shows:
      'Some symbols take the socket’s lock and then the aggregator’s, others the other way round, until ' +
      'each waits for the other.',
    input: {
      symbols: THREE_SYMBOLS,
      engine: { lockOrder: 'crossed' },
      aggregator: { lock: 'fifo', update: 'split' },
      risk: REFERENCE_RISK,
      acceptance: { reason: FAIRNESS_REASON, ...RELAXED_SPEED },
    },
  },
  ['lock.deadlock'],
  {
    shows: 'Everybody takes the socket’s lock first and the aggregator’s inside it.',
    part: 'engine',
    value: { lockOrder: 'nested' },
  },
);
