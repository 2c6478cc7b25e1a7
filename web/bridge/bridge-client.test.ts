/**
 * The engine's client over a port that the test plays: what an exchange comes to, and what of the
 * bridge's socket stands in the trace.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import {
  Action,
  Directory,
  EventKind,
  type ExchangeResult,
  formatReply,
  type GatewayReply,
  type GatewayRequest,
  newView,
  NONE,
  ObjectId,
  park,
  readEvent,
  RealTimeKernel,
  Recorder,
  ReplyStatus,
  SocketErrorCode,
  type SocketErrorName,
  type TraceEvent,
} from '../../sim/index.ts';
import type { Outcome } from '../../bridge/protocol.ts';
import { BridgeClient } from './bridge-client.ts';
import type { FromGateway, ToGateway } from './contract.ts';
import { PlayedDoor, settled } from './testing/doors.ts';

const SYMBOLS = ['BTCUSD.s', 'ETHUSD.s'];
const DEADLINE_MS = 50;

/** A run whose port, time and gateway are the test's. */
class Stage {
  readonly events: TraceEvent[] = [];
  readonly door = new PlayedDoor();
  readonly asked: ToGateway[number][] = [];
  readonly messages: ToGateway[] = [];
  readonly results: (ExchangeResult<GatewayReply> | undefined)[] = [];
  readonly refused: string[] = [];
  readonly recorder = new Recorder({
    keep: false,
    readers: [
      (segment) => {
        for (let at = 0; at < segment.size; at++) {
          const view = newView();
          readEvent(segment, at, view);
          this.events.push(view);
        }
      },
    ],
  });
  readonly directory = new Directory(7, SYMBOLS);
  readonly kernel = new RealTimeKernel({
    clock: this.recorder,
    wall: {
      nowUs: () => this.door.nowMs() * 1_000,
      later: (us, callback) => this.door.later(us / 1_000, callback),
    },
    timeLimitUs: Infinity,
  });
  #say: (news: FromGateway) => void = () => {};
  readonly client = new BridgeClient({
    ...{ kernel: this.kernel, recorder: this.recorder, directory: this.directory },
    port: {
      send: (message: ToGateway) => {
        this.messages.push(message);
        this.asked.push(...message);
      },
      listen: (take: (news: FromGateway) => void) => {
        this.#say = take;
      },
    },
    clock: {
      originUs: () => 1_000_000,
      unixNowUs: () => 1_000_000 + this.door.nowMs() * 1_000,
      later: (ms, callback) => this.door.later(ms, callback),
    },
    object: ObjectId.socket,
    options: { timeoutUs: DEADLINE_MS * 1_000, attempts: 2, backoffUs: 0 },
    onRefused: (code) => this.refused.push(code),
  });

  /** A task that does one exchange. */
  exchange(request: GatewayRequest, repeatable = false): void {
    const at = this.results.length;
    this.results.push(undefined);
    const client = this.client;
    const results = this.results;
    this.kernel.spawn(`task ${at}`, request.symbol, 'worker', function* (self) {
      results[at] = yield* client.exchange(self, repeatable, (attempt) => ({
        ...request,
        request: request.request + (attempt - 1) * 100,
      }));
    });
  }

  async start(): Promise<void> {
    // The run goes on when all exchanges are over, for those that come later.
    this.kernel.await();
    this.kernel.spawn('waits', NONE, 'worker', function* () {
      yield park(Infinity);
    });
    this.kernel.start(() => {});
    await this.turn();
  }

  async turn(): Promise<void> {
    await this.door.pass(0);
    await settled();
  }

  async say(...news: FromGateway): Promise<void> {
    this.#say(news);
    await this.turn();
  }

  outcome(at: number, outcome: Outcome): Promise<void> {
    return this.say({ kind: 'outcome', id: this.asked[at]?.id ?? 0, outcome });
  }

