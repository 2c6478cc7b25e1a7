/**
 * The page's connection with its bridge: looks for it, pairs, keeps it, and looks again after a
 * cut.
 *
 * Whether a bridge is there is seen by opening a WebSocket to where the page comes from, and
 * nowhere else: no port is tried. A static host answers no upgrade; what a browser then tells is
 * the same for every failure, so it is the page's own address that says what to advise. Invariants:
 * nothing connects before `connect`; after `disconnect` nothing does; a token that the bridge
 * refuses is forgotten; a session's arming ends with it. Known limit: a bridge that has as many
 * connections as it takes looks like none.
 */
import type { LockName, Problem, Result } from '../../sim/index.ts';
import { CloseCode, type Outcome, type UnknownOrder, type Welcome } from '../../bridge/protocol.ts';
import type { Armed, LinkState, NoBridge } from './contract.ts';
import { type GatewayPort, GatewayPorts } from './gateway-ports.ts';
import type { LinkDoor } from './link-door.ts';
import { UnknownOrders } from './unknown-orders.ts';
import { type Hello, NOT_CONNECTED, Wire, type WireEnd, type WireRequest } from './wire.ts';

export interface LinkHostListener {
  readonly onState: (state: LinkState) => void;
  /** A token to keep, or that there is none any more. */
  readonly onToken: (token: string | undefined) => void;
}

/** The lock of a new session. */
const LOCK_AT_FIRST: LockName = 'fifo';
const COMMAND_MS = 5_000;
const PROBE_MS = 2_000;
/** Pause before the first attempt to come back, and the longest one. */
const PAUSE_MS = 250;
const PAUSE_MS_MAX = 15_000;
/** How often latency and unknown orders are told. */
const NEWS_MS = 250;
/** What the bridge says when it ends a connection for good. */
const FINAL: readonly number[] = [
  ...[CloseCode.goingAway, CloseCode.tooLarge, CloseCode.malformed, CloseCode.outOfOrder],
  ...[CloseCode.tooSlow, CloseCode.tooMuch],
];

/** A session that was welcomed. */
interface Session {
  readonly wire: Wire;
  readonly welcome: Omit<Welcome, 'token'>;
  readonly unknown: UnknownOrders;
  armed: Armed | undefined;
  latencyMs: number | undefined;
  /** Ends when the gateway has answered the first question, or has not. */
  probed: Promise<void>;
  /** What ports asked before they may; undefined once they may. */
  held: WireRequest[] | undefined;
}

export class LinkHost {
  readonly #door: LinkDoor;
  readonly #listener: LinkHostListener;
  readonly #ports: GatewayPorts;
  #token: string | undefined = undefined;
  #lock: LockName = LOCK_AT_FIRST;
  /** The connection that is being opened, or is open. */
  #wire: Wire | undefined = undefined;
  #session: Session | undefined = undefined;
  /** Set from a cut until the bridge is found again, or refuses. */
  #lost: { readonly since: number; attempt: number } | undefined = undefined;
  #withdraw: (() => void) | undefined = undefined;
  /** Ends the wait of whoever asked for the connection that is being opened. */
  #decided: () => void = () => {};
  #newsDue = false;

  constructor(door: LinkDoor, listener: LinkHostListener) {
    this.#door = door;
    this.#listener = listener;
    this.#ports = new GatewayPorts(door, () => this.#carrier());
  }

