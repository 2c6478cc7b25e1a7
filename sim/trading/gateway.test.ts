/**
 * The simulated gateway keeps the contract, and its times, faults and mistakes are those it is set
 * to.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventKind, FaultKind, NONE } from '../trace/event.ts';
import type { DeskOptions } from './desk.ts';
import type { GatewayOptions } from './gateway.ts';
import { DEALS_KEPT } from './deals.ts';
import { GATEWAY_LAWS, type GatewayFactory } from './testing/gateway-contract.ts';
import { Requests } from './testing/requests.ts';
import { BALANCE_CENTS, REFERENCE_MARKET, Rig, WALK_MARKET } from './testing/rig.ts';

const MARKETS = { 'BTCUSD.s': REFERENCE_MARKET, 'ETHUSD.s': WALK_MARKET };

const rigOf = (endpoint: Partial<DeskOptions & GatewayOptions> = {}): Rig =>
  new Rig({ markets: MARKETS, endpoint });

const simulated: GatewayFactory = ({ dedupe }) => {
  const rig = rigOf({ dedupe });
  return Promise.resolve({ ask: (request) => Promise.resolve(rig.ask(request)) });
};

describe('the simulated gateway', () => {
  it.each(GATEWAY_LAWS)('$name', async ({ dedupe, run }) => {
    await expect(run(await simulated({ dedupe }))).resolves.toBeUndefined();
  });

  it('is caught by the contract when it does not recognise an order', async () => {
    const broken = GATEWAY_LAWS.filter(({ name }) => name.includes('gets the same answer'));
    expect(broken).toHaveLength(2);
    for (const { run } of broken) {
      await expect(run(await simulated({ dedupe: false }))).rejects.toThrow(/expected/);
    }
  });
});

describe('time', () => {
  it('serves each request for a time within the range, drawn from the stream of its symbol', () => {
    const times = (symbols: readonly number[]): number[] => {
      const rig = rigOf({ serviceUs: [1_000, 3_000] });
      const make = new Requests();
      return symbols.map((symbol) => {
        const beforeUs = rig.kernel.nowUs;
        rig.ask(make.query('PING', symbol));
        return rig.kernel.nowUs - beforeUs;
      });
    };
    const alone = times([0, 0, 0, 0]);
    const mixed = times([0, 1, 0, 0, 1, 0]);
    expect(alone.every((us) => us >= 1_000 && us <= 3_000)).toBe(true);
    expect(new Set(alone).size).toBeGreaterThan(1);
    expect([mixed[0], mixed[2], mixed[3], mixed[5]]).toEqual(alone);
  });

  it('answers at once where service takes no time', () => {
    const rig = rigOf({ serviceUs: [0, 0] });
    rig.ask(new Requests().query('PING'));
    expect(rig.kernel.nowUs).toBe(0);
  });

  it('with a pump serves one request a wake, at multiples of its period', () => {
    const rig = rigOf({ pumpUs: 1_000_000, serviceUs: [1_000, 1_000] });
    const make = new Requests();
    for (let n = 0; n < 4; n++) rig.socket.put(make.query('PING'));
    for (let n = 1; n <= 4; n++) {
      rig.runUntil(n * 1_000_000 + 999);
      expect(rig.socket.replies).toHaveLength(n - 1);
      rig.runUntil(n * 1_000_000 + 1_000);
      expect(rig.socket.replies).toHaveLength(n);
    }
  });

  it('with a pump makes a lone client wait for the next wake, every time', () => {
    const rig = rigOf({ pumpUs: 1_000_000, serviceUs: [2_000, 2_000] });
    const make = new Requests();
    const latenciesUs = [0, 1, 2].map(() => {
      const beforeUs = rig.kernel.nowUs;
      rig.ask(make.query('PING'));
      return rig.kernel.nowUs - beforeUs;
    });
    expect(latenciesUs).toEqual([1_002_000, 1_000_000, 1_000_000]);
  });
});

describe('stalls', () => {
  const stalled = {
    serviceUs: [1_000, 1_000] as const,
    faults: { stalls: [{ atUs: 500, forUs: 9_000 }] },
  };

  it('interrupt the service that is under way for as long as they last', () => {
    const rig = rigOf(stalled);
    rig.ask(new Requests().query('PING'));
    expect(rig.kernel.nowUs).toBe(10_000);
    const [fault, ...others] = rig.events(EventKind.fault);
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ timeUs: 500, a: FaultKind.stall, b: 9 });
  });

  it('hold up a request that comes in their middle, and its service begins after them', () => {
    const rig = rigOf(stalled);
    rig.runUntil(4_000);
    const late = new Requests().open(1, { validUntilUs: 9_000 });
    const reply = rig.ask(late);
    expect(rig.kernel.nowUs).toBe(10_500);
    expect(reply).toMatchObject({ kind: 'rejected', error: 'MT5_ORDER_FAILED' });
  });

  it('go unnoticed while nobody asks', () => {
    const rig = rigOf(stalled);
    rig.runUntil(20_000);
    rig.ask(new Requests().query('PING'));
    expect(rig.kernel.nowUs).toBe(21_000);
    expect(rig.events(EventKind.fault)).toEqual([]);
  });

  it('may overlap, and count once where they do', () => {
    const stalls = [
      { atUs: 500, forUs: 2_000 },
      { atUs: 1_000, forUs: 3_000 },
      { atUs: 1_500, forUs: 100 },
    ];
    const rig = rigOf({ serviceUs: [1_000, 1_000], faults: { stalls } });
    rig.ask(new Requests().query('PING'));
    expect(rig.kernel.nowUs).toBe(4_500);
  });
});

describe('a crash', () => {
  const slow = { serviceUs: [10_000, 10_000] as const };
  const crashAt = (rig: Rig, atUs: number): void => {
    rig.runUntil(atUs);
    rig.gateway.crash();
    rig.socket.crash();
    rig.runUntil(atUs + 5_000);
    rig.gateway.restart();
  };

  it.each([
    ['early in the service loses the order and its answer', 4_999, 0],
    ['late in the service executes the order and loses its answer', 5_000, 1],
  ])('%s', (_, atUs, fills) => {
    const rig = rigOf(slow);
    const make = new Requests();
    rig.socket.put(make.open(1));
    crashAt(rig, atUs);
    const sync = rig.ask(make.query('SYNC_ALL', 0));
    expect(rig.socket.replies).toEqual([sync]);
    expect(rig.events(EventKind.fill)).toHaveLength(fills);
    expect(sync).toMatchObject({ kind: 'sync', deals: Array(fills).fill({ order: 1 }) });
  });

  it('while nothing is asked leaves the gateway able to serve', () => {
    const rig = rigOf(slow);
    crashAt(rig, 1_000);
    expect(rig.ask(new Requests().query('PING'))).toMatchObject({ kind: 'pong' });
  });

  it('in the instant in which a request came in loses it', () => {
    const rig = rigOf(slow);
    const make = new Requests();
    rig.runUntil(1_000);
    rig.socket.put(make.open(1));
    rig.gateway.crash();
    rig.socket.crash();
    rig.gateway.restart();
    const sync = rig.ask(make.query('SYNC_ALL', 0));
    expect(rig.socket.replies).toEqual([sync]);
    expect(sync).toMatchObject({ kind: 'sync', deals: [] });
  });

  it('just before a request came in answers that with an error, and executes nothing', () => {
    const rig = rigOf(slow);
    const make = new Requests();
    rig.runUntil(1_000);
    rig.gateway.crash();
    rig.gateway.restart();
    expect(rig.ask(make.open(1))).toMatchObject({ kind: 'failed', error: 'SERVER_ERROR' });
    expect(rig.ask(make.query('SYNC_ALL', 0))).toMatchObject({ kind: 'sync', deals: [] });
  });

  it('keeps books and positions', () => {
    const rig = rigOf(slow);
    const make = new Requests();
    const filled = rig.ask(make.open(1, { roundTrip: false }));
    crashAt(rig, 100_000);
    const sync = rig.ask(make.query('SYNC_ALL'));
    expect(filled).toMatchObject({ kind: 'filled' });
    expect(sync).toMatchObject({ kind: 'sync', positions: [{ order: 1 }] });
  });
});

describe('money', () => {
  const command = fc.record({
    order: fc.integer({ min: 1, max: 12 }),
    symbol: fc.integer({ min: 0, max: 1 }),
    what: fc.constantFrom('trip', 'open', 'close', 'part'),
    side: fc.constantFrom('BUY' as const, 'SELL' as const),
    volumeMilli: fc.integer({ min: 1, max: 1_000 }),
    pauseUs: fc.integer({ min: 0, max: 60_000 }),
  });

  it('never gets lost: books, account and fills agree, whatever is asked', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 40 }), fc.boolean(), (commands, dedupe) => {
        const rig = rigOf({ dedupe, serviceUs: [0, 100] });
        const make = new Requests();
        for (const { order, symbol, what, side, volumeMilli, pauseUs } of commands) {
          rig.runUntil(rig.kernel.nowUs + pauseUs);
          const positions = rig.ask(make.positions(symbol));
          const [first] = positions.kind === 'positions' ? positions.positions : [];
          const ticket = first?.ticket ?? 1;
          if (what === 'close') rig.ask(make.close(order, ticket, { symbol }));
          else if (what === 'part') rig.ask(make.close(order, ticket, { symbol, volumeMilli: 1 }));
          else rig.ask(make.open(order, { symbol, side, volumeMilli, roundTrip: what === 'trip' }));
        }
        const account = rig.ask(make.query('GET_ACCOUNT'));
        rig.desk.stampBooks(rig.task.id);
        const fills = rig.events(EventKind.fill);
        const sum = (of: number): number =>
          fills
            .filter(({ symbol }) => of === NONE || symbol === of)
            .reduce((n, { value }) => n + value, 0);
        const books = rig.events(EventKind.books).slice(-3);
        expect(books.map(({ symbol, value }) => [symbol, value])).toEqual(
          [0, 1, NONE].map((symbol) => [symbol, sum(symbol)]),
        );
        expect(account).toMatchObject({ account: { balance: BALANCE_CENTS + sum(NONE) } });
        const orders = fills.map(({ symbol, a }) => `${symbol}:${a}`);
        if (dedupe) expect(new Set(orders).size).toBe(orders.length);
      }),
      { seed: 127, numRuns: 150 },
    );
  });

  it('of a position closed in parts is the money of the position closed at once', () => {
    const volume = fc.integer({ min: 2, max: 500 });
    fc.assert(
      fc.property(volume, fc.integer({ min: 1, max: 499 }), (volumeMilli, part) => {
        fc.pre(part < volumeMilli);
        const earn = (parts: readonly number[]): number => {
          const rig = rigOf();
          const make = new Requests();
          const opened = rig.ask(make.open(1, { roundTrip: false, volumeMilli, signal: 3 }));
          const ticket = opened.kind === 'filled' ? opened.ticket : 0;
          let order = 1;
          return parts.reduce((sum, closes) => {
            const reply = rig.ask(make.close(++order, ticket, { volumeMilli: closes }));
            return reply.kind === 'filled' ? sum + reply.profit : NaN;
          }, 0);
        };
        expect(earn([part, volumeMilli - part])).toBe(earn([volumeMilli]));
      }),
      { seed: 127, numRuns: 50 },
    );
  });

  it("bound as margin is the open exposure's share of the balance at the start", () => {
    const rig = rigOf();
    const make = new Requests();
    rig.ask(make.open(1, { roundTrip: false, exposureBp: 200 }));
    rig.ask(make.open(2, { roundTrip: false, exposureBp: 51, symbol: 1 }));
    rig.ask(make.open(3, { exposureBp: 9_999 }));
    const account = rig.ask(make.query('GET_ACCOUNT'));
    expect(account).toMatchObject({ account: { margin: (BALANCE_CENTS * 251) / 10_000 } });
  });

  it('pays commission for each execution: to open, to close, twice for a round trip', () => {
    const still = { ...WALK_MARKET, spreadPoints: 0, stepUs: 1e9 };
    const rig = new Rig({ markets: { 'BTCUSD.s': still } });
    const make = new Requests();
    const profitOf = (request: Parameters<Rig['ask']>[0]): number => {
      const reply = rig.ask(request);
      return reply.kind === 'filled' ? reply.profit : NaN;
    };
    expect(profitOf(make.open(1))).toBe(-14);
    expect(profitOf(make.open(2, { roundTrip: false }))).toBe(-7);
    expect(profitOf(make.close(3, 2))).toBe(-7);
  });
});

describe('mistakes', () => {
  const booksOf = (rig: Rig): readonly number[] => {
    rig.desk.stampBooks(rig.task.id);
    const account = rig.events(EventKind.books).slice(-1)[0]?.value ?? NaN;
    const fills = rig.events(EventKind.fill).reduce((sum, { value }) => sum + value, 0);
    return [account, fills];
  };

  it('no-commission books differ from the fills by the commission, and only there', () => {
    const rig = rigOf({ books: 'no-commission' });
    const make = new Requests();
    rig.ask(make.open(1));
    const [account, fills] = booksOf(rig);
    expect(account).toBe(fills);
    rig.ask(make.open(2, { symbol: 1 }));
    const [more = 0, sum = 0] = booksOf(rig);
    expect(more - sum).toBe(14);
  });

  it('late-duplicate books enter a recognised order again', () => {
    const rig = rigOf({ books: 'late-duplicate' });
    const make = new Requests();
    rig.ask(make.open(1));
    const [before, once = 0] = booksOf(rig);
    expect(before).toBe(once);
    rig.ask(make.open(1));
    expect(booksOf(rig)).toEqual([2 * once, once]);
  });

  it('queries fail as often as they are set to, and nothing else does', () => {
    const rig = rigOf({ queryErrorPerMillion: 300_000, serviceUs: [0, 0] });
    const make = new Requests();
    let failed = 0;
    for (let n = 0; n < 1_000; n++) {
      if (rig.ask(make.positions(0)).kind === 'failed') failed += 1;
      expect(rig.ask(make.query('PING')).kind).toBe('pong');
      expect(rig.ask(make.open(n + 1)).kind).toBe('filled');
    }
    expect(failed).toBeGreaterThan(250);
    expect(failed).toBeLessThan(350);
  });
});

describe('memory', () => {
  it('recognises an order that comes again after 1,023 others, and stays within its bound', () => {
    const rig = rigOf({ serviceUs: [0, 0] });
    const make = new Requests();
    const first = rig.ask(make.open(1));
    for (let order = 2; order <= DEALS_KEPT; order++) rig.ask(make.open(order));
    expect(rig.ask(make.open(1))).toMatchObject({
      ticket: first.kind === 'filled' ? first.ticket : 0,
    });
    for (let order = 1; order <= 50; order++) rig.ask(make.open(DEALS_KEPT + order));
    const sync = rig.ask(make.query('SYNC_ALL'));
    expect(sync.kind === 'sync' && sync.deals).toHaveLength(DEALS_KEPT);
  });

  it('refuses a position more than an account may hold', () => {
    const rig = rigOf({ serviceUs: [0, 0] });
    const make = new Requests();
    for (let order = 1; order <= 1_000; order++) rig.ask(make.open(order, { roundTrip: false }));
    const reply = rig.ask(make.open(1_001, { roundTrip: false }));
    expect(reply).toMatchObject({ kind: 'rejected', error: 'MT5_ORDER_FAILED' });
  });
});
