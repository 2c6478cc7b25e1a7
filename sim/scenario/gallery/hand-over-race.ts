/** A lock that is free between its release and its next holder's waking. */
import { RACE_INPUT, RACE_THREE } from './common.ts';
import { racingPair } from './entry.ts';

export const handOverRace = racingPair(
  {
    name: 'hand-over-race',
    title: 'A hand-over that leaves the door open',
    shows:
      'Between a release and the waking of the first waiter the lock is free; whoever asks just then ' +
      'walks in first, although order of arrival was promised.',
    input: {
      ...RACE_INPUT,
      seed: 9,
      symbols: RACE_THREE,
      lock: { name: 'barging-claims-fifo' },
    },
  },
  ['lock.fifo', 'lock.bypass'],
  {
    shows: 'The lock goes from hand to hand and is never free while somebody waits.',
    part: 'lock',
    value: { name: 'fifo' },
  },
);
