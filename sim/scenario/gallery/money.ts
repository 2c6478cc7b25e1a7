import { REFERENCE_RISK, RELAXED_SPEED, THREE_SYMBOLS } from './common.ts';
import { repairedPair } from './entry.ts';

const REASON =
  'The ledger and the aggregator must be equal; the reference allowed 0.001 and was off by 207.93.';

/** The reference's gap: a snapshot every fifth signal and none at the end. */
export const snapshotGap = repairedPair(
  {
    name: 'snapshot-gap',
    title: 'A snapshot every fifth signal, and none at the end',
    shows: 'What a symbol earns after its last snapshot never reaches the total.',
    input: {
      symbols: THREE_SYMBOLS.map((symbol) => ({ ...symbol, signals: 49 })),
      aggregator: { kind: 'snapshot', every: 5, finalFlush: false },
      risk: REFERENCE_RISK,
      acceptance: { reason: REASON },
    },
  },
  ['pnl.total'],
  {
    shows: 'A last snapshot when a symbol is done.',
    part: 'aggregator',
    value: { kind: 'snapshot', every: 5, finalFlush: true },
  },
);

/** Binary floats for money. */
export const floatDrift = repairedPair(
  {
    name: 'float-drift',
    title: 'Money in binary floats',
    shows: 'The aggregator adds dollars as floats: close to the ledger, and never equal.',
    input: {
      symbols: THREE_SYMBOLS,
      aggregator: { arithmetic: 'float' },
      risk: REFERENCE_RISK,
      acceptance: { reason: REASON },
    },
  },
  ['pnl.total'],
  {
    shows: 'The same additions in whole cents.',
    part: 'aggregator',
    value: { arithmetic: 'decimal' },
  },
);

/** Read, suspend, write: an update that overwrites another. */
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
      acceptance: { reason: REASON },
    },
  },
  ['pnl.total'],
  {
    shows: 'The aggregator’s own lock around reading and writing.',
    part: 'aggregator',
    value: { update: 'split', suspendUs: 3_000, lock: 'fifo' },
  },
);

/** One symbol's fill changes another's figure. */
export const sharedSlot = repairedPair(
  {
    name: 'shared-slot',
    title: 'One symbol’s fill changes another’s figure',
    shows: 'The total may still be right, but the figures of the symbols are not their own.',
    input: {
      symbols: THREE_SYMBOLS,
      aggregator: { isolation: 'shared-slot' },
      risk: REFERENCE_RISK,
      acceptance: { reason: REASON },
    },
  },
  ['metrics.isolation'],
  {
    shows: 'Each symbol writes its own figure only.',
    part: 'aggregator',
    value: { isolation: 'symbol' },
  },
);

/** A gateway whose books forget the commission. */
export const booksForgetCommission = repairedPair(
  {
    name: 'books-forget-commission',
    title: 'Books that forget the commission',
    shows:
      'The gateway charges a commission with each execution but leaves it out of its own balance.',
    input: {
      symbols: THREE_SYMBOLS.map((symbol) => ({
        ...symbol,
        market: { kind: 'random-walk' as const },
      })),
      endpoint: { books: 'no-commission' },
      risk: { breaker: { losses: 1_000 } },
      acceptance: { reason: 'The gateway’s books and the ledger must be equal.', ...RELAXED_SPEED },
    },
  },
  ['pnl.ledger'],
  {
    shows: 'Books that hold all that was charged.',
    part: 'endpoint',
    value: { books: 'exact' },
  },
);
