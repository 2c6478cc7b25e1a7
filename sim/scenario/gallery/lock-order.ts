import { REFERENCE_RISK, RELAXED_SPEED, THREE_SYMBOLS } from './common.ts';
import { repairedPair } from './entry.ts';

const REASON = 'Speed is not asked: what matters is whether everybody gets the lock in the end.';

/** Two locks taken in two orders. */
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
      acceptance: { reason: REASON, ...RELAXED_SPEED },
    },
  },
  ['lock.deadlock'],
  {
    shows: 'Everybody takes the socket’s lock first and the aggregator’s inside it.',
    part: 'engine',
    value: { lockOrder: 'nested' },
  },
);

/** A release that wakes nobody. */
export const lostWakeup = repairedPair(
  {
    name: 'lost-wakeup',
    title: 'A release that wakes nobody',
    shows: 'The lock is free and somebody waits for it, for ever: a wake-up was lost.',
    input: {
      symbols: THREE_SYMBOLS,
      lock: { name: 'lost-wakeup' },
      risk: REFERENCE_RISK,
      acceptance: { reason: REASON, ...RELAXED_SPEED, symbolsMin: 1 },
    },
  },
  ['lock.lost-wakeup'],
  {
    shows: 'Each release lets the next waiter in, within the same step.',
    part: 'lock',
    value: { name: 'fifo' },
  },
);

/** A newcomer that takes the lock from under the waiters. */
export const bargingLock = repairedPair(
  {
    name: 'barging-lock',
    title: 'A lock that promises order and lets newcomers barge in',
    shows: 'The lock excludes, but it promises first come, first served and does not keep to it.',
    input: {
      symbols: THREE_SYMBOLS.map((symbol) => ({ ...symbol, intervalUs: [1_000, 4_000] as const })),
      lock: { name: 'barging-claims-fifo' },
      risk: REFERENCE_RISK,
      acceptance: { reason: REASON, ...RELAXED_SPEED },
    },
  },
  ['lock.fifo', 'lock.bypass'],
  {
    shows: 'A lock that keeps its promise.',
    part: 'lock',
    value: { name: 'fifo' },
  },
);

/** A lock that is only given back after a success. */
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
      acceptance: { reason: REASON, ...RELAXED_SPEED },
    },
  },
  ['lock.pairing', 'lock.starvation'],
  {
    shows: 'The lock is given back whatever happened inside.',
    part: 'engine',
    value: { release: 'always' },
  },
);
