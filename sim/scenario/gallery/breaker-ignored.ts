/** A breaker that nobody listens to. */
import { RELAXED_SPEED, THREE_SYMBOLS } from './common.ts';
import { repairedPair } from './entry.ts';

export const breakerIgnored = repairedPair(
  {
    name: 'breaker-ignored',
    title: 'A breaker that nobody listens to',
    shows: 'Three losses in a row, and the engine goes on opening positions.',
    input: {
      symbols: THREE_SYMBOLS,
      risk: { breaker: { rule: 'ignored', losses: 3 } },
      acceptance: {
        reason: 'The breaker may trip here, and must then hold.',
        ...RELAXED_SPEED,
        breakerTripsMax: 100,
      },
    },
  },
  ['risk.breaker'],
  {
    shows: 'An open breaker lets no opening order through until it has cooled down.',
    part: 'risk',
    value: { breaker: { losses: 3 } },
  },
);
