/** A release that wakes nobody. */
import { FAIRNESS_REASON, REFERENCE_RISK, RELAXED_SPEED, THREE_SYMBOLS } from './common.ts';
import { repairedPair } from './entry.ts';

export const lostWakeup = repairedPair(
  {
    name: 'lost-wakeup',
    title: 'A release that wakes nobody',
    shows: 'The lock is free and somebody waits for it, for ever: a wake-up was lost.',
    input: {
      symbols: THREE_SYMBOLS,
      lock: { name: 'lost-wakeup' },
      risk: REFERENCE_RISK,
      acceptance: { reason: FAIRNESS_REASON, ...RELAXED_SPEED, symbolsMin: 1 },
    },
  },
  ['lock.lost-wakeup'],
  {
    shows: 'Each release lets the next waiter in, within the same step.',
    part: 'lock',
    value: { name: 'fifo' },
  },
);
