/** A lock that takes itself back while its holder is still inside. */
import { REFERENCE_RISK, RELAXED_SPEED, SOCKET_REASON, THREE_SYMBOLS } from './common.ts';
import { repairedPair } from './entry.ts';

export const leaseExpires = repairedPair(
  {
    name: 'lease-expires',
    title: 'A lease that runs out inside the critical section',
    shows:
      'The lock takes a hold back after 2 ms, but the exchange takes up to 3: the next symbol is let in ' +
      'while the first still waits for its reply.',
    input: {
      symbols: THREE_SYMBOLS,
      lock: { name: 'lease-expires', leaseUs: 2_000 },
      risk: REFERENCE_RISK,
      acceptance: { reason: SOCKET_REASON, ...RELAXED_SPEED },
    },
  },
  ['lock.exclusion', 'socket.alternation'],
  {
    shows: 'A lease longer than any exchange.',
    part: 'lock',
    value: { name: 'lease-expires', leaseUs: 10_000_000 },
  },
);
