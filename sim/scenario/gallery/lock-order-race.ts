/** Two locks in two orders, by symbols that hardly ever meet. */
import { RACE_INPUT } from './common.ts';
import { racingPair } from './entry.ts';

export const lockOrderRace = racingPair(
  {
    name: 'lock-order-race',
    title: 'Two locks in two orders, and no deadlock so far',
    shows:
      'One symbol takes the socket’s lock first, the other the aggregator’s: nothing happens until ' +
      'both have taken their first before either takes its second.',
    input: {
      ...RACE_INPUT,
      seed: 26,
      engine: { lockOrder: 'crossed' },
      aggregator: { lock: 'fifo' },
    },
  },
  ['lock.deadlock'],
  {
    shows: 'Everybody takes the socket’s lock first and the aggregator’s inside it.',
    part: 'engine',
    value: { lockOrder: 'nested' },
  },
);
