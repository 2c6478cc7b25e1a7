/** Limits that nobody asks. */
import { RELAXED_SPEED, THREE_SYMBOLS } from './common.ts';
import { repairedPair } from './entry.ts';

export const exposureIgnored = repairedPair(
  {
    name: 'exposure-ignored',
    title: 'Limits that nobody asks',
    shows: 'The limits are configured, and no order is ever held against them.',
    input: {
      symbols: THREE_SYMBOLS,
      risk: { exposureLimit: 'ignored', exposureSymbolBpMax: 400, breaker: { losses: 1_000 } },
      acceptance: { reason: 'Exposure a symbol stays below 4 %.', ...RELAXED_SPEED },
    },
  },
  ['risk.exposure'],
  {
    shows: 'Each opening order is held against the limits before it is sent.',
    part: 'risk',
    value: { exposureSymbolBpMax: 400, breaker: { losses: 1_000 } },
  },
);
