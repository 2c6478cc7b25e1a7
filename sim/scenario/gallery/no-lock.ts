/** An engine that never takes the lock. */
import { REFERENCE_RISK, RELAXED_SPEED, SOCKET_REASON, THREE_SYMBOLS } from './common.ts';
import { repairedPair } from './entry.ts';

export const noLock = repairedPair(
  {
    name: 'no-lock',
    title: 'No lock at all',
    shows:
      'Three symbols share one REQ socket without a lock: sends meet sends, and the socket says EFSM.',
    input: {
      symbols: THREE_SYMBOLS,
      lock: { name: 'none' },
      risk: REFERENCE_RISK,
      acceptance: { reason: SOCKET_REASON, ...RELAXED_SPEED },
    },
  },
  ['lock.exclusion', 'socket.alternation'],
  {
    shows: 'One first-in-first-out lock around the exchange: the socket keeps its alternation.',
    part: 'lock',
    value: { name: 'fifo' },
  },
);
