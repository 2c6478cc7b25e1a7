/** The page's connection against a far end that the test plays, in time that the test passes. */
import { describe, expect, it } from 'vitest';
import {
  CloseCode,
  ENVELOPES_MAX,
  FRAME_BYTES_MAX,
  type Outcome,
  type ServerEnvelope,
  type Welcome,
} from '../../bridge/protocol.ts';
import type { FromGateway, ToGateway } from './contract.ts';
import { LinkHost } from './link-host.ts';
import { PlayedDoor, portPair, settled, States } from './testing/doors.ts';
import { isLoopback } from './link-door.ts';

const WELCOME: Welcome = {
  ...{ endpoint: 'tcp://127.0.0.1:5555', gateway: 'own', mode: 'orders-allowed' },
  ...{ credits: 4, symbols: [], unknown: [] },
};
const ORDER = { uuid: 'o-1', op: 'OPEN', symbol: 'BTCUSD.s' } as const;

/** A host whose bridge the test plays. */
class Stage {
  readonly door = new PlayedDoor();
  readonly states = new States();
  readonly host = new LinkHost(this.door, this.states);
  readonly heard: FromGateway[number][] = [];
  #seq = 0;

  say(...envelopes: readonly object[]): void {
    const frame = envelopes.map((envelope) => {
      this.#seq += 1;
      return { v: 1, sid: 's', seq: this.#seq, id: 0, deadlineMs: 0, ...envelope };
    });
    this.door.socket.events.onFrame(JSON.stringify(frame));
  }

  /** Opens the socket that was asked for last, and welcomes. */
  async welcome(more: Partial<Welcome> = {}): Promise<void> {
    this.#seq = 0;
    this.door.socket.events.onOpen();
    this.say({ kind: 'welcome', op: 'welcome', body: { ...WELCOME, ...more } });
    await settled();
  }

  /** Answers the question that each session begins with. */
  async answerProbe(resolved: readonly string[] = []): Promise<void> {
    await settled();
    const [probe] = this.door.socket.last;
    expect(['PING', 'SYNC_ALL']).toContain(probe?.['op']);
    this.reply(Number(probe?.['id']), { outcome: 'answered', reply: {}, resolved: [...resolved] });
    await settled();
  }

  reply(id: number, body: Outcome): void {
    this.say({ kind: 'reply', id, op: 'x', body } satisfies Partial<ServerEnvelope>);
  }

  async connected(more: Partial<Welcome> = {}): Promise<this> {
    void this.host.connect('kept');
    await this.welcome(more);
    await this.answerProbe();
    return this;
  }

  cut(code = 1006, reason = ''): void {
    this.door.socket.events.onClosed(code, reason);
  }

  /** A port into the host; what comes back is heard. */
  port(): (...requests: ToGateway) => Promise<void> {
    const [near, far] = portPair<FromGateway, ToGateway>();
    this.host.openPort(far);
    near.listen((news) => this.heard.push(...news));
    return async (...requests) => {
      near.send(requests);
      await new Promise((resolve) => setTimeout(resolve, 0));
      await settled();
    };
  }

  async arrived(count: number): Promise<void> {
    while (this.heard.length < count) await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

const ping = (id: number) => ({ id, op: 'PING', body: { uuid: `p-${id}` }, deadlineMs: 1_000 });
const open = (id: number) => ({
  ...{ id, op: 'OPEN', deadlineMs: 1_000 },
  body: { uuid: `o-${id}`, symbol: 'BTCUSD.s', type: 'BUY', volume: '0.01', price: '0' },
});

describe('a page that looks for its bridge', () => {
  it.each([
    [true, 'not-running'],
    [false, 'hosted'],
  ] as const)(
    'where nobody answers (loopback %s) says %s, and tries no more',
    async (loop, why) => {
      const { door, host, states } = new Stage();
      door.isLoopback = loop;
      const asked = host.connect(undefined);
      door.socket.events.onClosed(1006, '');
      await asked;
      expect(states.last).toEqual({ kind: 'none', why });
      await door.pass(3_600_000);
      expect(door.sockets).toHaveLength(1);
    },
  );

  it('opens nothing before it is asked to', async () => {
    const { door } = new Stage();
    await door.pass(3_600_000);
    expect(door.sockets).toEqual([]);
  });

  it('that finds one without a token wants the code, and leaves the bridge alone', async () => {
    const { door, host, states } = new Stage();
    const asked = host.connect(undefined);
    door.socket.events.onOpen();
    await asked;
    expect(states.last).toEqual({ kind: 'pairing', problem: undefined });
    expect(door.socket.closed).toBe(true);
    expect(door.socket.sent).toEqual([]);
  });

  it.each([
    [CloseCode.unauthenticated, { kind: 'pairing', problem: { code: 'wrong-code' } }],
    [CloseCode.tooMuch, { kind: 'pairing', problem: { code: 'too-often' } }],
    [CloseCode.goingAway, { kind: 'none', why: { closed: 1001, reason: 'words' } }],
  ])('and whose code comes to %i is told so', async (code, state) => {
    const { door, host, states } = new Stage();
    const asked = host.pair('abcd-efgh');
    door.socket.events.onOpen();
    expect(door.socket.last).toMatchObject([
      { kind: 'hello', op: 'pair', seq: 1, sid: '', body: { code: 'abcd-efgh' } },
    ]);
    door.socket.events.onClosed(code, 'words');
    await asked;
    expect(states.last).toMatchObject(state);
  });

  it('knows its own machine by name', () => {
    const own = ['localhost', '127.0.0.1', '127.1.2.3', '[::1]', 'a.localhost', 'LOCALHOST'];
    for (const name of own) expect(isLoopback(name)).toBe(true);
    for (const name of ['example.com', '10.0.0.1', 'localhost.example.com', '[::2]', '']) {
      expect(isLoopback(name)).toBe(false);
    }
  });
});

describe('a connection', () => {
  it('that is cut is looked for again, later and later, for as long as the page is open', async () => {
    const stage = await new Stage().connected();
    const { door, states } = stage;
    stage.cut();
    const pausesMs: number[] = [];
    for (let attempt = 1; attempt <= 12; attempt++) {
      expect(states.last).toMatchObject({ kind: 'lost', attempt, since: 0 });
      const sockets = door.sockets.length;
      const fromMs = door.nowMs();
      while (door.sockets.length === sockets) await door.pass(25);
      pausesMs.push(door.nowMs() - fromMs);
      stage.cut();
    }
    expect(pausesMs.slice(0, 4)).toEqual([125, 250, 500, 1_000]);
    expect(pausesMs.at(-1)).toBe(7_500);
  });

  it('comes back disarmed, with its lock, and with the orders that the bridge calls open', async () => {
    const stage = await new Stage().connected();
    const { door, host, states } = stage;
    void host.setLock('none');
    await settled();
    stage.reply(Number(door.socket.last[0]?.['id']), { outcome: 'done' });
    void host.arm({ endpoint: WELCOME.endpoint, symbols: ['BTCUSD.s'] });
    await settled();
    stage.reply(Number(door.socket.last[0]?.['id']), { outcome: 'done' });
    await settled();
    expect(states.last).toMatchObject({ armed: { symbols: ['BTCUSD.s'] } });
    stage.cut();
    await door.pass(125);
    await stage.welcome({ unknown: [ORDER] });
    expect(states.last).toMatchObject({ armed: undefined, unknown: [ORDER] });
    expect(door.socket.last).toMatchObject([{ op: 'LOCK', body: { lock: 'none' } }]);
    stage.reply(1, { outcome: 'done' });
    await stage.answerProbe([ORDER.uuid]);
    await door.pass(250);
    expect(states.last).toMatchObject({ kind: 'orders-allowed', unknown: [] });
  });

  it.each([
    ...[CloseCode.goingAway, CloseCode.tooLarge, CloseCode.malformed, CloseCode.outOfOrder],
    ...[CloseCode.tooSlow, CloseCode.tooMuch],
  ])('that the bridge ends with %i is over, with its words', async (code) => {
    const stage = await new Stage().connected();
    stage.cut(code, 'words');
    expect(stage.states.last).toEqual({ kind: 'none', why: { closed: code, reason: 'words' } });
    await stage.door.pass(3_600_000);
    expect(stage.door.sockets).toHaveLength(1);
  });

  it('to a bridge that was started anew needs its code: the token is forgotten', async () => {
    const stage = await new Stage().connected();
    stage.cut();
    await stage.door.pass(125);
    stage.door.socket.events.onOpen();
    stage.cut(CloseCode.unauthenticated, 'pair again');
    expect(stage.states.last).toMatchObject({ kind: 'pairing', problem: { code: 'other-run' } });
    expect(stage.states.tokens).toEqual([undefined]);
  });

  it.each(['connecting', 'open', 'lost'] as const)('that is %s ends at once', async (when) => {
    const stage = new Stage();
    const asked = stage.host.connect('kept');
    if (when !== 'connecting') {
      await stage.welcome();
      await stage.answerProbe();
    }
    if (when === 'lost') stage.cut();
    const sockets = stage.door.sockets.length;
    stage.host.disconnect();
    await asked;
    expect(stage.states.last).toEqual({ kind: 'none', why: undefined });
    expect(stage.states.tokens).toEqual([undefined]);
    await stage.door.pass(3_600_000);
    expect(stage.door.sockets).toHaveLength(sockets);
  });

  it('whose far end breaks the protocol, or says nothing for long, is not kept', async () => {
    const broken = await new Stage().connected();
    broken.door.socket.events.onFrame('[{"v":2}]');
    expect(broken.states.last).toMatchObject({ kind: 'none', why: { closed: 4400 } });
    const doubled = await new Stage().connected();
    doubled.door.socket.events.onFrame(
      JSON.stringify([
        { v: 1, sid: 's', seq: 1, id: 0, deadlineMs: 0, kind: 'tick', op: 'tick', body: TICK },
      ]),
    );
    expect(doubled.states.last).toMatchObject({ kind: 'none', why: { closed: 4409 } });
    const silent = await new Stage().connected();
    await silent.port()(ping(1));
    await silent.door.pass(10_000);
    expect(silent.states.last?.kind).toBe('lost');
    const unwelcome = new Stage();
    void unwelcome.host.connect('kept');
    unwelcome.door.socket.events.onOpen();
    await unwelcome.door.pass(10_000);
    expect(unwelcome.states.last).toMatchObject({ kind: 'none', why: 'not-running' });
  });
});

const TICK = { symbol: 'BTCUSD.s', bid: '1', ask: '2', timeMs: 3, conflated: 0 };

describe('requests of a run', () => {
  it('of one turn go in one frame, numbered on, and as many as there are credits', async () => {
    const stage = await new Stage().connected({ credits: 3 });
    const ask = stage.port();
    await ask(...[1, 2, 3, 4, 5].map(ping));
    const frame = stage.door.socket.last;
    expect(frame.map(({ id }) => id)).toEqual([2, 3, 4]);
    expect(frame.map(({ seq }) => seq)).toEqual([3, 4, 5]);
    const answered: Outcome = { outcome: 'answered', reply: {}, resolved: [] };
    stage.reply(3, answered);
    await settled();
    expect(stage.door.socket.last.map(({ id }) => id)).toEqual([5]);
    await stage.arrived(1);
    expect(stage.heard).toEqual([{ kind: 'outcome', id: 2, outcome: answered }]);
  });

  it('that are many or large go in several frames, none above what a bridge takes', async () => {
    const stage = await new Stage().connected({ credits: 1_000 });
    const before = stage.door.socket.sent.length;
    const large = (id: number) => ({ ...ping(id), body: { uuid: 'é'.repeat(300) } });
    await stage.port()(...Array.from({ length: 300 }, (_, at) => large(at + 1)));
    const frames = stage.door.socket.sent.slice(before);
    expect(frames.length).toBeGreaterThan(2);
    for (const frame of frames) {
      expect(new TextEncoder().encode(frame).length).toBeLessThanOrEqual(FRAME_BYTES_MAX);
      expect((JSON.parse(frame) as unknown[]).length).toBeLessThanOrEqual(ENVELOPES_MAX);
    }
  });

  it('wait for the lock and the first answer of a session, and are then sent', async () => {
    const stage = new Stage();
    void stage.host.connect('kept');
    await stage.welcome();
    await stage.port()(open(1));
    expect(stage.door.socket.last).toMatchObject([{ op: 'PING' }]);
    await stage.answerProbe();
    expect(stage.door.socket.last).toMatchObject([{ op: 'OPEN' }]);
  });

  it('under way at a cut are unknown or failed, those behind them refused; then it is lost', async () => {
    const stage = await new Stage().connected({ credits: 2 });
    await stage.port()(open(1), ping(2), open(3));
    stage.cut();
    await stage.arrived(4);
    expect(stage.heard).toMatchObject([
      { kind: 'outcome', id: 1, outcome: { outcome: 'unknown', code: 'CONNECTION_LOST' } },
      { kind: 'outcome', id: 2, outcome: { outcome: 'failed', code: 'CONNECTION_LOST' } },
      { kind: 'outcome', id: 3, outcome: { outcome: 'refused', code: 'not-connected' } },
      { kind: 'lost' },
    ]);
    await stage.door.pass(125);
    await stage.welcome();
    await stage.answerProbe();
    await stage.arrived(5);
    expect(stage.heard.at(-1)).toEqual({ kind: 'found' });
    // Nothing of what was there before the cut was said again.
    const said = stage.door.socket.sent.join();
    expect(said).not.toContain('"OPEN"');
  });

  it('without a connection, or that are none for a gateway, are refused', async () => {
    const stage = new Stage();
    const ask = stage.port();
    await ask(ping(1));
    await stage.connected();
    await ask({ ...ping(2), op: 'ARM' });
    await stage.arrived(3);
    const outcomes = stage.heard.filter(({ kind }) => kind === 'outcome');
    expect(outcomes).toMatchObject([
      { id: 1, outcome: { outcome: 'refused', code: 'not-connected' } },
      { id: 2, outcome: { outcome: 'refused', code: 'not-for-ports' } },
    ]);
  });

  it('whose deadline passes behind others never leave', async () => {
    const stage = await new Stage().connected({ credits: 1 });
    await stage.port()(ping(1), { ...open(2), deadlineMs: 50 });
    await stage.door.pass(60);
    stage.reply(2, { outcome: 'answered', reply: {}, resolved: [] });
    await settled();
    await stage.arrived(2);
    expect(stage.heard[1]).toMatchObject({ id: 2, outcome: { code: 'too-late' } });
    expect(stage.door.socket.sent.join()).not.toContain('"OPEN"');
  });

  it('tell which orders are open, and how far the gateway is', async () => {
    const stage = await new Stage().connected();
    await stage.port()(open(1));
    await stage.door.pass(7);
    stage.reply(2, { outcome: 'unknown', code: 'EAGAIN', message: 'no reply' });
    await stage.door.pass(250);
    const unknown = [{ uuid: 'o-1', op: 'OPEN', symbol: 'BTCUSD.s' }];
    expect(stage.states.last).toMatchObject({ unknown, latencyMs: 0 });
    const resolving = stage.host.resolve('o-1', 'not-executed');
    await settled();
    stage.reply(3, { outcome: 'done' });
    expect(await resolving).toEqual({ kind: 'ok', value: undefined });
    expect(stage.states.last).toMatchObject({ unknown: [] });
  });
});

describe('prices', () => {
  it('come to the port that subscribed, as many as it allows', async () => {
    const stage = await new Stage().connected();
    const ask = stage.port();
    const subscribe = { id: 1, op: 'SUBSCRIBE', body: { symbols: ['BTCUSD.s'] }, deadlineMs: 100 };
    await ask(subscribe);
    stage.reply(2, { outcome: 'done' });
    await ask({ id: 0, op: 'CREDIT', body: { credits: 8 }, deadlineMs: 0 });
    expect(stage.door.socket.last).toMatchObject([{ kind: 'credit', body: { credits: 8 } }]);
    stage.say({ kind: 'tick', op: 'tick', body: TICK });
    await stage.arrived(2);
    expect(stage.heard.at(-1)).toEqual({ kind: 'tick', tick: TICK });
  });
});
