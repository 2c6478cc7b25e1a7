/** A release too many, on a lock that counts. */
import { REFERENCE_RISK, RELAXED_SPEED, SOCKET_REASON, THREE_SYMBOLS } from './common.ts';
import { repairedPair } from './entry.ts';

export const doubleRelease = repairedPair(
  {
    name: 'double-release',
    title: 'A second release that admits a second holder',
    shows:
      'Each symbol releases twice, once in `finally` and once after it: a counting lock then admits two.',
    input: {
      symbols: THREE_SYMBOLS,
      lock: { name: 'double-release' },
      engine: { release: 'twice' },
      risk: REFERENCE_RISK,
      acceptance: { reason: SOCKET_REASON, ...RELAXED_SPEED },
    },
  },
  ['lock.pairing', 'lock.exclusion', 'socket.alternation'],
  {
    shows: 'Each hold is given back once.',
    part: 'engine',
    value: { release: 'always' },
  },
);
