/** Somebody's own gateway: executions as heard, books as told, and what survives the process. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { Reply } from 'zeromq';
import { Action, EventKind, type Scenario } from '../../sim/index.ts';
import { startGateway } from '../gateway/standalone.ts';
import { LiveSession } from './session.ts';
import {
  checkIn,
  complaintsOf,
  countOf,
  type Lived,
  liveTestScenario,
  runLive,
} from './testing/run-live.ts';

const root = mkdtempSync(join(tmpdir(), 'interlock-foreign-'));
const opened: { close(): unknown }[] = [];
let directories = 0;

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});
afterAll(() => rmSync(root, { recursive: true }));

function newDirectory(): string {
  directories += 1;
  return join(root, `state-${directories}`);
}

/** Starts a gateway that serves `scenario`, as another process would. */
async function gatewayOf(scenario: Scenario): Promise<string> {
  const place = { host: '127.0.0.1', port: 0, pubPort: 0 };
  const crashed = (error: unknown): void => {
    throw error;
  };
  const gateway = await startGateway({ scenario, place, crashed });
  opened.push(gateway);
  return gateway.addresses.requests;
}

interface Trading {
  readonly scenario?: object;
  /** What the gateway serves, where it differs. */
  readonly served?: object;
  readonly stateDirectory?: string;
}

async function trade({ scenario = {}, served, stateDirectory }: Trading): Promise<Lived> {
  const address = await gatewayOf(liveTestScenario(served ?? scenario));
  return runLive(liveTestScenario(scenario), {
    upstream: { address, curve: undefined },
    stateDirectory: stateDirectory ?? newDirectory(),
  });
}

describe("somebody's own gateway", () => {
  it('is traded with: every check passes, and its balance is the ledger to the cent', async () => {
    const lived = await trade({});
    expect(complaintsOf(lived)).toEqual([]);
    expect(lived.run.verdict).toBe('passed');
    expect(lived.run.trades).toBeGreaterThan(10);
    expect(checkIn(lived, 'pnl.ledger').examined).toBe(1);
    expect(lived.run.pnl.ledgerTotal).toBe(lived.run.pnl.aggregatorTotal);
  });

  it('that executes an order twice is found out, though only one reply was heard', async () => {
    const faults = { dropReplyPerMillion: 300_000 };
    const socket = { receiveTimeoutUs: 60_000, lostOrder: 'resend', attempts: 10 };
    const endpoint = { dedupe: false, faults };
    const lived = await trade({ scenario: { socket }, served: { endpoint } });
    expect(checkIn(lived, 'order.at-most-once').verdict).toBe('violated');
  });

  it('whose balance is not the sum of what it said is found out', async () => {
    const symbols = [{ name: 'BTCUSD.s', signals: 20, market: { kind: 'random-walk' } }];
    const lived = await trade({
      scenario: { symbols },
      served: { symbols, endpoint: { books: 'no-commission' } },
    });
    expect(checkIn(lived, 'pnl.ledger').verdict).toBe('violated');
  });

  it('that loses messages leaves no order unanswered and no book wrong', async () => {
    const faults = { dropRequestPerMillion: 60_000, dropReplyPerMillion: 100_000 };
    const socket = { receiveTimeoutUs: 60_000, attempts: 10 };
    const lived = await trade({ scenario: { socket }, served: { endpoint: { faults } } });
    expect(complaintsOf(lived)).toEqual([]);
    expect(countOf(lived, EventKind.unknown)).toBeGreaterThan(0);
  });

  it('that is not there is unavailable, not a run', async () => {
    const scenario = liveTestScenario({});
    const reply = new Reply({ linger: 0 });
    await reply.bind('tcp://127.0.0.1:*');
    const address = reply.lastEndpoint ?? '';
    const signal = new AbortController();
    const opening = LiveSession.open({
      ...{ scenario, upstream: { address, curve: undefined }, ticks: undefined },
      ...{ stateDirectory: undefined, readers: [], signal: signal.signal },
    });
    // It listens and never answers: somebody loses patience.
    await reply.receive();
    signal.abort();
    expect(await opening).toMatchObject({ kind: 'error', error: { code: 'unavailable' } });
    reply.close();
  });

  it('that answers what nobody can read is unavailable, and why is told', async () => {
    const reply = new Reply({ linger: 0 });
    await reply.bind('tcp://127.0.0.1:*');
    const answering = (async () => {
      for (;;) {
        await reply.receive();
        await reply.send('nonsense');
      }
    })().catch(() => 'closed');
    const running = runLive(liveTestScenario({}), {
      upstream: { address: reply.lastEndpoint ?? '', curve: undefined },
    });
    await expect(running).rejects.toThrow('an answer that cannot be read: expected a reply as one');
    reply.close();
    expect(await answering).toBe('closed');
  });

  it('gets no order where none are allowed, even from an engine that wants to send one', async () => {
    const address = await gatewayOf(liveTestScenario({}));
    const running = runLive(liveTestScenario({}), { upstream: { address, curve: undefined } });
    await expect(running).rejects.toThrow('expected no order without permission');
  });
});

