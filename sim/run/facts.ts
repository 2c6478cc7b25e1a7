/** What a scenario promises and asks, in the words in which the checks read it. */
import type { Facts } from '../check/contract.ts';
import type { LockImplementation } from '../locks/contract.ts';
import { LOCKS } from '../locks/index.ts';
import type { Scenario } from '../scenario/schema.ts';

/** The public facts of a run of `scenario`; `taskNames` may still grow. */
export function factsOf(
  scenario: Scenario,
  taskNames: readonly string[],
  lock: LockImplementation = LOCKS[scenario.lock.name],
): Facts {
  const { acceptance, risk, socket } = scenario;
  return {
    symbolNames: scenario.symbols.map((symbol) => symbol.name),
    taskNames,
    fairness: lock.fairness,
    thresholds: acceptance,
    risk: {
      exposureTotalBpMax: risk.exposureTotalBpMax,
      exposureSymbolBpMax: risk.exposureSymbolBpMax,
      breakerLosses: risk.breaker.losses,
      breakerLossCents: risk.breaker.lossCents,
      halfOpenTrades: risk.breaker.halfOpenTrades,
    },
    printed: false,
    place: 'event',
    durations: true,
    relaxed: socket.relaxed,
  };
}
