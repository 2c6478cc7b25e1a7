/** Parts that several gallery scenarios share. */
import type { ScenarioInput } from '../schema.ts';

/** The reference's three symbols: 50 signals each, 10 to 20 ms apart. */
export const THREE_SYMBOLS: ScenarioInput['symbols'] = [
  { name: 'BTCUSD.s' },
  { name: 'ETHUSD.s' },
  { name: 'XAUUSD.s' },
];

/** The reference's breaker trips after ten losses in a row, so that a fair run rarely meets it. */
export const REFERENCE_RISK = { breaker: { losses: 10 } } as const;

/** For scenarios about something else than speed: throughput and latency are not what they ask. */
export const RELAXED_SPEED = { tradesPerSecondMin: 0, latencyUsMax: 60_000_000 } as const;

/** For runs so long that round trips add up to any limit. */
export const NO_EXPOSURE_LIMIT = {
  exposureTotalBpMax: 1_000_000_000,
  exposureSymbolBpMax: 1_000_000_000,
} as const;