/** A gateway that takes so long for each request that an order on its way can be caught. */
const SLOW = { serviceUs: [500_000, 500_000] };

/** Symbols whose every signal trades. */
function eager(...names: readonly string[]): object[] {
  const market = { kind: 'reference', skipPerMillion: 0 };
  return names.map((name) => ({ name, signals: 1, intervalUs: [0, 1_000], market }));
}

/** Stops a session as soon as an order of it is on record, and so on its way. */
async function stopWithOpenOrder(session: LiveSession, stateDirectory: string): Promise<void> {
  const path = join(stateDirectory, 'engine.journal');
  while (!readFileSync(path, 'utf8').includes('"open":{')) await delay(2);
  // On record it may still have to leave; most often it has by then, and either is an open order.
  await delay(100);
  session.stop();
}

describe('what the engine knows', () => {
  it('is carried from run to run: order numbers, ledger, and books over all of them', async () => {
    const scenario = liveTestScenario({});
    const address = await gatewayOf(scenario);
    const stateDirectory = newDirectory();
    const setup = { upstream: { address, curve: undefined }, stateDirectory };
    const first = await runLive(scenario, setup);
    // Other draws, so that the second run does not repeat the signals of the first.
    const second = await runLive({ ...scenario, seed: scenario.seed + 1 }, setup);
    expect(complaintsOf(second)).toEqual([]);
    const orders = (lived: Lived): number[] =>
      lived.events.filter(({ kind }) => kind === EventKind.order).map(({ a }) => a);
    expect(Math.min(...orders(second))).toBe(Math.max(...orders(first)) + 1);
    const cents = (lived: Lived): number => Math.round(Number(lived.run.pnl.ledgerTotal) * 100);
    expect(second.resumed).toMatchObject({ openOrders: [], realisedCents: cents(first) });
    expect(second.resumed?.executions).toBe(first.run.trades);
  });

  it('of an order that was open is settled by asking, before any other order', async () => {
    const stateDirectory = newDirectory();
    const symbols = eager('BTCUSD.s', 'ETHUSD.s');
    const address = await gatewayOf(liveTestScenario({ symbols, endpoint: SLOW }));
    const setup = { upstream: { address, curve: undefined }, stateDirectory };
    const scenario = liveTestScenario({ symbols, socket: { attempts: 10 } });
    const first = await runLive(scenario, {
      ...setup,
      meanwhile: (session) => void stopWithOpenOrder(session, stateDirectory),
    });
    expect(countOf(first, EventKind.order)).toBe(1);
    expect(countOf(first, EventKind.fill)).toBe(0);
    const second = await runLive(scenario, setup);
    const [open] = first.events.filter(({ kind }) => kind === EventKind.order);
    const [resolved] = second.events.filter(({ kind }) => kind === EventKind.resolve);
    const [asked] = second.events.filter(({ kind }) => kind === EventKind.send);
    const [next] = second.events.filter(({ kind, a }) => kind === EventKind.order && a !== open?.a);
    expect(second.resumed?.openOrders).toHaveLength(1);
    expect(asked).toMatchObject({ b: Action.SYNC_ALL });
    const executed = second.events.some(({ kind, a }) => kind === EventKind.fill && a === open?.a);
    expect(resolved).toMatchObject({ a: open?.a, b: executed ? 1 : 0 });
    expect(resolved?.seq).toBeLessThan(next?.seq ?? 0);
    expect(complaintsOf(second)).toEqual([]);
    expect(second.run.pnl.difference).toBe('0.00');
  });

  it('belongs to one engine at a time', async () => {
    const scenario = liveTestScenario({});
    const address = await gatewayOf(scenario);
    const stateDirectory = newDirectory();
    const setup = { upstream: { address, curve: undefined }, stateDirectory };
    const first = runLive(scenario, setup);
    await expect(runLive(scenario, setup)).rejects.toThrow('to be free, but process');
    expect(complaintsOf(await first)).toEqual([]);
  });

  it('about a symbol that is not traded now is not passed over', async () => {
    const stateDirectory = newDirectory();
    const symbols = eager('BTCUSD.s');
    const address = await gatewayOf(liveTestScenario({ symbols, endpoint: SLOW }));
    const setup = { upstream: { address, curve: undefined }, stateDirectory };
    await runLive(liveTestScenario({ symbols }), {
      ...setup,
      meanwhile: (session) => void stopWithOpenOrder(session, stateDirectory),
    });
    const other = liveTestScenario({ symbols: [{ name: 'ETHUSD.s', signals: 1 }] });
    await expect(runLive(other, setup)).rejects.toThrow('expected BTCUSD.s among the symbols');
  });
});
