/** The last time-out of a retry loop leaves the socket where it cannot send. */
import { CALM_RISK, RELAXED_SPEED, THREE_SYMBOLS } from './common.ts';
import { repairedPair } from './entry.ts';

export const timeoutLeavesEfsm = repairedPair(
  {
    name: 'timeout-leaves-efsm',
    title: 'The last time-out leaves EFSM for ever',
    shows:
      'The retry loop opens a new socket between attempts but not after the last one: from then on every ' +
      'send of every symbol is EFSM.',
    input: {
      symbols: THREE_SYMBOLS,
      socket: { receiveTimeoutUs: 20_000, attempts: 2, reopen: 'not-after-last' },
      endpoint: { faults: { stalls: [{ atUs: 200_000, forUs: 100_000 }] } },
      risk: CALM_RISK,
      acceptance: {
        reason:
          'Speed is not asked: what matters is whether the socket works again after the stall.',
        ...RELAXED_SPEED,
        intervalUsMax: 1_000_000,
        recoveryUs: 300_000,
      },
    },
  },
  ['socket.alternation', 'socket.recovery'],
  {
    shows: 'Lazy Pirate: close and open anew after every time-out, the last one too.',
    part: 'socket',
    value: { receiveTimeoutUs: 20_000, attempts: 2, reopen: 'always' },
  },
);
