/** An open breaker that keeps a position open. */
import { RELAXED_SPEED, WALKING_SYMBOLS } from './common.ts';
import { repairedPair } from './entry.ts';

export const breakerBlocksClose = repairedPair(
  {
    name: 'breaker-blocks-close',
    title: 'A breaker that keeps positions open',
    shows:
      'The breaker trips while positions are open, and then refuses the orders that would close them.',
    input: {
      symbols: WALKING_SYMBOLS,
      risk: { reducing: 'limited', breaker: { losses: 3, cooldownUs: 500_000 } },
      acceptance: {
        reason: 'The breaker is meant to trip here; closing must be possible all the same.',
        ...RELAXED_SPEED,
        breakerTripsMax: 100,
      },
    },
  },
  ['risk.close-allowed'],
  {
    shows: 'Orders that reduce a position pass every rule.',
    part: 'risk',
    value: { reducing: 'always', breaker: { losses: 3, cooldownUs: 500_000 } },
  },
);
