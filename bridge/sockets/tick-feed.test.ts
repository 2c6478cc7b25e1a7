/** PUB and SUB as they are: who joins late has missed what went before, and gaps are counted. */
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { Subscriber, XPublisher } from 'zeromq';
import { parseScenario } from '../../sim/index.ts';
import { startGateway } from '../gateway/standalone.ts';
import { withDeadline } from './testing/peer.ts';
import { type Tick, TickFeed } from './tick-feed.ts';

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

/** A feed and a way to wait until it has heard enough. */
function listenTo(address: string, symbols: readonly string[]) {
  const ticks: Tick[] = [];
  const heard = new EventTarget();
  const feed = new TickFeed({ address, curve: undefined }, symbols, (tick) => {
    ticks.push(tick);
    heard.dispatchEvent(new Event('tick'));
  });
  opened.push(feed);
  const until = async (done: () => boolean): Promise<void> => {
    while (!done()) await withDeadline(once(heard, 'tick'), 'expected a tick');
  };
  return { feed, ticks, until };
}

const frames = (symbol: string, seq: number, but: object = {}): string[] => [
  symbol,
  JSON.stringify({ symbol, bid: 99.5, ask: 100.25, time: 1_800_000_000_000, seq, ...but }),
];

/** A publisher that knows when somebody has subscribed. */
async function publisher(): Promise<{ socket: XPublisher; address: string }> {
  const socket = new XPublisher({ linger: 0, verbosity: 'allSubs' });
  await socket.bind('tcp://127.0.0.1:*');
  opened.push(socket);
  return { socket, address: socket.lastEndpoint ?? '' };
}

describe('PUB and SUB of zeromq.js', () => {
  it('keep nothing for a subscriber until its subscription has arrived, and all from then on', async () => {
    const { socket, address } = await publisher();
    const subscriber = new Subscriber({ linger: 0 });
    opened.unshift(subscriber);
    for (let n = 0; n < 100; n++) await socket.send(`early ${n}`);
    subscriber.connect(address);
    subscriber.subscribe('');
    await withDeadline(socket.receive(), 'expected a subscription');
    for (let n = 0; n < 100; n++) await socket.send(`later ${n}`);
    for (let n = 0; n < 100; n++) {
      const [frame] = await withDeadline(subscriber.receive(), 'expected what came later');
      expect(String(frame)).toBe(`later ${n}`);
    }
  });
});

describe('a tick feed', () => {
  it('gives every tick of its symbols from when its subscription has arrived', async () => {
    const { socket, address } = await publisher();
    const { feed, ticks, until } = listenTo(address, ['BTC']);
    await withDeadline(socket.receive(), 'expected a subscription');
    for (let seq = 7; seq <= 106; seq++) await socket.send(frames('BTC', seq));
    await until(() => ticks.length === 100);
    expect(ticks[0]).toEqual({
      ...{ symbol: 'BTC', bid: '99.5', ask: '100.25', timeMs: 1_800_000_000_000 },
    });
    expect(feed.counts).toEqual({ received: 100, missed: 0, unreadable: 0 });
  });

  it('counts gaps, not restarts; leaves out foreign symbols and what it cannot read', async () => {
    const { socket, address } = await publisher();
    const { feed, ticks, until } = listenTo(address, ['BTC']);
    await withDeadline(socket.receive(), 'expected a subscription');
    const messages = [
      ...[frames('BTC', 1), frames('BTC', 5), frames('BTC', 2), frames('BTCUSD', 3)],
      ...[['BTC'], ['BTC', '{'], ['BTC', 'null'], frames('BTC', 9, { bid: '1' })],
      ...[frames('BTC', 9, { seq: 1.5 }), ['BTC', frames('ETH', 1)[1] ?? ''], frames('BTC', 3)],
    ];
    for (const message of messages) await socket.send(message);
    await until(() => ticks.length === 4);
    expect(feed.counts).toEqual({ received: 4, missed: 3, unreadable: 6 });
  });
});

describe('the reference gateway', () => {
  it('publishes the price of every symbol, again and again, without a gap', async () => {
    const symbols = ['BTCUSD.s', 'ETHUSD.s'];
    const parsed = parseScenario({
      symbols: symbols.map((name) => ({ name, market: { kind: 'random-walk' } })),
    });
    if (parsed.kind === 'error') throw new Error(parsed.error.message);
    const place = { host: '127.0.0.1', port: 0, pubPort: 0 };
    const gateway = await startGateway({ scenario: parsed.value, place, crashed: () => {} });
    opened.unshift(gateway);
    const { feed, ticks, until } = listenTo(gateway.addresses.ticks, symbols);
    await until(() => ticks.length >= 20);
    const seen = feed.counts;
    expect(new Set(ticks.map(({ symbol }) => symbol))).toEqual(new Set(symbols));
    expect(seen).toMatchObject({ missed: 0, unreadable: 0 });
    for (const { bid, ask } of ticks) expect(Number(ask) - Number(bid)).toBeCloseTo(1, 9);
  });
});
