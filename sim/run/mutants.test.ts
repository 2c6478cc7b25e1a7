/**
 * The mutant corpus: every deliberately faulty part in the whole engine, judged by every check.
 *
 * The faulty locks stand beside the locks (zoo.test.ts); together the corpus has more than 30
 * parts.
 */
import { describe, expect, it } from 'vitest';
import { LOCKS } from '../locks/index.ts';
import { parseScenario } from '../scenario/codec/parse.ts';
import type { Scenario } from '../scenario/schema.ts';
import { FAULTY_PARTS, type Sections } from '../trading/faulty.ts';
import { FAULTY_CLIENTS, FAULTY_SOCKETS } from '../zmq/faulty.ts';
import { ZOO } from '../locks/zoo.ts';
import type { Parts } from './parts.ts';
import { runScenario } from './run.ts';

const SYMBOLS = ['BTCUSD.s', 'ETHUSD.s', 'XAUUSD.s'];

/** Speed is not what most faulty parts break; those that do are judged by these figures. */
const ACCEPTANCE = { breakerTripsMax: 1_000, tradesPerSecondMin: 0, intervalUsMax: 10_000_000 };

function scenarioOf(...layers: readonly Sections[]): Scenario {
  const merged: Record<string, unknown> = {};
  for (const layer of layers) merge(merged, layer);
  const { symbol, ...sections } = merged as { symbol?: object };
  const parsed = parseScenario({
    symbols: SYMBOLS.map((name) => ({ name, ...symbol })),
    acceptance: ACCEPTANCE,
    ...sections,
  });
  if (parsed.kind === 'error') throw new Error(parsed.error.message);
  return parsed.value;
}

function merge(into: Record<string, unknown>, layer: object): void {
  for (const [key, value] of Object.entries(layer)) {
    const nested = value !== null && typeof value === 'object' && !Array.isArray(value);
    if (nested) merge((into[key] ??= {}) as Record<string, unknown>, value as object);
    else into[key] = value;
  }
}

function violated(scenario: Scenario, parts: Parts = {}): string[] {
  const { checks } = runScenario(scenario, { keepTrace: false, parts });
  return checks.filter((check) => check.verdict === 'violated').map((check) => check.id);
}

describe('every faulty aggregator, gateway and risk rule', () => {
  it.each(FAULTY_PARTS.map((part) => [part.name, part] as const))(
    '%s is caught by the check that names it, which its occasion alone does not alarm',
    (_, { caughtBy, occasion, fault }) => {
      expect(violated(scenarioOf(occasion))).not.toContain(caughtBy);
      expect(violated(scenarioOf(occasion, fault))).toContain(caughtBy);
    },
  );
});

/** A network in which a request or its reply now and then gets lost, and patience for 20 ms. */
const LOSSY: Sections = {
  symbol: { signals: 100 },
  socket: { receiveTimeoutUs: 20_000, attempts: 3 },
  risk: { guardian: { spikes: 1_000_000, errors: 1_000_000 }, breaker: { losses: 1_000_000 } },
};
const FAULTS = { dropReplyPerMillion: 30_000 };

const LOSSLESS = { dropReplyPerMillion: 0 };

/** Where nothing gets lost, three symbols are answered within 15 ms. */
function network(faults: typeof FAULTS, latencyUsMax: number): Scenario {
  const scenario = scenarioOf(LOSSY);
  return {
    ...scenario,
    acceptance: { ...scenario.acceptance, latencyUsMax, recoveryUs: 100_000 },
    endpoint: { ...scenario.endpoint, faults: { ...scenario.endpoint.faults, ...faults } },
  };
}

describe('every faulty socket', () => {
  it.each(FAULTY_SOCKETS.map((part) => [part.name, part] as const))(
    '%s is caught by the check that names it, in the place of a socket that is not',
    (_, { caughtBy, create }) => {
      const scenario =
        caughtBy === 'run.latency' ? network(LOSSLESS, 15_000) : network(FAULTS, 250_000);
      const lock = caughtBy === 'socket.alternation' ? LOCKS.none : LOCKS.fifo;
      expect(violated(scenario)).toEqual([]);
      expect(violated(scenario, { lock, createSocket: create })).toContain(caughtBy);
    },
  );
});

describe('every faulty client', () => {
  it.each(FAULTY_CLIENTS.map((part) => [part.name, part] as const))(
    '%s is caught by the check that names it, in the place of a client that is not',
    (_, { caughtBy, create }) => {
      const scenario = network(FAULTS, 250_000);
      const careless = { ...scenario, endpoint: { ...scenario.endpoint, dedupe: false } };
      expect(violated(careless)).toEqual([]);
      expect(violated(careless, { createClient: create })).toContain(caughtBy);
    },
  );
});

describe('the corpus', () => {
  it('has at least 30 faulty parts', () => {
    const locks = ZOO.filter((lock) => lock.faulty).length;
    const others = FAULTY_PARTS.length + FAULTY_SOCKETS.length + FAULTY_CLIENTS.length;
    expect(locks + others).toBeGreaterThanOrEqual(30);
  });
});