  /** Looks for the bridge, with a token that was kept, if any; resolves once that is decided. */
  connect(token: string | undefined): Promise<void> {
    if (this.#wire !== undefined) return Promise.resolve();
    if (this.#lost === undefined) this.#token = token;
    this.#withdraw?.();
    return this.#openByToken();
  }

  /** Shows the code; resolves once it is welcomed or not. */
  pair(code: string): Promise<void> {
    if (this.#wire !== undefined) return Promise.resolve();
    this.#stopLooking();
    return this.#open({ code: code.trim() });
  }

  arm(armed: Armed): Promise<Result<void, Problem>> {
    const { endpoint, symbols } = armed;
    return this.#command('ARM', { endpoint, symbols }, (session) => {
      session.armed = armed;
    });
  }

  disarm(): Promise<Result<void, Problem>> {
    return this.#command('DISARM', {}, (session) => {
      session.armed = undefined;
    });
  }

  /** The bridge takes another lock only between requests, and disarms. */
  async setLock(lock: LockName): Promise<Result<void, Problem>> {
    await this.#session?.probed;
    return this.#command('LOCK', { lock }, (session) => {
      this.#lock = lock;
      session.armed = undefined;
    });
  }

  resolve(uuid: string, as: 'executed' | 'not-executed'): Promise<Result<void, Problem>> {
    return this.#command('RESOLVE', { uuid, as }, () => {});
  }

  openPort(port: GatewayPort): void {
    this.#ports.add(port);
  }

  /** Ends everything at once, and forgets the token. */
  disconnect(): void {
    this.#stopLooking();
    this.#lock = LOCK_AT_FIRST;
    this.#keepToken(undefined);
    this.#wire?.close();
    this.#drop();
    this.#decided();
    this.#say({ kind: 'none', why: undefined });
  }

  #openByToken(): Promise<void> {
    return this.#open(this.#token === undefined ? undefined : { token: this.#token });
  }

  #open(hello: Hello | undefined): Promise<void> {
    return new Promise((decided) => {
      this.#decided = decided;
      const wire = new Wire(this.#door, hello, {
        onOpen: () => {
          if (hello !== undefined) return;
          // It is a bridge: it would wait two seconds for a hello, and a person takes longer.
          wire.close();
          this.#drop();
          this.#say({ kind: 'pairing', problem: undefined });
          decided();
        },
        onWelcome: (welcome) => {
          this.#welcomed(wire, welcome);
          decided();
        },
        onTick: (tick) => this.#ports.tick(tick),
        onEnd: (end) => {
          this.#ended(hello, end);
          decided();
        },
      });
      this.#wire = wire;
    });
  }

  #welcomed(wire: Wire, { token, ...welcome }: Welcome): void {
    this.#stopLooking();
    if (token !== undefined) this.#keepToken(token);
    const session: Session = {
      ...{ wire, welcome, armed: undefined, latencyMs: undefined, held: [] },
      unknown: new UnknownOrders(welcome.unknown),
      probed: Promise.resolve(),
    };
    this.#session = session;
    session.probed = this.#prepare(session);
    this.#tell();
  }

  /** What has to be so before others ask: the lock that was chosen, and nothing under way. */
  async #prepare(session: Session): Promise<void> {
    if (this.#lock !== LOCK_AT_FIRST) {
      await this.#asked(session, {
        op: 'LOCK',
        body: { lock: this.#lock },
        deadlineMs: COMMAND_MS,
      });
    }
    // Tells how far the gateway is, and, of orders that are open, what became of them.
    const symbols = new Set(session.unknown.list.map(({ symbol }) => symbol));
    for (const client of symbols.size === 0 ? [undefined] : symbols) {
      const op = client === undefined ? 'PING' : 'SYNC_ALL';
      const body = { uuid: this.#door.uuid(), ...(client === undefined ? {} : { client }) };
      await this.#asked(session, { op, body, deadlineMs: PROBE_MS });
    }
    if (this.#session !== session) return;
    const held = session.held ?? [];
    session.held = undefined;
    this.#ports.found();
    for (const request of held) this.#watched(session, request);
  }

  #ended(hello: Hello | undefined, { code, reason, opened }: WireEnd): void {
    const hadSession = this.#session !== undefined;
    this.#drop();
    if (code === CloseCode.unauthenticated) {
      this.#stopLooking();
      if (hello === undefined || 'token' in hello) this.#keepToken(undefined);
      const kind = hello !== undefined && 'code' in hello ? 'wrong-code' : 'other-run';
      return this.#say({ kind: 'pairing', problem: { code: kind, message: reason } });
    }
    if (!hadSession && hello !== undefined && 'code' in hello && code === CloseCode.tooMuch) {
      return this.#say({ kind: 'pairing', problem: { code: 'too-often', message: reason } });
    }
    if (FINAL.includes(code)) return this.#none({ closed: code, reason });
    if (hadSession || this.#lost !== undefined) return this.#lookAgain();
    const isThere = opened || this.#door.isLoopback;
    this.#none(isThere ? 'not-running' : 'hosted');
  }

  #none(why: NoBridge): void {
    this.#stopLooking();
    this.#say({ kind: 'none', why });
  }

  #lookAgain(): void {
    const lost = (this.#lost ??= { since: this.#door.nowMs(), attempt: 0 });
    lost.attempt += 1;
    this.#say({ kind: 'lost', ...lost });
    const pauseMs = Math.min(PAUSE_MS_MAX, PAUSE_MS * 2 ** (lost.attempt - 1));
    // Half of it at least, so that many pages do not come back at once.
    const jitteredMs = (pauseMs / 2) * (1 + this.#door.random());
    this.#withdraw = this.#door.later(jitteredMs, () => {
      this.#withdraw = undefined;
      void this.#openByToken();
    });
  }

  #stopLooking(): void {
    this.#withdraw?.();
    this.#withdraw = undefined;
    this.#lost = undefined;
  }

  /** The connection is gone. */
  #drop(): void {
    const session = this.#session;
    this.#wire = undefined;
    this.#session = undefined;
    if (session === undefined) return;
    for (const { onOutcome } of session.held ?? []) onOutcome(NOT_CONNECTED, 0);
    this.#ports.lost();
  }

  #keepToken(token: string | undefined): void {
    if (this.#token === token) return;
    this.#token = token;
    this.#listener.onToken(token);
  }

  #carrier() {
    const session = this.#session;
    if (session === undefined) return undefined;
    return {
      ask: (request: WireRequest) => {
        if (session.held === undefined) this.#watched(session, request);
        else session.held.push(request);
      },
      grant: (credits: number) => session.wire.grant(credits),
    };
  }

  /** Asks, and learns from the outcome: latency, and which orders are open. */
  #watched(session: Session, request: WireRequest): void {
    session.wire.ask({
      ...request,
      onOutcome: (outcome, tookMs) => {
        session.unknown.learn(request, outcome);
        if (outcome.outcome === 'answered') session.latencyMs = tookMs;
        this.#tellSoon();
        request.onOutcome(outcome, tookMs);
      },
    });
  }

  #asked(session: Session, request: Omit<WireRequest, 'onOutcome'>): Promise<Outcome> {
    return new Promise((onOutcome) => this.#watched(session, { ...request, onOutcome }));
  }

  async #command(
    op: string,
    body: WireRequest['body'],
    done: (session: Session) => void,
  ): Promise<Result<void, Problem>> {
    const session = this.#session;
    if (session === undefined) {
      const message = 'expected a connection to the bridge: connect first';
      return { kind: 'error', error: { code: 'not-connected', message } };
    }
    const outcome = await this.#asked(session, { op, body, deadlineMs: COMMAND_MS });
    if (outcome.outcome !== 'done') return { kind: 'error', error: problemOf(outcome) };
    done(session);
    this.#tell();
    return { kind: 'ok', value: undefined };
  }

  #tellSoon(): void {
    if (this.#newsDue) return;
    this.#newsDue = true;
    this.#door.later(NEWS_MS, () => {
      this.#newsDue = false;
      this.#tell();
    });
  }

  /** How a session stands, if there is one. */
  #tell(): void {
    const session = this.#session;
    if (session === undefined) return;
    const { welcome, latencyMs, armed } = session;
    const unknown: readonly UnknownOrder[] = session.unknown.list;
    if (welcome.mode === 'read-only') {
      this.#say({ kind: 'read-only', welcome, latencyMs, unknown });
    } else this.#say({ kind: 'orders-allowed', welcome, latencyMs, unknown, armed });
  }

  #say(state: LinkState): void {
    this.#listener.onState(state);
  }
}

function problemOf(outcome: Outcome): Problem {
  if ('code' in outcome) return { code: outcome.code, message: outcome.message };
  return { code: 'internal', message: `expected the bridge to do it, got ${outcome.outcome}` };
}
