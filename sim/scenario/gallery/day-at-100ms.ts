/** A whole day of ticks. */
import { DAY_US } from '../schema.ts';
import { NO_EXPOSURE_LIMIT, RELAXED_SPEED, THREE_SYMBOLS } from './common.ts';
import { sound } from './entry.ts';

export const dayAt100ms = sound({
  name: 'day-at-100ms',
  title: 'A day of 100 ms ticks for three symbols',
  shows:
    'Twenty-four hours of trading in a few seconds, judged to the last event in bounded memory.',
  long: true,
  input: {
    symbols: THREE_SYMBOLS.map((symbol) => ({
      ...symbol,
      intervalUs: [100_000, 100_000] as const,
      durationUs: DAY_US,
    })),
    risk: {
      breaker: { losses: 1_000, lossCents: 1e12 },
      ...NO_EXPOSURE_LIMIT,
      drawdown: { equityCents: 1e14 },
    },
    acceptance: {
      reason:
        'Three signals each 100 ms make about 15 trades a second; exposure adds up over a day.',
      ...RELAXED_SPEED,
      intervalUsMax: 200_000,
    },
  },
});
