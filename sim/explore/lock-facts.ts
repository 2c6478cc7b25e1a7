/**
 * The public facts of a lock's use by clients that do nothing else: what concerns trading is out of
 * reach, and durations are not judged, because explored time is causal.
 */
import type { Facts, FairnessPromise } from '../check/contract.ts';

/** `names`: the clients, who are tasks and symbols at once. */
export function lockFacts(names: readonly string[], fairness: FairnessPromise): Facts {
  return {
    symbolNames: names,
    taskNames: names,
    fairness,
    thresholds: {
      symbolsMin: 0,
      intervalUsMax: Infinity,
      tradesPerSecondMin: 0,
      latencyUsMax: Infinity,
      breakerTripsMax: 0,
      toleranceCents: 0,
      starvationUs: Infinity,
      recoveryUs: Infinity,
    },
    risk: {
      exposureTotalBpMax: 0,
      exposureSymbolBpMax: 0,
      breakerLosses: 0,
      breakerLossCents: 0,
      halfOpenTrades: 0,
    },
    printed: false,
    place: 'event',
    durations: false,
    relaxed: false,
  };
}
