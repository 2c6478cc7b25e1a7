/** A wake-up that comes while the waiter falls asleep. */
import { RACE_INPUT } from './common.ts';
import { racingPair } from './entry.ts';

export const wakeUpRace = racingPair(
  {
    name: 'wake-up-race',
    title: 'A wake-up that comes before its waiter sleeps',
    shows:
      'A waiter needs a moment from joining the queue to listening; a release in that moment wakes ' +
      'nobody, and the lock stays free beside a queue.',
    input: { ...RACE_INPUT, seed: 1, lock: { name: 'lost-wakeup' } },
  },
  ['lock.lost-wakeup'],
  {
    shows: 'Each release lets the next waiter in, within the same step.',
    part: 'lock',
    value: { name: 'fifo' },
  },
);
