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

/** Risk rules that let a client meet many time-outs. */
export const CALM_RISK = { ...REFERENCE_RISK, guardian: { errors: 100_000, spikes: 100_000 } };

/** Why scenarios about the socket have their thresholds. */
export const SOCKET_REASON =
  'Speed is not asked: what matters is whether two symbols ever use the one socket at the same time.';

/** Why scenarios about money have their thresholds. */
export const MONEY_REASON =
  'The ledger and the aggregator must be equal; the reference allowed 0.001 and was off by 207.93.';

/** Why scenarios about who gets the lock have their thresholds. */
export const FAIRNESS_REASON =
  'Speed is not asked: what matters is whether everybody gets the lock in the end.';

/** Symbols with positions that last, on prices that move. */
export const WALKING_SYMBOLS = THREE_SYMBOLS.map((symbol) => ({
  ...symbol,
  signals: 100,
  market: { kind: 'random-walk' as const },
}));

/**
 * What the races share: two symbols of two signals, so that every schedule can be tried, and a
 * client whose patience never ends.
 */
export const RACE_INPUT = {
  symbols: [
    { name: 'BTCUSD.s', signals: 2 },
    { name: 'ETHUSD.s', signals: 2 },
  ],
  socket: { sendTimeoutUs: 0, receiveTimeoutUs: 0 },
  risk: REFERENCE_RISK,
  acceptance: {
    reason: 'Speed is not asked: what matters is whether every order of events ends well.',
    symbolsMin: 2,
    tradesPerSecondMin: 0,
  },
} satisfies ScenarioInput;

/** A third of them, for races that take somebody who waits behind somebody who waits. */
export const RACE_THREE = [...RACE_INPUT.symbols, { name: 'XAUUSD.s', signals: 2 }];

/**
 * What the pump scenarios share: one symbol, one request at a time, 1,200 signals so that a P99
 * means something, and no rule or time-out that could get in the way.
 */
export const PUMP_INPUT = {
  symbols: [{ name: 'BTCUSD.s', signals: 1_200 }],
  socket: { receiveTimeoutUs: 30_000_000 },
  risk: {
    breaker: { losses: 1_000 },
    guardian: { errors: 100_000, spikes: 100_000 },
    ...NO_EXPOSURE_LIMIT,
    drawdown: { equityCents: 1e12 },
  },
  acceptance: {
    reason:
      'One symbol, one order at a time; a gateway without a pump answers in 3 ms, so 100 ms is generous.',
    symbolsMin: 1,
    intervalUsMax: 60_000_000,
    tradesPerSecondMin: 0,
  },
} satisfies ScenarioInput;
