/**
 * The dependency on whole scenarios: steps that it calls independent may change places, and nobody
 * notices.
 */
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../base/random.ts';
import { LOCK_NAMES, LOCKS } from '../locks/index.ts';
import type { Parts } from '../run/parts.ts';
import { parseScenario } from '../scenario/codec/parse.ts';
import { GALLERY } from '../scenario/gallery/index.ts';
import type { Scenario } from '../scenario/schema.ts';
import { FAULTY_PARTS } from '../trading/faulty.ts';
import { FAULTY_CLIENTS, FAULTY_SOCKETS } from '../zmq/faulty.ts';
import { Dependency } from './dependency.ts';
import { RandomOracle } from './random.ts';
import { type Bounds, scenarioSubject } from './scenario-subject.ts';
import { reorder } from './testing/reorder.ts';

const BOUNDS: Partial<Bounds> = { deadlinesMax: 2, faultsMax: 2, daemonSleepsMax: 4 };
const ROUNDS = 6;
const SYMBOLS_MAX = 3;
const SIGNALS_MAX = 4;

/** The same with less to do. */
function shortened(scenario: Scenario): Scenario {
  const symbols = scenario.symbols.slice(0, SYMBOLS_MAX).map((symbol) => ({
    ...symbol,
    signals: Math.min(symbol.signals, SIGNALS_MAX),
    durationUs: 0,
  }));
  return { ...scenario, symbols };
}

function scenarioOf(sections: object): Scenario {
  const symbols = ['A', 'B', 'C'].map((name) => ({ name, signals: SIGNALS_MAX }));
  const parsed = parseScenario({ symbols, ...sections });
  if (parsed.kind === 'error') throw new Error(parsed.error.message);
  return parsed.value;
}

/** What went wrong when independent steps changed places, and how often any did. */
function tryOrders(scenario: Scenario, parts: Parts = {}, dependency = new Dependency()) {
  const subject = scenarioSubject(scenario, parts, BOUNDS);
  const faults: string[] = [];
  let moved = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const oracle = new RandomOracle(new RandomStream(round, 'order'));
    const again = reorder(subject, oracle, new RandomStream(round, 'again'), dependency);
    if (again.moved) moved += 1;
    if (again.fault !== undefined) faults.push(`${round}: ${again.fault}`);
    const [first, second] = [again.first, again.second].map(
      ({ verdict, violated, end }) => `${verdict} ${violated.join()} ${end}`,
    );
    if (first !== second) faults.push(`${round}: ${first} became ${second}`);
  }
  return { faults, moved };
}

describe('independent steps', () => {
  it.each(GALLERY.map(({ name, scenario }) => [name, scenario] as const))(
    'of %s change places unnoticed',
    (_, scenario) => {
      const { faults, moved } = tryOrders(shortened(scenario));
      expect(faults).toEqual([]);
      if (scenario.symbols.length > 1) expect(moved).toBeGreaterThan(0);
    },
  );

  it.each(LOCK_NAMES)('around the lock %s change places unnoticed', (name) => {
    const { faults, moved } = tryOrders(
      scenarioOf({ lock: { name, timeoutUs: 3_000, leaseUs: 1_000 } }),
    );
    expect(faults).toEqual([]);
    expect(moved).toBeGreaterThan(0);
  });

  it('around every faulty part change places unnoticed', () => {
    for (const { name, occasion, fault } of FAULTY_PARTS) {
      const { symbol: _, ...sections } = { ...occasion, ...fault };
      expect([name, ...tryOrders(scenarioOf(sections)).faults]).toEqual([name]);
    }
    const faults = { dropReplyPerMillion: 100_000, duplicatePerMillion: 100_000 };
    const lossy = scenarioOf({ endpoint: { faults }, socket: { receiveTimeoutUs: 20_000 } });
    for (const part of FAULTY_SOCKETS) {
      const parts: Parts = { createSocket: (made) => part.create(made) };
      expect([part.name, ...tryOrders(lossy, parts).faults]).toEqual([part.name]);
    }
    for (const part of FAULTY_CLIENTS) {
      const parts: Parts = { createClient: (...made) => part.create(...made) };
      expect([part.name, ...tryOrders(lossy, parts).faults]).toEqual([part.name]);
    }
  });

  it('that are not independent are noticed: the comparison can fail', () => {
    const blind = new Dependency(() => false);
    expect(tryOrders(scenarioOf({}), {}, blind).faults).not.toEqual([]);
    const parts = { lock: LOCKS.escaping };
    expect(tryOrders(scenarioOf({}), parts, blind).faults).not.toEqual([]);
  });
});
