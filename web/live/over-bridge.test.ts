/**
 * A live run in workers over the real bridge: WebSocket, REQ socket and reference gateway, under a
 * lock of the page's or the one at the bridge.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Rig } from '../../bridge/relay/testing/rig.ts';
import { EventKind, parseScenario, type Scenario } from '../../sim/index.ts';
import type { FromGateway, ToGateway } from '../bridge/contract.ts';
import { portEnd } from '../bridge/link-door.ts';
import { LinkHost } from '../bridge/link-host.ts';
import { nodeDoor, States } from '../bridge/testing/doors.ts';
import { SYMBOLS } from '../bridge/testing/engine.ts';
import type { LockPlace } from './contract.ts';
import { eachEvent, perform, type Performed, type PerformOptions } from './testing/perform.ts';

let rig: Rig;
let states: States;
let host: LinkHost;
let door: ReturnType<typeof nodeDoor>;
const ports: MessagePort[] = [];
beforeEach(() => {
  rig = new Rig();
  states = new States();
  door = nodeDoor(() => rig.port);
  host = new LinkHost(door, states);
});
afterEach(async () => {
  host.disconnect();
  for (const port of ports.splice(0)) port.close();
  await rig.stop();
});

function scenarioOf(signals: number): Scenario {
  const parsed = parseScenario({
    symbols: SYMBOLS.map((name) => ({ name, signals, intervalUs: [1_000, 3_000] })),
    acceptance: {
      ...{ tradesPerSecondMin: 0, intervalUsMax: 5_000_000, latencyUsMax: 5_000_000 },
      breakerTripsMax: 1_000,
    },
  });
  if (parsed.kind === 'error') throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

/** Pairs, arms, and runs with a port of the page's connection as far end. */
async function performOver(
  lockAt: LockPlace,
  lock: 'none' | 'fifo',
  signals = 12,
  options: PerformOptions = {},
): Promise<Performed> {
  const gateway = await rig.reference(SYMBOLS);
  await rig.start(gateway, { gateway: 'reference', allowTrade: true });
  await host.connect(undefined);
  await host.pair(rig.codes.at(-1) ?? '');
  await states.until(({ kind }) => kind === 'read-only' || kind === 'orders-allowed');
  // Another lock disarms.
  await host.setLock(lock);
  await host.arm({ endpoint: gateway.address, symbols: SYMBOLS });
  const { port1, port2 } = new MessageChannel();
  ports.push(port1);
  host.openPort(portEnd<ToGateway, FromGateway>(port1));
  return perform(scenarioOf(signals), lockAt, { ...options, end: { kind: 'bridge', port: port2 } });
}

function kindsOf({ segments }: Performed): ReadonlySet<number> {
  const kinds = new Set<number>();
  eachEvent(segments, ({ kind }) => void kinds.add(kind));
  return kinds;
}

const notPassed = ({ finished }: Performed): readonly string[] =>
  finished.result.checks
    .filter(({ required, verdict }) => required && verdict !== 'passed')
    .map(({ id, evidence }) => `${id}: ${evidence.map(({ text }) => text).join()}`);

describe('a live run over the bridge', () => {
  it('under the page’s lock passes, its ledger held against the gateway’s balance', async () => {
    const performed = await performOver('worker', 'none');
    expect(notPassed(performed)).toEqual([]);
    const { result } = performed.finished;
    expect(result.trades).toBeGreaterThan(0);
    expect(result.pnl.difference).toBe('0.00');
    expect(kindsOf(performed)).toContain(EventKind.books);
    expect(performed.recorded.end).toBe('bridge');
    expect(performed.recorded.unknown).toEqual([]);
  });

  it('under the lock at the bridge says nothing of holds, and rests on the rest', async () => {
    const performed = await performOver('bridge', 'fifo');
    const kinds = kindsOf(performed);
    const { request, grant, release, enter, exit } = EventKind;
    for (const kind of [request, grant, release, enter, exit]) expect(kinds).not.toContain(kind);
    expect(notPassed(performed)).toEqual([]);
    const { checks, verdict } = performed.finished.result;
    expect(verdict).toBe('passed');
    const exclusion = checks.find(({ id }) => id === 'lock.exclusion');
    expect(exclusion).toMatchObject({ verdict: 'inconclusive', required: false });
  });

  it('whose connection is cut says from when to when, and ends', async () => {
    let isCut = false;
    const performed = await performOver('worker', 'none', 100_000, {
      onStanding: (_, conductor) => {
        if (isCut) conductor.stop();
        else door.sockets.at(-1)?.terminate();
        isCut = true;
      },
    });
    expect(performed.finished.result.complete).toBe(false);
    expect(performed.recorded.lost).toEqual([]);
    const [stretch] = performed.recorded.unknown;
    expect(stretch?.why).toBe('connection-lost');
    expect(stretch?.endUs).toBeGreaterThan(stretch?.startUs ?? Infinity);
  });
});
