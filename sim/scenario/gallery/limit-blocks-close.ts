/** Exposure limits that count a closing order as more exposure. */
import { RELAXED_SPEED, WALKING_SYMBOLS } from './common.ts';
import { repairedPair } from './entry.ts';

export const limitBlocksClose = repairedPair(
  {
    name: 'limit-blocks-close',
    title: 'A limit that refuses to reduce',
    shows:
      'At the exposure limit, the rule refuses the very orders that would bring the exposure down.',
    input: {
      symbols: WALKING_SYMBOLS.map((symbol) => ({
        ...symbol,
        market: { kind: 'random-walk' as const, exposureBp: [1_000, 1_000] as const },
      })),
      risk: { reducing: 'limited', exposureSymbolBpMax: 1_000, breaker: { losses: 1_000 } },
      acceptance: { reason: 'Closing must be possible at any limit.', ...RELAXED_SPEED },
    },
  },
  ['risk.close-allowed'],
  {
    shows: 'Orders that reduce a position pass every rule.',
    part: 'risk',
    value: { reducing: 'always', exposureSymbolBpMax: 1_000, breaker: { losses: 1_000 } },
  },
);
