/**
 * The deliberately faulty parts as subjects, each with the check that must speak, and with the
 * correct part that it stands in the place of.
 *
 * Faults that only durations show (`run.*`, `lock.capacity`) are out of an exploration's reach and
 * are not here.
 */
import { assert } from '../base/assert.ts';
import type { CheckId } from '../check/contract.ts';
import { EXPLORED } from '../check/sources.ts';
import { LOCKS } from '../locks/index.ts';
import { ZOO } from '../locks/zoo.ts';
import type { Parts } from '../run/parts.ts';
import { parseScenario } from '../scenario/codec/parse.ts';
import type { Scenario } from '../scenario/schema.ts';
import { FAULTY_PARTS, type Sections } from '../trading/faulty.ts';
import { FAULTY_CLIENTS, FAULTY_SOCKETS } from '../zmq/faulty.ts';
import { type LockScope, lockSubject } from './lock-subject.ts';
import { scenarioSubject } from './scenario-subject.ts';
import type { Subject } from './subject.ts';

export interface Mutant {
  readonly name: string;
  readonly subject: Subject;
  /** One of these has to be violated. */
  readonly caughtBy: readonly CheckId[];
  /** The same with a correct part. */
  readonly correct: Subject;
}

const SYMBOLS = ['BTCUSD.s', 'ETHUSD.s', 'XAUUSD.s'];
const SCOPE: LockScope = { clients: 4, rounds: 3, steps: 3 };
const TIMEOUT_US = 3_000;
const LEASE_US = 1_000;

/** A breaker that trips is no fault here. */
const ACCEPTANCE = { breakerTripsMax: 1_000 };

/** A network in which a reply now and then gets lost, and a client with patience for 20 ms. */
const LOSSY: Sections = {
  symbol: { signals: 20 },
  socket: { receiveTimeoutUs: 20_000, attempts: 3 },
  risk: { guardian: { spikes: 1_000_000, errors: 1_000_000 }, breaker: { losses: 1_000_000 } },
};
const FAULTS = { faults: { dropReplyPerMillion: 30_000 }, dedupe: false };

/** Every faulty part that an exploration can find. */
export function mutants(): readonly Mutant[] {
  return [...faultyLocks(), ...faultyParts(), ...faultySockets(), ...faultyClients()];
}

function faultyLocks(): Mutant[] {
  return ZOO.flatMap(({ name, faulty, caughtBy, reveal }) => {
    if (!faulty) return [];
    const scope: LockScope = {
      ...SCOPE,
      ...(reveal.lock?.timeoutUs === undefined ? {} : { timeoutUs: TIMEOUT_US }),
      ...(reveal.lock?.leaseUs === undefined ? {} : { leaseUs: LEASE_US }),
      ...(reveal.engine?.release === undefined ? {} : { releasesTwice: true }),
    };
    return mutant(`lock ${name}`, caughtBy, lockSubject(LOCKS[name], scope), () =>
      lockSubject(LOCKS.fifo, { ...scope, releasesTwice: false }),
    );
  });
}

function faultyParts(): Mutant[] {
  return FAULTY_PARTS.flatMap(({ name, part, caughtBy, occasion, fault }) =>
    mutant(`${part} ${name}`, [caughtBy], scenarioSubject(scenarioOf(occasion, fault)), () =>
      scenarioSubject(scenarioOf(occasion)),
    ),
  );
}

function faultySockets(): Mutant[] {
  return FAULTY_SOCKETS.flatMap(({ name, caughtBy, create }) => {
    const lock = caughtBy === 'socket.alternation' ? LOCKS.none : LOCKS.fifo;
    // How long a socket may take to recover is a duration; what it never does remains.
    const ids = caughtBy === 'socket.recovery' ? [caughtBy, 'order.answered'] : [caughtBy];
    return replaced(`socket ${name}`, ids, { lock, createSocket: create });
  });
}

function faultyClients(): Mutant[] {
  return FAULTY_CLIENTS.flatMap(({ name, caughtBy, create }) =>
    replaced(`client ${name}`, [caughtBy], { createClient: create }),
  );
}

function replaced(name: string, caughtBy: readonly string[], parts: Parts): Mutant[] {
  const scenario = scenarioOf(LOSSY, { endpoint: FAULTS } as unknown as Sections);
  return mutant(name, caughtBy, scenarioSubject(scenario, parts), () => scenarioSubject(scenario));
}

function mutant(
  name: string,
  ids: readonly string[],
  subject: Subject,
  correct: () => Subject,
): Mutant[] {
  const caughtBy = ids.filter((id): id is CheckId => EXPLORED.required.has(id as CheckId));
  return caughtBy.length === 0 ? [] : [{ name, subject, caughtBy, correct: correct() }];
}

function scenarioOf(...layers: readonly Sections[]): Scenario {
  const merged: Record<string, unknown> = {};
  for (const layer of layers) mergeInto(merged, layer);
  const { symbol, ...sections } = merged as { symbol?: object };
  const symbols = SYMBOLS.map((name) => ({ name, ...symbol }));
  const parsed = parseScenario({ symbols, acceptance: ACCEPTANCE, ...sections });
  assert(parsed.kind === 'ok', 'expected a scenario of the corpus to be one');
  return parsed.value;
}

function mergeInto(into: Record<string, unknown>, layer: object): void {
  for (const [key, value] of Object.entries(layer)) {
    const nested = value !== null && typeof value === 'object' && !Array.isArray(value);
    if (nested) mergeInto((into[key] ??= {}) as Record<string, unknown>, value as object);
    else into[key] = value;
  }
}
