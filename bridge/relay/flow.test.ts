/**
 * Nothing grows without bound: ticks conflate, replies do not drop, a page that sleeps is let go.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Publisher } from 'zeromq';
import { galleryEntry } from '../../sim/index.ts';
import { startGateway } from '../gateway/standalone.ts';
import { CloseCode, type ServerEnvelope, type TickBody } from '../protocol.ts';
import { withDeadline } from '../sockets/testing/peer.ts';
import { BUFFERED_BYTES_MAX, RateLimit, REPLY_BYTES_MAX } from './limits.ts';
import { type Connection, Session } from './session.ts';
import { Orders } from './orders.ts';
import { Secrets } from './secrets.ts';
import { Rig } from './testing/rig.ts';
import { TickOutbox } from './tick-outbox.ts';

let rig: Rig;
beforeEach(() => {
  rig = new Rig();
});
afterEach(() => rig.stop());

const tick = (symbol: string, timeMs: number) => ({ symbol, bid: '1.0', ask: '1.1', timeMs });

describe('ticks to a page', () => {
  it('wait for credits as the latest price of each symbol, and say for how many it stands', () => {
    const sent: TickBody[] = [];
    const outbox = new TickOutbox(
      (body) => sent.push(body),
      () => false,
    );
    for (let n = 1; n <= 1_000; n++) outbox.offer(tick(n % 2 === 0 ? 'A' : 'B', n));
    expect(sent).toEqual([]);
    outbox.grant(3);
    outbox.offer(tick('A', 1_001));
    outbox.offer(tick('A', 1_002));
    expect(sent).toEqual([
      { ...tick('B', 999), conflated: 499 },
      { ...tick('A', 1_000), conflated: 499 },
      { ...tick('A', 1_001), conflated: 0 },
    ]);
  });

  it('wait while what was sent before is unread', () => {
    const sent: TickBody[] = [];
    let congested = true;
    const outbox = new TickOutbox(
      (body) => sent.push(body),
      () => congested,
    );
    outbox.grant(10);
    outbox.offer(tick('A', 1));
    outbox.offer(tick('A', 2));
    expect(sent).toEqual([]);
    congested = false;
    outbox.offer(tick('A', 3));
    expect(sent).toEqual([{ ...tick('A', 3), conflated: 2 }]);
  });

  it('come from the gateway to whoever subscribed, no more than it has credits for', async () => {
    const { scenario } = galleryEntry('reference');
    const place = { host: '127.0.0.1', port: 0, pubPort: 0 };
    const gateway = rig.later(await startGateway({ scenario, place, crashed: () => {} }));
    const { requests, ticks } = gateway.addresses;
    const upstream = { ticks: { address: ticks, curve: undefined } };
    await rig.start({ address: requests }, { gateway: 'reference', ...upstream });
    const page = await rig.paired();
    const [first] = scenario.symbols.map(({ name }) => name);
    await page.ask(page.request('SUBSCRIBE', { symbols: [first ?? ''] }));
    const credit = (credits: number) => ({
      ...{ ...page.numbers.next(), kind: 'credit', id: 0, deadlineMs: 0 },
      ...{ op: 'ticks', body: { credits } },
    });
    const count = (): number => page.received.filter(({ kind }) => kind === 'tick').length;
    page.send([credit(3)]);
    await page.until(() => count() === 3);
    // While further ticks arrive at the bridge, only replies come to the page.
    for (let n = 0; n < 30; n++) await page.ask(page.request('PING', { uuid: `p-${n}` }));
    expect(count()).toBe(3);
    page.send([credit(1)]);
    await page.until(() => count() === 4);
    expect(page.received.at(-1)).toMatchObject({ kind: 'tick', body: { symbol: first } });
  });

  it('are refused where the gateway publishes none', async () => {
    await rig.start(await rig.gateway());
    const page = await rig.paired();
    const [outcome] = await page.ask(page.request('SUBSCRIBE', { symbols: ['A'] }));
    expect(outcome).toMatchObject({ outcome: 'refused', code: 'no-ticks' });
  });
});

describe('replies', () => {
  it('of one turn share a frame', async () => {
    await rig.start(await rig.gateway());
    const page = await rig.paired();
    const before = page.frames;
    const outcomes = await page.ask(
      ...Array.from({ length: 50 }, () => page.request('DISARM', {})),
    );
    expect(outcomes).toHaveLength(50);
    expect(page.frames - before).toBe(1);
  });

  it('are all delivered, and a question that is never answered ends at its deadline', async () => {
    const gateway = await rig.gateway(({ uuid }) => (uuid === 'deaf' ? undefined : { uuid }));
    await rig.start(gateway);
    const page = await rig.paired();
    const many = Array.from({ length: 100 }, (_, n) => page.request('PING', { uuid: `p-${n}` }));
    const outcomes = await page.ask(...many);
    expect(outcomes.map((one) => one.outcome)).toEqual(many.map(() => 'answered'));
    const [deaf] = await page.ask(page.request('PING', { uuid: 'deaf' }, 50));
    expect(deaf).toMatchObject({ outcome: 'failed', code: 'EAGAIN' });
  });

  it('that are larger than may be buffered are told, not passed on', async () => {
    const pad = 'x'.repeat(REPLY_BYTES_MAX);
    await rig.start(await rig.gateway(({ uuid }) => ({ uuid, pad: uuid === 'a' ? pad : '' })));
    const page = await rig.paired();
    expect(
      await page.ask(page.request('PING', { uuid: 'a' }), page.request('PING', { uuid: 'b' })),
    ).toMatchObject([{ code: 'REPLY_TOO_LARGE' }, { outcome: 'answered' }]);
  });
});

describe('a page that does not read', () => {
  it('is let go once a mebibyte waits for it, and what it asked is settled', async () => {
    const pad = 'x'.repeat(REPLY_BYTES_MAX - 100);
    await rig.start(await rig.gateway(({ uuid }) => ({ uuid, pad })));
    const page = await rig.paired();
    page.socket.pause();
    page.send(Array.from({ length: 100 }, (_, n) => page.request('PING', { uuid: `p-${n}` })));
    // A pause that is never ended: the bridge cuts it off by itself, and serves others.
    const other = await rig.paired();
    const [served] = await other.ask(other.request('PING', { uuid: 'other' }));
    expect(served).toMatchObject({ outcome: 'answered' });
    while (page.socket.bufferedAmount > 0) await new Promise(setImmediate);
    await rig.ended(1);
    page.socket.resume();
    await withDeadline(page.closed, 'expected to be cut off');
    expect(page.received.length).toBeLessThan(100);
  });

  it('costs no more than the limit: the session ends at the first frame above it', () => {
    let buffered = 0;
    const codes: number[] = [];
    let shown = '';
    const connection: Connection = {
      send: (frame) => (buffered += frame.length),
      close: (code) => codes.push(code),
      get bufferedBytes() {
        return buffered;
      },
    };
    const nowMs = (): number => 0;
    const secrets = new Secrets((code) => (shown = code), nowMs);
    const session = new Session(
      {
        endpoint: { address: 'tcp://127.0.0.1:1', curve: undefined },
        ...{ ticks: undefined, gateway: 'own', allowTrade: false, symbols: [], secrets, nowMs },
        socket: 'req',
        ...{ orders: new Orders(), crashed: () => {} },
      },
      connection,
    );
    const hello = { v: 1, kind: 'hello', sid: '', seq: 1, id: 0, deadlineMs: 0, op: 'pair' };
    buffered = BUFFERED_BYTES_MAX;
    session.receive(JSON.stringify([{ ...hello, body: { code: shown } }]));
    session.end(CloseCode.goingAway, 'flushes');
    expect(codes).toEqual([CloseCode.tooSlow]);
  });
});

describe('a page that sleeps for a minute', () => {
  it('costs the bridge no memory: prices conflate, and 32 MiB more are never held', async () => {
    const symbols = Array.from({ length: 64 }, (_, at) => `S${at}`);
    const publisher = rig.later(new Publisher({ linger: 0, sendHighWaterMark: 0 }));
    await publisher.bind('tcp://127.0.0.1:*');
    const ticks = { address: publisher.lastEndpoint ?? '', curve: undefined };
    await rig.start(await rig.gateway(), { ticks });
    const page = await rig.paired();
    expect(await page.ask(page.request('SUBSCRIBE', { symbols }))).toEqual([{ outcome: 'done' }]);
    const published = (symbol: string, seq: number): string =>
      JSON.stringify({ symbol, bid: 1.25, ask: 1.5, time: 1_800_000_000_000 + seq, seq });
    const credit = { kind: 'credit', id: 0, deadlineMs: 0, op: 'ticks' };
    page.send([{ ...page.numbers.next(), ...credit, body: { credits: 100_000 } }]);
    // A subscriber joins late.
    for (let seq = 1; page.received.length < 2; seq++) {
      await publisher.send(['S0', published('S0', seq)]);
      await new Promise(setImmediate);
    }
    page.socket.pause();
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    collect();
    const before = process.memoryUsage();
    // What a gateway of 64 symbols publishes in a minute at 20 ms.
    for (let seq = 1_000; seq < 4_000; seq++) {
      for (const symbol of symbols) await publisher.send([symbol, published(symbol, seq)]);
    }
    const other = await rig.paired();
    const [served] = await other.ask(other.request('PING', { uuid: 'other' }));
    expect(served).toMatchObject({ outcome: 'answered' });
    collect();
    const after = process.memoryUsage();
    const grownBytes = after.heapUsed + after.external - before.heapUsed - before.external;
    expect(grownBytes).toBeLessThan(32 * 2 ** 20);
    page.socket.resume();
    const last = (): ServerEnvelope | undefined => page.received.at(-1);
    await page.until(() => {
      const one = last();
      return one?.kind === 'tick' && one.body.timeMs === 1_800_000_003_999;
    });
    const stood = page.received.reduce(
      (sum, one) => sum + (one.kind === 'tick' ? one.body.conflated : 0),
      0,
    );
    expect(stood).toBeGreaterThan(0);
  });
});

describe('a rate', () => {
  it('lets a burst pass, then as much as its clock gives', () => {
    let nowMs = 0;
    const limit = new RateLimit({ perSecond: 10, burst: 2 }, () => nowMs);
    expect([limit.take(1), limit.take(1), limit.take(1)]).toEqual([true, true, false]);
    nowMs = 100;
    expect([limit.take(1), limit.take(1)]).toEqual([true, false]);
    nowMs = 60_000;
    expect([limit.take(2), limit.take(1)]).toEqual([true, false]);
  });
});