  /** The gateway answers what was asked as the `at`th. */
  answer(at: number, request: GatewayRequest, reply: GatewayReply): Promise<void> {
    const text = formatReply(reply, request, this.directory, { serverMs: 1, latencyMs: 1 });
    const fields = JSON.parse(text) as Record<string, unknown>;
    return this.outcome(at, { outcome: 'answered', reply: fields, resolved: [] });
  }

  /** The trace by names, and errors with theirs. */
  get trace(): string[] {
    this.recorder.finish();
    return this.events.map(({ kind, b }) => {
      if (kind !== EventKind.socketError) return nameOf(EventKind, kind);
      return `${nameOf(SocketErrorCode, b >>> 2)} ${b % 4 === 0 ? 'send' : 'receive'}`;
    });
  }
}

function nameOf(names: Readonly<Record<string, number>>, value: number): string {
  return Object.entries(names).find(([, one]) => one === value)?.[0] ?? '?';
}

const ping = (request: number, symbol = 0): GatewayRequest => ({
  ...{ request, code: Action.PING, symbol, action: 'PING' },
});
const pong = (request: number, symbol = 0): GatewayReply => ({
  ...{ request, code: ReplyStatus.ok, symbol, kind: 'pong' },
});
const open = (order: number, symbol = 0): GatewayRequest => ({
  ...{ request: order, code: Action.OPEN, symbol, action: 'OPEN', order, side: 'BUY' },
  ...{ volumeMilli: 10, roundTrip: true, exposureBp: 1, validUntilUs: 20_000, signal: 1 },
});
const failed = (code: string, more: { sent?: true } = {}): Outcome => ({
  ...{ outcome: 'failed', code, message: 'words', ...more },
});
const unknown = (code: string): Outcome => ({ outcome: 'unknown', code, message: 'words' });

let stage: Stage;
beforeEach(() => {
  stage = new Stage();
});

