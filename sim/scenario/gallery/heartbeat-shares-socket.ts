/** A heartbeat beside the engine, on the engine's own socket. */
import { REFERENCE_RISK, RELAXED_SPEED, SOCKET_REASON, THREE_SYMBOLS } from './common.ts';
import { repairedPair } from './entry.ts';

export const heartbeatSharesSocket = repairedPair(
  {
    name: 'heartbeat-shares-socket',
    title: 'A heartbeat on the engine’s socket',
    shows:
      'The heartbeat pings through the same REQ socket without taking the lock: EFSM for both.',
    input: {
      symbols: THREE_SYMBOLS,
      engine: { heartbeatUs: 5_000, heartbeatLock: 'none' },
      risk: REFERENCE_RISK,
      acceptance: { reason: SOCKET_REASON, ...RELAXED_SPEED },
    },
  },
  ['lock.exclusion', 'socket.alternation'],
  {
    shows: 'The heartbeat takes the same lock as everybody else.',
    part: 'engine',
    value: { heartbeatUs: 5_000, heartbeatLock: 'shared' },
  },
);
