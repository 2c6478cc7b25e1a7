/**
 * The engine through a bridge: WebSocket, pairing, arming, and the bridge's own REQ socket.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { EventKind, runScenario, SocketErrorCode } from '../../sim/index.ts';
import { Rig } from '../relay/testing/rig.ts';
import { askOf } from '../protocol.ts';
import { PageLine } from './page-line.ts';
import { checkIn, complaintsOf, countOf, liveTestScenario, runLive } from './testing/run-live.ts';

const bridge = true;

describe('a live run through a bridge', () => {
  it('passes every check, and trades what the simulated run trades', async () => {
    const scenario = liveTestScenario({});
    const lived = await runLive(scenario, { bridge });
    expect(complaintsOf(lived)).toEqual([]);
    expect(lived.run.verdict).toBe('passed');
    expect(lived.run.lock).toMatchObject({ acquires: 60, releases: 60, maxHolders: 1 });
    expect(checkIn(lived, 'pnl.ledger').examined).toBeGreaterThan(0);
    expect(checkIn(lived, 'socket.alternation').examined).toBeGreaterThanOrEqual(60);
    expect(lived.unreadable).toEqual({ count: 0, first: undefined });
    const simulated = runScenario(scenario, { keepTrace: false });
    expect(lived.run.trades).toBe(simulated.trades);
    expect(lived.run.pnl).toEqual(simulated.pnl);
  });

  it('opens and closes positions on a market that moves', async () => {
    const symbols = ['BTCUSD.s', 'ETHUSD.s'].map((name) => ({
      ...{ name, signals: 30, intervalUs: [1_000, 3_000] },
      market: { kind: 'random-walk' },
    }));
    const input = { symbols, engine: { queryFirst: true, heartbeatUs: 20_000 } };
    const lived = await runLive(liveTestScenario(input), { bridge });
    expect(complaintsOf(lived)).toEqual([]);
    expect(checkIn(lived, 'risk.close-allowed').examined).toBeGreaterThan(0);
  });

  it('without a lock meets what the socket of the bridge answers', async () => {
    const symbols = Array.from({ length: 6 }, (_, n) => ({
      ...{ name: `S${n}`, signals: 30, intervalUs: [0, 1_000] },
    }));
    const lived = await runLive(liveTestScenario({ symbols, lock: { name: 'none' } }), { bridge });
    const errors = lived.events.filter(({ kind }) => kind === EventKind.socketError);
    const codes = new Set(errors.map(({ b }) => b >>> 2));
    expect(codes.has(SocketErrorCode.EBUSY) || codes.has(SocketErrorCode.EFSM)).toBe(true);
    expect(checkIn(lived, 'socket.alternation').verdict).toBe('violated');
    expect(checkIn(lived, 'lock.exclusion').verdict).toBe('violated');
  });

  it('settles orders whose reply was lost, sends none twice, and keeps exact books', async () => {
    const faults = {
      dropRequestPerMillion: 60_000,
      dropReplyPerMillion: 100_000,
      duplicatePerMillion: 60_000,
    };
    const socket = { receiveTimeoutUs: 60_000, attempts: 5 };
    const lived = await runLive(liveTestScenario({ socket, endpoint: { faults } }), { bridge });
    expect(complaintsOf(lived)).toEqual([]);
    expect(countOf(lived, EventKind.unknown)).toBeGreaterThan(0);
    expect(countOf(lived, EventKind.resolve)).toBe(countOf(lived, EventKind.unknown));
    // None of them was rejected because the bridge still took the one before for open.
    expect(countOf(lived, EventKind.reject)).toBe(0);
    expect(lived.run.pnl.difference).toBe('0.00');
  });

  it('gives every socket of the engine a connection of its own', async () => {
    const endpoint = { otherClients: 2, otherThinkUs: [1_000, 2_000] };
    const lived = await runLive(liveTestScenario({ endpoint }), { bridge });
    expect(complaintsOf(lived)).toEqual([]);
    expect(countOf(lived, EventKind.socketOpen)).toBeGreaterThanOrEqual(3);
  });
});

describe('a connection to a bridge', () => {
  let rig = new Rig();
  afterEach(async () => {
    await rig.stop();
    rig = new Rig();
  });

  it('that ends leaves nothing without an outcome, and says that it is gone', async () => {
    const gateway = await rig.gateway(() => undefined);
    await rig.start(gateway);
    const url = `http://127.0.0.1:${rig.port}/`;
    const opened = await PageLine.open(url, { code: rig.codes.at(-1) ?? '' });
    if (opened.kind === 'error') throw new Error(opened.error.message);
    const line = opened.value;
    const gone = new Promise<void>((resolve) => line.onGone(resolve));
    const asked = line.ask('PING', { uuid: 'a' }, 60_000);
    await gateway.arrived(1);
    line.close();
    await gone;
    expect(await asked).toBeUndefined();
    expect(await line.ask('PING', { uuid: 'b' }, 1_000)).toBeUndefined();
  });

  it('with a wrong code is a problem that says so', async () => {
    await rig.start(await rig.gateway());
    const opened = await PageLine.open(`http://127.0.0.1:${rig.port}/`, { code: 'AAAA-AAAA' });
    expect(opened).toMatchObject({
      kind: 'error',
      error: { code: 'unavailable', message: expect.stringContaining('4401') as string },
    });
  });

  it('where nobody listens is a problem that says so', async () => {
    const opened = await PageLine.open('http://127.0.0.1:9/', { code: 'AAAA-AAAA' });
    expect(opened).toMatchObject({
      kind: 'error',
      error: { message: expect.stringContaining('ECONNREFUSED') as string },
    });
  });
});

describe('a request as an envelope', () => {
  it('has decimals as text, and no field that the protocol does not name', () => {
    const head = { uuid: 'u', timestamp: 5, request: 7 };
    expect(askOf(JSON.stringify({ ...head, action: 'OPEN', volume: 0.01, price: 0 }))).toEqual({
      op: 'OPEN',
      body: { ...head, volume: '0.01', price: '0' },
    });
    expect(askOf(JSON.stringify({ ...head, action: 'CLOSE', ticket: 3 }))).toEqual({
      op: 'CLOSE',
      body: { uuid: 'u', request: 7, ticket: 3 },
    });
    expect(askOf(JSON.stringify({ ...head, action: 'PING', client: 'S0' }))).toEqual({
      op: 'PING',
      body: { uuid: 'u', client: 'S0' },
    });
  });
});
