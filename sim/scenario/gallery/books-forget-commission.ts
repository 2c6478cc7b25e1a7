/** A gateway whose books forget the commission. */
import { RELAXED_SPEED, THREE_SYMBOLS } from './common.ts';
import { repairedPair } from './entry.ts';

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