describe('an exchange', () => {
  it('that is answered is a reply; requests of one turn share a message, decimals are text', async () => {
    stage.exchange(open(1));
    stage.exchange(ping(2, 1));
    await stage.start();
    expect(stage.messages).toHaveLength(1);
    expect(stage.asked).toMatchObject([
      { op: 'OPEN', deadlineMs: DEADLINE_MS, body: { symbol: 'BTCUSD.s', volume: '0.01' } },
      { op: 'PING', body: { client: 'ETHUSD.s' } },
    ]);
    // The expiry counts from 1970.
    expect(stage.asked[0]?.body).toMatchObject({ valid_until_us: 1_020_000 });
    const fill = { kind: 'filled', order: 1, ticket: 5, points: 100, profit: 25 } as const;
    await stage.answer(0, open(1), { request: 1, code: ReplyStatus.filled, symbol: 0, ...fill });
    await stage.answer(1, ping(2, 1), pong(2, 1));
    expect(stage.results).toMatchObject([
      { kind: 'reply', reply: { kind: 'filled', profit: 25 } },
      { kind: 'reply', reply: { kind: 'pong' } },
    ]);
    // The second stood behind the first: its send is known when its answer is.
    const exchanges = ['send', 'fill', 'receive', 'send', 'receive'];
    expect(stage.trace).toEqual(['socketOpen', ...exchanges]);
  });

  it.each(['EFSM', 'EBUSY'] as const)(
    'that the socket refuses with %s is that, no send',
    async (code) => {
      stage.exchange(ping(1));
      stage.exchange(ping(2, 1));
      await stage.start();
      await stage.outcome(1, failed(code));
      await stage.answer(0, ping(1), pong(1));
      expect(stage.results).toMatchObject([{ kind: 'reply' }, { kind: 'failed', error: code }]);
      expect(stage.trace).toEqual(['socketOpen', 'send', `${code} send`, 'receive']);
    },
  );

  it.each<[string, Outcome, SocketErrorName]>([
    ['a deadline', unknown('EAGAIN'), 'EAGAIN'],
    ['a cut', unknown('CONNECTION_LOST'), 'EAGAIN'],
    ['a socket that was closed', unknown('EBADF'), 'EBADF'],
  ])(
    'of an order that left, lost by %s, is unknown and not repeated',
    async (_, outcome, error) => {
      stage.exchange(open(1));
      await stage.start();
      await stage.outcome(0, outcome);
      expect(stage.results).toEqual([{ kind: 'unknown' }]);
      expect(stage.asked).toHaveLength(1);
      expect(stage.client.unknown).toBe(1);
      const reopened = error === 'EAGAIN' ? ['socketClose', 'socketOpen'] : [];
      expect(stage.trace).toEqual(['socketOpen', 'send', `${error} receive`, ...reopened]);
    },
  );

  it.each([
    ['UNREADABLE', 1],
    ['REPLY_TOO_LARGE', 1],
    ['OTHER_UUID', 0],
  ])(
    'whose reply is %s is unknown: the socket received something, for request %i',
    async (code, a) => {
      stage.exchange(open(1));
      await stage.start();
      await stage.outcome(0, unknown(code));
      expect(stage.results).toEqual([{ kind: 'unknown' }]);
      expect(stage.trace).toEqual(['socketOpen', 'send', 'receive']);
      expect(stage.events.at(-1)?.a).toBe(a);
    },
  );

  it('that is a question is asked again under another number, as often as it may be', async () => {
    stage.exchange(ping(1), true);
    await stage.start();
    await stage.outcome(0, failed('EAGAIN', { sent: true }));
    await stage.outcome(1, failed('EAGAIN', { sent: true }));
    expect(stage.asked).toHaveLength(2);
    expect(stage.asked[0]?.body['uuid']).not.toBe(stage.asked[1]?.body['uuid']);
    expect(stage.results).toEqual([{ kind: 'unknown' }]);
  });

  it('that the bridge refuses never left; what follows is not stamped as sent before it is', async () => {
    stage.exchange(open(1));
    await stage.start();
    const refused: Outcome = { outcome: 'refused', code: 'not-armed', message: 'words' };
    await stage.outcome(0, refused);
    stage.exchange(open(2));
    await stage.turn();
    await stage.outcome(1, refused);
    expect(stage.results).toEqual(Array(2).fill({ kind: 'failed', error: 'EAGAIN' }));
    expect(stage.refused).toEqual(['not-armed', 'not-armed']);
    expect(stage.trace).toEqual(['socketOpen', 'send', 'socketClose', 'socketOpen']);
  });
});

describe('a connection that is lost', () => {
  it('has what is asked meanwhile wait for it, and go when it is found', async () => {
    await stage.say({ kind: 'lost' });
    stage.exchange(ping(1));
    await stage.start();
    expect(stage.asked).toEqual([]);
    await stage.say({ kind: 'found' });
    expect(stage.asked).toHaveLength(1);
    await stage.answer(0, ping(1), pong(1));
    expect(stage.results).toMatchObject([{ kind: 'reply' }]);
  });

  it('fails what waited for it in vain: it has not left', async () => {
    await stage.say({ kind: 'lost' });
    stage.exchange(open(1));
    await stage.start();
    await stage.door.pass(DEADLINE_MS + 1);
    expect(stage.results).toEqual([{ kind: 'failed', error: 'EAGAIN' }]);
    await stage.say({ kind: 'found' });
    expect(stage.asked).toEqual([]);
  });

  it('without a word from its worker ends an order as unknown', async () => {
    stage.exchange(open(1));
    await stage.start();
    await stage.door.pass(60_000);
    expect(stage.results).toEqual([{ kind: 'unknown' }]);
  });
});

