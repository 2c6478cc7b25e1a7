/** A waiter that gives up and passes on a turn that was not its own. */
import { RACE_INPUT, RACE_THREE } from './common.ts';
import { racingPair } from './entry.ts';

export const withdrawalRace = racingPair(
  {
    name: 'withdrawal-race',
    title: 'A waiter that gives up and lets the next one in',
    shows:
      'Three symbols, one of them in two minds: when it stops waiting the next in line is let in, ' +
      'although somebody holds. Without a time-out nothing is wrong.',
    input: {
      ...RACE_INPUT,
      symbols: RACE_THREE,
      lock: { name: 'grants-two-after-cancel', timeoutUs: 50_000 },
    },
  },
  ['lock.exclusion', 'socket.alternation'],
  {
    shows: 'Who gives up leaves the queue and changes nothing for the others.',
    part: 'lock',
    value: { name: 'fifo', timeoutUs: 50_000 },
  },
);
