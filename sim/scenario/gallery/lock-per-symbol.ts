/** A lock each, although the socket is shared. */
import { REFERENCE_RISK, RELAXED_SPEED, SOCKET_REASON, THREE_SYMBOLS } from './common.ts';
import { repairedPair } from './entry.ts';

export const lockPerSymbol = repairedPair(
  {
    name: 'lock-per-symbol',
    title: 'One lock a symbol on a shared socket',
    shows:
      'Every symbol holds a lock of its own and none waits for another, although all of them use the ' +
      'same socket.',
    input: {
      symbols: THREE_SYMBOLS,
      lock: { name: 'per-symbol' },
      risk: REFERENCE_RISK,
      acceptance: { reason: SOCKET_REASON, ...RELAXED_SPEED },
    },
  },
  ['lock.exclusion', 'socket.alternation'],
  {
    shows: 'One lock for the one socket.',
    part: 'lock',
    value: { name: 'fifo' },
  },
);