describe('an order of unknown outcome', () => {
  const sync = (deals: readonly number[]): GatewayReply => ({
    ...{ request: 9, code: ReplyStatus.ok, symbol: 0, kind: 'sync', positions: [] },
    account: { balance: 0, equity: 0, margin: 0 },
    deals: deals.map((order) => ({ order, ticket: order, profit: 3 })),
  });
  const question: GatewayRequest = {
    ...{ request: 9, code: Action.SYNC_ALL, symbol: 0, action: 'SYNC_ALL' },
  };

  it('is told to be none once the gateway lists others after it could begin no more', async () => {
    stage.exchange(open(1));
    await stage.start();
    await stage.outcome(0, unknown('EAGAIN'));
    await stage.door.pass(10);
    stage.exchange(question);
    await stage.turn();
    await stage.answer(1, question, sync([]));
    expect(stage.asked).toHaveLength(2);
    await stage.door.pass(15);
    stage.exchange({ ...question, request: 10 });
    await stage.turn();
    await stage.answer(2, { ...question, request: 10 }, { ...sync([]), request: 10 });
    expect(stage.asked[3]).toMatchObject({ op: 'RESOLVE', body: { as: 'not-executed' } });
    expect(stage.client.unknown).toBe(0);
  });

  it('is settled by a list that shows it, and its execution stamped once', async () => {
    stage.exchange(open(1));
    await stage.start();
    await stage.outcome(0, unknown('EAGAIN'));
    stage.exchange(question);
    await stage.turn();
    const text = formatReply(sync([1]), question, stage.directory, { serverMs: 1, latencyMs: 1 });
    const reply = JSON.parse(text) as Record<string, unknown>;
    const resolved = [stage.directory.uuidOfOrder(1)];
    await stage.outcome(1, { outcome: 'answered', reply, resolved });
    expect(stage.client.unknown).toBe(0);
    stage.client.hear(sync([1]));
    expect(stage.trace.filter((name) => name === 'fill')).toHaveLength(1);
  });
});

describe('outside a run', () => {
  it('the state is asked for symbol by symbol, and put together', async () => {
    const asking = stage.client.ask('SYNC_ALL');
    for (const [at, symbol] of SYMBOLS.entries()) {
      await settled();
      expect(stage.asked[at]).toMatchObject({ op: 'SYNC_ALL', body: { client: symbol } });
      const [request, code] = [0x4000_0001 + at, Action.SYNC_ALL];
      const question = { request, code, symbol: at, action: 'SYNC_ALL' } as const;
      const account = { balance: 500, equity: 500, margin: 0 };
      // Both lists show the first deal.
      const deals = Array.from({ length: at + 1 }, (_, n) => ({
        order: n,
        ticket: n + 1,
        profit: 1,
      }));
      await stage.answer(at, question, {
        ...{ request, code: ReplyStatus.ok, symbol: at, kind: 'sync', positions: [] },
        ...{ account, deals },
      });
    }
    expect(await asking).toMatchObject({ kind: 'sync', account: { balance: 500 } });
    expect(await asking.then((reply) => reply?.kind === 'sync' && reply.deals.length)).toBe(2);
    expect(stage.trace).toEqual(['socketOpen']);
  });

  it('prices come to whoever subscribed, and each makes room for another', async () => {
    const taken: string[] = [];
    stage.client.subscribe(['BTCUSD.s'], 8, ({ bid }) => taken.push(bid));
    await settled();
    expect(stage.asked).toMatchObject([{ op: 'SUBSCRIBE', body: { symbols: ['BTCUSD.s'] } }]);
    await stage.outcome(0, { outcome: 'done' });
    const tick = { symbol: 'BTCUSD.s', bid: '1.5', ask: '2', timeMs: 1, conflated: 0 };
    await stage.say({ kind: 'tick', tick });
    expect(taken).toEqual(['1.5']);
    const credits = stage.asked.filter(({ op }) => op === 'CREDIT').map(({ body }) => body);
    expect(credits).toEqual([{ credits: 8 }, { credits: 1 }]);
  });
});
