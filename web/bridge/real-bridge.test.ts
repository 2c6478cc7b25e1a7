/**
 * The page's end against the real bridge: WebSockets, pairing, a REQ socket, and the reference
 * gateway, with what an engine sees of it.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Rig } from '../../bridge/relay/testing/rig.ts';
import {
  EventKind,
  type ExchangeResult,
  type GatewayReply,
  SocketErrorCode,
} from '../../sim/index.ts';
import type { LinkState } from './contract.ts';
import { LinkHost } from './link-host.ts';
import { nodeDoor, States } from './testing/doors.ts';
import { SYMBOLS, TestEngine } from './testing/engine.ts';

let rig: Rig;
let states: States;
let host: LinkHost;
let door: ReturnType<typeof nodeDoor>;
beforeEach(() => {
  rig = new Rig();
  states = new States();
  door = nodeDoor(() => rig.port);
  host = new LinkHost(door, states);
});
afterEach(async () => {
  host.disconnect();
  await rig.stop();
});

const isOpen = ({ kind }: LinkState): boolean => kind === 'read-only' || kind === 'orders-allowed';

async function pair(): Promise<LinkState> {
  await host.connect(undefined);
  expect(states.last).toEqual({ kind: 'pairing', problem: undefined });
  await host.pair(rig.codes.at(-1) ?? '');
  return states.until(isOpen);
}

type Result = ExchangeResult<GatewayReply>;

async function armed(endpoint: string): Promise<void> {
  expect(await host.arm({ endpoint, symbols: SYMBOLS })).toEqual({ kind: 'ok', value: undefined });
}

describe('a page and its bridge', () => {
  it('find each other, pair, and tell endpoint, mode and latency', async () => {
    const gateway = await rig.reference(SYMBOLS);
    await rig.start(gateway, { gateway: 'reference', symbols: SYMBOLS });
    const open = await pair();
    expect(open).toMatchObject({ kind: 'read-only', welcome: { endpoint: gateway.address } });
    expect(JSON.stringify(open)).not.toContain('token');
    expect(states.tokens).toHaveLength(1);
    const told = await states.until((one) => 'latencyMs' in one && one.latencyMs !== undefined);
    expect(told).toMatchObject({ kind: 'read-only', unknown: [] });
  });

  it('keep a token for the next page of the tab, and not for another run of the bridge', async () => {
    const gateway = await rig.reference(SYMBOLS);
    await rig.start(gateway);
    await pair();
    const [token] = states.tokens;
    host.disconnect();
    expect(states.last).toEqual({ kind: 'none', why: undefined });
    const again = new LinkHost(door, states);
    await again.connect(token);
    expect(states.last?.kind).toBe('read-only');
    again.disconnect();
    await rig.end();
    await rig.start(gateway, {}, rig.port);
    const last = new LinkHost(door, states);
    await last.connect(token);
    expect(states.last).toMatchObject({ kind: 'pairing', problem: { code: 'other-run' } });
    last.disconnect();
  });

  it('are told of a wrong code, and of a bridge that ends', async () => {
    await rig.start(await rig.reference(SYMBOLS));
    await host.connect(undefined);
    await host.pair('AAAA-AAAA');
    expect(states.last).toMatchObject({ kind: 'pairing', problem: { code: 'wrong-code' } });
    await host.pair(` ${(rig.codes.at(-1) ?? '').toLowerCase()} `);
    await rig.end();
    const ended = await states.until(({ kind }) => kind === 'none');
    expect(ended).toEqual({ kind: 'none', why: { closed: 1001, reason: 'the bridge ends' } });
  });
});

describe('an engine on the page', () => {
  it('has its questions and orders answered, each stamped as its socket sends and receives', async () => {
    const gateway = await rig.reference(SYMBOLS);
    await rig.start(gateway, { gateway: 'reference', allowTrade: true });
    await pair();
    await armed(gateway.address);
    const engine = new TestEngine(host, 1);
    const before = await engine.client.ask('SYNC_ALL');
    const results: Result[] = [];
    engine.spawn(1, function* (self) {
      results.push(yield* engine.client.exchange(self, true, () => engine.ping(1)));
      results.push(yield* engine.client.exchange(self, false, () => engine.open(1, 1)));
    });
    expect(await engine.run()).toEqual([
      ...['socketOpen', 'send', 'receive', 'send', 'fill', 'receive'],
    ]);
    expect(results).toMatchObject([
      { kind: 'reply', reply: { kind: 'pong' } },
      { kind: 'reply', reply: { kind: 'filled', order: 1 } },
    ]);
    const after = await engine.client.ask('SYNC_ALL');
    const [filled] = engine.events.filter(({ kind }) => kind === EventKind.fill);
    const balance = (reply: GatewayReply | undefined): number =>
      reply?.kind === 'sync' ? reply.account.balance : NaN;
    expect(balance(after) - balance(before)).toBe(filled?.value);
  });

  it('is refused orders that are not armed, and the socket is not blamed for long', async () => {
    const gateway = await rig.reference(SYMBOLS);
    await rig.start(gateway, { gateway: 'reference', allowTrade: true });
    await pair();
    const engine = new TestEngine(host, 2);
    const results: Result[] = [];
    engine.spawn(0, function* (self) {
      for (let order = 1; order <= 3; order++) {
        results.push(yield* engine.client.exchange(self, false, () => engine.open(0, order)));
      }
    });
    expect(await engine.run()).toEqual(['socketOpen', 'send', 'socketClose', 'socketOpen']);
    expect(results.map(({ kind }) => kind)).toEqual(['failed', 'failed', 'failed']);
    expect(engine.refused).toEqual(['not-armed', 'not-armed', 'not-armed']);
  });

  it('that goes without a lock meets the real EBUSY or EFSM of the socket, on its own trace', async () => {
    const gateway = await rig.reference(SYMBOLS, { serviceUs: [20_000, 20_000] });
    await rig.start(gateway, { gateway: 'reference' });
    await pair();
    expect(await host.setLock('none')).toEqual({ kind: 'ok', value: undefined });
    const engine = new TestEngine(host, 3);
    const results: Result[] = [];
    for (const symbol of [0, 1, 2]) {
      engine.spawn(symbol, function* (self) {
        results.push(yield* engine.client.exchange(self, false, () => engine.ping(symbol)));
      });
    }
    await engine.run();
    const errors = engine.events.filter(({ kind }) => kind === EventKind.socketError);
    const codes = errors.map(({ b }) => b >>> 2);
    expect(codes.length).toBeGreaterThan(0);
    for (const code of codes) {
      expect([SocketErrorCode.EFSM, SocketErrorCode.EBUSY]).toContain(code);
    }
    expect(results.some(({ kind }) => kind === 'reply')).toBe(true);
  });

  it('leaves the lock to the bridge: sends and receives of many tasks then alternate', async () => {
    const gateway = await rig.reference(SYMBOLS);
    await rig.start(gateway, { gateway: 'reference', allowTrade: true });
    await pair();
    await armed(gateway.address);
    const engine = new TestEngine(host, 4);
    const kinds: string[] = [];
    for (const symbol of [0, 1, 2]) {
      engine.spawn(symbol, function* (self) {
        for (let n = 0; n < 10; n++) {
          const order = symbol * 100 + n;
          const result = yield* engine.client.exchange(self, false, () =>
            engine.open(symbol, order),
          );
          kinds.push(result.kind);
        }
      });
    }
    const names = await engine.run();
    expect(kinds).toEqual(Array<string>(30).fill('reply'));
    const turns = names.filter((name) => name === 'send' || name === 'receive');
    expect(turns).toEqual(Array.from({ length: 60 }, (_, at) => (at % 2 ? 'receive' : 'send')));
  });
});

describe('a connection that is cut', () => {
  it('leaves an order unknown and never sends it again; the page comes back disarmed', async () => {
    const gateway = await rig.reference(SYMBOLS, { serviceUs: [100_000, 100_000] });
    await rig.start(gateway, { gateway: 'reference', allowTrade: true });
    await pair();
    await armed(gateway.address);
    await states.until((one) => 'latencyMs' in one && one.latencyMs !== undefined);
    const engine = new TestEngine(host, 5);
    const results: Result[] = [];
    engine.spawn(0, function* (self) {
      results.push(yield* engine.client.exchange(self, false, () => engine.open(0, 1)));
      results.push(yield* engine.client.exchange(self, false, () => engine.open(0, 2)));
    });
    const running = engine.run();
    // The bridge has it, and its gateway takes a while.
    setTimeout(() => door.sockets.at(-1)?.terminate(), 50);
    const lost = await states.until(({ kind }) => kind === 'lost');
    expect(lost).toMatchObject({ kind: 'lost', attempt: 1 });
    const found = await states.until(isOpen);
    expect(found).toMatchObject({ kind: 'orders-allowed', armed: undefined });
    await running;
    expect(results.map(({ kind }) => kind)).toEqual(['unknown', 'failed']);
    expect(engine.links).toEqual([false, true]);
    const after = await engine.client.ask('SYNC_ALL');
    expect(after?.kind === 'sync' && after.deals.map(({ order }) => order)).toEqual([1]);
  });
});
