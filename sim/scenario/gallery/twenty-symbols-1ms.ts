/** Twenty symbols on one socket, as fast as the gateway serves. */
import { NO_EXPOSURE_LIMIT } from './common.ts';
import { sound } from './entry.ts';

export const twentySymbols1ms = sound({
  name: 'twenty-symbols-1ms',
  title: 'Twenty symbols, a signal a millisecond each',
  shows: 'Twenty symbols want the socket every millisecond; the queue is long, the order is kept.',
  input: {
    symbols: Array.from({ length: 20 }, (_, i) => ({
      name: `SYM${String(i + 1).padStart(2, '0')}.s`,
      intervalUs: [1_000, 1_000] as const,
      signals: 100,
    })),
    endpoint: { serviceUs: [50, 150] },
    risk: { breaker: { losses: 1_000 }, ...NO_EXPOSURE_LIMIT, drawdown: { equityCents: 1e12 } },
    acceptance: {
      reason: 'A gateway of 0.1 ms serves twenty symbols in 2 ms; 10 ms leaves room.',
      latencyUsMax: 10_000,
      symbolsMin: 20,
    },
  },
});
