/** A time-out and a release that cross. */
import { RACE_INPUT } from './common.ts';
import { racingPair } from './entry.ts';

export const timeOutRace = racingPair(
  {
    name: 'time-out-race',
    title: 'A waiter that leaves as its turn comes',
    shows:
      'A waiter that times out stays in the queue as a ghost: the release that meets it is spent on ' +
      'nobody, and whoever stands behind it waits for ever.',
    input: {
      ...RACE_INPUT,
      lock: { name: 'timeout-loses-wakeup', timeoutUs: 50_000 },
    },
  },
  ['lock.lost-wakeup'],
  {
    shows: 'Who gives up leaves the queue, and the release goes to the next one.',
    part: 'lock',
    value: { name: 'fifo', timeoutUs: 50_000 },
  },
);
