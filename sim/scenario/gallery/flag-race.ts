/** A flag that is read and then set, by symbols that hardly ever meet. */
import { RACE_INPUT } from './common.ts';
import { racingPair } from './entry.ts';

export const flagRace = racingPair(
  {
    name: 'flag-race',
    title: 'A flag that is read and then set, and two that never met',
    shows:
      'Two symbols far apart never read the flag in the same half millisecond, so every test passes; ' +
      'a schedule that brings them together lets both in.',
    input: { ...RACE_INPUT, lock: { name: 'check-then-act' } },
  },
  ['lock.exclusion', 'socket.alternation'],
  {
    shows: 'Reading and setting in one step leaves no schedule in which two are let in.',
    part: 'lock',
    value: { name: 'fifo' },
  },
);
