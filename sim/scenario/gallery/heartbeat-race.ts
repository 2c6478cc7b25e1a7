/** A heartbeat beside the lock that has not met an order yet. */
import { RACE_INPUT } from './common.ts';
import { racingPair } from './entry.ts';

export const heartbeatRace = racingPair(
  {
    name: 'heartbeat-race',
    title: 'A heartbeat that has been lucky so far',
    shows:
      'The heartbeat uses the socket without the lock. In this run it never falls into an exchange; ' +
      'in nearly every other order of events it does.',
    input: {
      ...RACE_INPUT,
      engine: { heartbeatUs: 25_000, heartbeatLock: 'none' },
    },
  },
  ['lock.exclusion', 'socket.alternation'],
  {
    shows: 'The heartbeat takes the same lock as everybody else.',
    part: 'engine',
    value: { heartbeatUs: 25_000, heartbeatLock: 'shared' },
  },
);
