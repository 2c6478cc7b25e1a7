/**
 * The scenario of a live run: what was named, with what the command line says otherwise.
 *
 * Invariant: the thresholds stay those of the scenario; where they cannot apply (no orders, fewer
 * symbols) they are lowered and the change is told.
 */
import { parseScenario, type Scenario, US_PER_S } from '../../sim/index.ts';
import { type Outcome, refuse } from '../shell/outcome.ts';
import { hazardsOf } from './hazards.ts';

export interface Wishes {
  readonly symbols: readonly string[] | undefined;
  readonly seconds: number | undefined;
  readonly lock: string | undefined;
  readonly seed: number | undefined;
  /** Whether another's gateway stands at the other end. */
  readonly foreign: boolean;
  readonly allowTrade: boolean;
  /** Milliseconds since 1970: when the run begins. */
  readonly nowMs: number;
}

export interface LiveScenario {
  readonly scenario: Scenario;
  /** Whether orders are sent. */
  readonly trades: boolean;
  /** Why none are, if none are. */
  readonly why: readonly string[];
  /** What was changed and has to be told. */
  readonly notes: readonly string[];
}

/** How much longer than asked for a run may take before it is cut short. */
const GRACE_US = 60 * US_PER_S;
const NEVER_TRADES = 1_000_000;

/** Makes it, or says what does not fit. */
export function liveScenario(named: Scenario, wishes: Wishes): Outcome<LiveScenario> {
  const { lock, seed, nowMs } = wishes;
  const base: Scenario = {
    ...named,
    ...(seed === undefined ? {} : { seed }),
    epochMs: nowMs,
    // What speaks is zeromq.js, whatever the scenario simulates.
    socket: { ...named.socket, profile: 'zeromq.js' },
  };
  const chosen = parsed({
    ...base,
    ...(lock === undefined ? {} : { lock: { ...base.lock, name: lock } }),
  });
  if (chosen.kind === 'error') return chosen;
  const why = refusals(chosen.value, wishes);
  const trades = why.length === 0;
  const { symbols, notes } = symbolsOf(chosen.value, wishes, trades);
  const { seconds } = wishes;
  const limitUs = seconds === undefined ? base.timeLimitUs : seconds * US_PER_S + GRACE_US;
  const lowered = acceptanceOf(chosen.value, symbols.length, trades);
  const scenario = parsed({
    ...chosen.value,
    symbols,
    acceptance: lowered.acceptance,
    timeLimitUs: Math.min(base.timeLimitUs, limitUs),
  });
  if (scenario.kind === 'error') return scenario;
  const value = { scenario: scenario.value, trades, why, notes: [...notes, ...lowered.notes] };
  return { kind: 'ok', value };
}

function refusals(scenario: Scenario, { foreign, allowTrade }: Wishes): string[] {
  if (!foreign) return [];
  if (!allowTrade) return ['orders need --allow-trade'];
  return hazardsOf(scenario);
}

function symbolsOf(
  scenario: Scenario,
  { symbols: names, seconds }: Wishes,
  trades: boolean,
): { readonly symbols: Scenario['symbols']; readonly notes: readonly string[] } {
  const [first] = scenario.symbols;
  const unknown = (names ?? []).filter(
    (name) => !scenario.symbols.some((one) => one.name === name),
  );
  const specs =
    names === undefined || first === undefined
      ? scenario.symbols
      : names.map((name) => ({
          ...(scenario.symbols.find((one) => one.name === name) ?? first),
          name,
        }));
  const notes =
    unknown.length === 0 || first === undefined
      ? []
      : [`${unknown.join(', ')}: not of the scenario, with the settings of ${first.name}.`];
  const symbols = specs.map((spec) => ({
    ...spec,
    ...(seconds === undefined ? {} : { durationUs: seconds * US_PER_S }),
    market: trades ? spec.market : { ...spec.market, skipPerMillion: NEVER_TRADES },
  }));
  return { symbols, notes };
}

function acceptanceOf(
  { acceptance }: Scenario,
  symbolCount: number,
  trades: boolean,
): { readonly acceptance: Scenario['acceptance']; readonly notes: readonly string[] } {
  const notes: string[] = [];
  const symbolsMin = Math.min(acceptance.symbolsMin, symbolCount);
  if (symbolsMin < acceptance.symbolsMin) {
    notes.push(`A1 asks for ${symbolsMin} at once, because there are no more.`);
  }
  if (!trades && acceptance.tradesPerSecondMin > 0) {
    notes.push('A4 asks for nothing, because no orders are sent.');
  }
  const tradesPerSecondMin = trades ? acceptance.tradesPerSecondMin : 0;
  return { acceptance: { ...acceptance, symbolsMin, tradesPerSecondMin }, notes };
}

function parsed(input: object): Outcome<Scenario> {
  const result = parseScenario(input);
  if (result.kind === 'ok') return result;
  return refuse(result.error.code, result.error.message);
}
