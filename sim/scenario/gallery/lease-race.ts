/** A lease that is long enough, as far as anybody has measured. */
import { RACE_INPUT } from './common.ts';
import { racingPair } from './entry.ts';

export const leaseRace = racingPair(
  {
    name: 'lease-race',
    title: 'A lease thirty times as long as the work',
    shows:
      'The lease is 100 ms, the critical section 3 ms, and the lock excludes until a holder is slow ' +
      'once: how long a lease is can only make the race rare.',
    input: { ...RACE_INPUT, lock: { name: 'lease-expires', leaseUs: 100_000 } },
  },
  ['lock.exclusion', 'socket.alternation'],
  {
    shows: 'Without a lease a hold ends when its holder gives it back.',
    part: 'lock',
    value: { name: 'lease-expires', leaseUs: 0 },
  },
);
