import { DAY_US } from '../schema.ts';
import { NO_EXPOSURE_LIMIT, REFERENCE_RISK, RELAXED_SPEED, THREE_SYMBOLS } from './common.ts';
import { sound } from './entry.ts';

/** Twenty symbols on one socket, as fast as the gateway serves. */
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

/** The gateway dies while it executes an order. */
export const gatewayRestartMidOrder = sound({
  name: 'gateway-restart-mid-order',
  title: 'The gateway restarts in the middle of an order',
  shows:
    'A reply never comes. The engine asks instead of sending again, and the order is found: executed ' +
    'once, booked once.',
  input: {
    symbols: THREE_SYMBOLS,
    socket: { receiveTimeoutUs: 50_000, attempts: 5 },
    endpoint: {
      serviceUs: [2_000, 4_000],
      faults: {
        crashes: [
          { atUs: 100_000, forUs: 40_000 },
          { atUs: 400_000, forUs: 40_000 },
        ],
      },
    },
    risk: { ...REFERENCE_RISK, guardian: { errors: 1_000, spikes: 1_000 } },
    acceptance: {
      reason:
        'Two outages of 40 ms each with time-outs of 50 ms may hold a signal up for half a second.',
      tradesPerSecondMin: 0,
      latencyUsMax: 500_000,
      intervalUsMax: 1_000_000,
    },
  },
});

/** A whole day of ticks. */
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
