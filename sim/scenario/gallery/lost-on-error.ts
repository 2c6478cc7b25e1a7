/** A lock that is only given back after a success. */
import { FAIRNESS_REASON, REFERENCE_RISK, RELAXED_SPEED, THREE_SYMBOLS } from './common.ts';
import { repairedPair } from './entry.ts';

export const lostOnError = repairedPair(
  {
    name: 'lost-on-error',
    title: 'A lock that is lost when the exchange fails',
    shows:
      'The release stands after the exchange instead of in `finally`: the first time-out keeps the lock ' +
      'for ever and everybody else waits.',
    input: {
      symbols: THREE_SYMBOLS,
      engine: { release: 'on-success' },
      socket: { receiveTimeoutUs: 20_000, attempts: 1 },
      endpoint: { faults: { dropReplyPerMillion: 20_000 } },
      risk: { ...REFERENCE_RISK, guardian: { errors: 1_000, spikes: 1_000 } },
      acceptance: { reason: FAIRNESS_REASON, ...RELAXED_SPEED },
    },
  },
  ['lock.pairing', 'lock.starvation'],
  {
    shows: 'The lock is given back whatever happened inside.',
    part: 'engine',
    value: { release: 'always' },
  },
);
