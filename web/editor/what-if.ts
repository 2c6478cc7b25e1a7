/**
 * What the socket will have to bear, reckoned from a scenario before anything runs.
 *
 * The engine is a closed queueing network: each symbol thinks (its interval), waits for the lock,
 * has one exchange, and only then thinks again. With S the mean time of an exchange and Z the mean
 * interval, a symbol that never waits asks once every Z + S, so all of them ask for the share
 * sum of S / (Z + S) of the socket's time. Two bounds follow (Denning and Buzen, 1978): the
 * throughput is at most the sum of 1 / (Z + S), and, since no socket is busy for longer than there
 * is time (U = X S <= 1), at most what fits into the time. As nobody asks twice, at most one of
 * each symbol waits, and under a lock that serves in order nobody waits for longer than one
 * exchange of each of the others.
 *
 * Known limit: these are means and bounds, not a forecast of the queue's length. `unreckoned` names
 * what is left out: faults of the endpoint, other clients' share of the gateway's mean time, a lock
 * that lets in more than one. Risk rules that stop the trading make the load smaller.
 */
import { LOCKS, type LockName, type Scenario, ZOO } from '../../sim/index.ts';

export interface WhatIf {
  /** Tasks that take the lock: the symbols, and a heartbeat that shares it. */
  readonly clients: number;
  /** The share of the socket's time that is asked for; above 1 more than there is. */
  readonly load: number;
  /** The most signals and heartbeats a second that the two bounds leave; Infinity without work. */
  readonly perSecondMax: number;
  /** Mean and longest time of one signal's exchanges, in microseconds. */
  readonly exchangeUs: number;
  readonly exchangeUsMax: number;
  /**
   * The longest that a signal waits for the lock, in microseconds; undefined where the lock
   * promises no order.
   */
  readonly waitUsMax: number | undefined;
  readonly unreckoned: readonly Unreckoned[];
}

export type Unreckoned = 'faults' | 'other-clients' | 'time-outs' | 'faulty-lock';

/** One task that thinks and then uses the socket. */
interface Client {
  readonly thinkUs: number;
  /** The mean time that its exchanges need of the socket when others wait behind it. */
  readonly exchangeUs: number;
  /** The mean time between two of its signals at the least, without any waiting. */
  readonly cycleUs: number;
  readonly exchangeUsMax: number;
}

const mean = ([least, most]: readonly [number, number]): number => (least + most) / 2;

/** What follows from the scenario alone. */
export function whatIf(scenario: Scenario): WhatIf {
  const clients = clientsOf(scenario);
  const rates = clients.map(({ cycleUs }) => 1e6 / cycleUs);
  const busy = clients.map(({ thinkUs, exchangeUs }) =>
    exchangeUs === 0 ? 0 : exchangeUs / (thinkUs + exchangeUs),
  );
  const exchangeUsMax = Math.max(...clients.map((client) => client.exchangeUsMax));
  return {
    clients: clients.length,
    load: sum(busy),
    perSecondMax: fittingRate(clients, rates),
    exchangeUs: sum(clients.map(({ exchangeUs }) => exchangeUs)) / clients.length,
    exchangeUsMax,
    waitUsMax: longestWait(scenario, clients),
    unreckoned: unreckonedIn(scenario, exchangeUsMax),
  };
}

function clientsOf(scenario: Scenario): Client[] {
  const { symbols, engine } = scenario;
  const clients = symbols.map(({ intervalUs, market }): Client => {
    const trades = Math.max(0, 1 - (market.skipPerMillion + 1) / 1e6);
    const client = clientOf(scenario, mean(intervalUs), engine.queryFirst ? 1 + trades : 1);
    const exchangeUsMax = client.exchangeUsMax * (engine.queryFirst ? 2 : 1);
    if (engine.work === 'outside') return { ...client, exchangeUsMax };
    return {
      ...client,
      thinkUs: 0,
      exchangeUs: client.exchangeUs + mean(intervalUs),
      exchangeUsMax: exchangeUsMax + intervalUs[1],
    };
  });
  if (engine.heartbeatUs > 0 && engine.heartbeatLock === 'shared') {
    clients.push(clientOf(scenario, engine.heartbeatUs, 1));
  }
  return clients;
}

/**
 * A task that thinks for so long and then has so many exchanges. A gateway that serves once a
 * period lets no two exchanges of one socket come closer than that; at the worst it serves every
 * other client first.
 */
function clientOf({ endpoint }: Scenario, thinkUs: number, exchanges: number): Client {
  const { serviceUs, latencyUs, pumpUs, otherClients } = endpoint;
  const plainUs = mean(serviceUs) + 2 * mean(latencyUs);
  return {
    thinkUs,
    exchangeUs: exchanges * Math.max(plainUs, pumpUs),
    cycleUs: thinkUs + exchanges * plainUs,
    exchangeUsMax: 2 * latencyUs[1] + (otherClients + 1) * (serviceUs[1] + pumpUs),
  };
}

/**
 * The highest sum of rates that fits into the socket's time, short exchanges first; no client goes
 * faster than it does without waiting.
 */
function fittingRate(clients: readonly Client[], rates: readonly number[]): number {
  const order = clients
    .map(({ exchangeUs }, at) => ({ exchangeUs, rate: rates[at] ?? 0 }))
    .sort((a, b) => a.exchangeUs - b.exchangeUs);
  let freeUs = 1e6;
  let fitting = 0;
  for (const { exchangeUs, rate } of order) {
    const share = exchangeUs === 0 ? rate : Math.min(rate, freeUs / exchangeUs);
    fitting += share;
    if (exchangeUs > 0) freeUs -= share * exchangeUs;
  }
  return fitting;
}

function longestWait({ lock }: Scenario, clients: readonly Client[]): number | undefined {
  const { fairness } = LOCKS[lock.name];
  const longest = clients.map(({ exchangeUsMax }) => exchangeUsMax);
  const others = sum(longest) - Math.min(...longest);
  const overtakings = clients.length === 1 || fairness.kind !== 'bypass' ? 0 : fairness.max;
  const isBounded = fairness.kind !== 'unfair' || clients.length === 1;
  const waitUs = isBounded ? others + overtakings * Math.max(...longest) : Infinity;
  const patienceUs = lock.timeoutUs === 0 ? Infinity : lock.timeoutUs;
  const atMost = Math.min(waitUs, patienceUs);
  return atMost === Infinity ? undefined : atMost;
}

const FAULTY: ReadonlySet<LockName> = new Set(
  ZOO.filter(({ faulty }) => faulty).map(({ name }) => name),
);

/** Whether a lock of that name is one of the faulty ones. */
export function isFaultyLock(name: string): boolean {
  return FAULTY.has(name as LockName);
}

function unreckonedIn({ endpoint, lock, socket }: Scenario, exchangeUsMax: number): Unreckoned[] {
  const { stalls, crashes, delayUs, untilUs: _until, ...chances } = endpoint.faults;
  const hasFaults =
    stalls.length + crashes.length > 0 ||
    delayUs[1] > 0 ||
    Object.values(chances).some((chance) => chance > 0);
  return [
    ...(hasFaults ? (['faults'] as const) : []),
    ...(endpoint.otherClients > 0 ? (['other-clients'] as const) : []),
    ...(socket.receiveTimeoutUs > 0 && socket.receiveTimeoutUs < exchangeUsMax
      ? (['time-outs'] as const)
      : []),
    ...(isFaultyLock(lock.name) ? (['faulty-lock'] as const) : []),
  ];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
