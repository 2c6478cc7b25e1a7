/**
 * One page's conversation: who it is, what it may ask, and the answers, each exactly once.
 *
 * Invariants: nothing but a `hello` is read before the token fits; a request gets one reply, which
 * is never dropped while the connection lives; every request takes a credit until it is answered,
 * so a page cannot make the bridge remember more than that. A connection that breaks a rule of the
 * protocol is closed with a code; a request that asks too much is refused and the connection stays.
 */
import { randomBytes } from 'node:crypto';
import { assertUnreachable } from '../../sim/index.ts';
import {
  type ClientEnvelope,
  CloseCode,
  EnvelopeNumbers,
  type HelloEnvelope,
  isForGateway,
  type Outcome,
  readClientFrame,
  REQUEST_CREDITS,
  type RequestEnvelope,
  type ServerEnvelope,
} from '../protocol.ts';
import { Desk } from './desk.ts';
import { BUFFERED_BYTES_MAX, CONGESTED_BYTES, RATE, RateLimit } from './limits.ts';
import type { RelayParts } from './relay-parts.ts';
import { TickOutbox } from './tick-outbox.ts';

/** The WebSocket as a session sees it. */
export interface Connection {
  send(frame: string): void;
  close(code: number, reason: string): void;
  readonly bufferedBytes: number;
}

const SID_BYTES = 12;

export class Session {
  readonly #parts: RelayParts;
  readonly #connection: Connection;
  readonly #rate: RateLimit;
  readonly #numbers = new EnvelopeNumbers();
  readonly #ticks: TickOutbox;
  readonly #outgoing: ServerEnvelope[] = [];
  readonly #requests = new Set<Promise<void>>();
  /** Undefined before the token and after the end. */
  #desk: Desk | undefined = undefined;
  #state: 'new' | 'open' | 'over' = 'new';
  #lastSeq = 0;
  #lastId = 0;

  constructor(parts: RelayParts, connection: Connection) {
    this.#parts = parts;
    this.#connection = connection;
    this.#rate = new RateLimit(RATE, parts.nowMs);
    this.#ticks = new TickOutbox(
      (body) => this.#say({ ...this.#silent(), kind: 'tick', op: 'tick', body }),
      () => connection.bufferedBytes > CONGESTED_BYTES,
    );
  }

  /** Whether its page showed the token. */
  get isOpen(): boolean {
    return this.#state === 'open';
  }

  /** Takes a frame; undefined stands for one that is not text. */
  receive(frame: string | undefined): void {
    if (this.#state === 'over') return;
    if (!this.#rate.take(1)) return this.#tooFast();
    if (frame === undefined) return this.end(CloseCode.malformed, 'expected text');
    const read = readClientFrame(frame);
    if (read.kind === 'error') return this.end(CloseCode.malformed, read.message);
    if (!this.#rate.take(read.value.length)) return this.#tooFast();
    for (const envelope of read.value) {
      this.#take(envelope, read.value.length);
      if (this.isOver()) return;
    }
  }

  /** Ends the conversation: what is under way is settled, and told to nobody. */
  end(code: number, reason: string): void {
    if (this.#state === 'over') return;
    this.#flush();
    // What was said last may have been too much by itself.
    if (this.isOver()) return;
    this.abandon();
    this.#connection.close(code, reason);
  }

  /** Something that was said has left: there may be room for ticks. */
  sent(): void {
    this.#ticks.drain();
  }

  /** The connection is gone. */
  abandon(): void {
    this.#state = 'over';
    this.#ticks.clear();
    this.#desk?.close();
    this.#desk = undefined;
  }

  /** Resolves when no request of its page is under way. */
  async settled(): Promise<void> {
    await Promise.all(this.#requests);
  }

  isOver(): boolean {
    return this.#state === 'over';
  }

  #take(envelope: ClientEnvelope, frameLength: number): void {
    if (envelope.seq !== this.#lastSeq + 1 || envelope.sid !== this.#numbers.sid) {
      const what = `expected envelope ${this.#lastSeq + 1} of this session`;
      return this.end(CloseCode.outOfOrder, what);
    }
    this.#lastSeq = envelope.seq;
    if (this.#state === 'new') {
      if (envelope.kind === 'hello' && frameLength === 1) return this.#greet(envelope);
      return this.end(CloseCode.unauthenticated, 'expected a hello alone in the first frame');
    }
    switch (envelope.kind) {
      case 'hello':
        return this.end(CloseCode.malformed, 'expected one hello');
      case 'credit':
        return this.#ticks.grant(envelope.body.credits);
      case 'request':
        return this.#request(envelope);
      default:
        return assertUnreachable(envelope);
    }
  }

  #greet(hello: HelloEnvelope): void {
    const { secrets } = this.#parts;
    let token: string | undefined;
    if (hello.op === 'token') {
      if (!secrets.isToken(hello.body.token)) {
        const what = 'expected the token of this run: pair again';
        return this.end(CloseCode.unauthenticated, what);
      }
    } else {
      const paired = secrets.pair(hello.body.code);
      if (paired.kind === 'wrong') {
        const what = 'expected the code that the bridge shows now';
        return this.end(CloseCode.unauthenticated, what);
      }
      if (paired.kind === 'too-often') return this.#tooFast();
      token = paired.token;
    }
    this.#state = 'open';
    this.#desk = new Desk(this.#parts, (tick) => this.#ticks.offer(tick));
    this.#numbers.sid = randomBytes(SID_BYTES).toString('base64url');
    const { endpoint, gateway, allowTrade, symbols, orders, socket } = this.#parts;
    const body = {
      ...{ endpoint: endpoint.address, gateway, credits: REQUEST_CREDITS },
      mode: allowTrade ? ('orders-allowed' as const) : ('read-only' as const),
      ...{ symbols: [...symbols], unknown: orders.unknown },
      ...(socket === 'dealer' ? { socket } : {}),
      ...(token === undefined ? {} : { token }),
    };
    this.#say({ ...this.#silent(), kind: 'welcome', op: 'welcome', body });
  }

  #request(envelope: RequestEnvelope): void {
    if (envelope.id <= this.#lastId) {
      return this.end(CloseCode.outOfOrder, `expected a request above ${this.#lastId}`);
    }
    this.#lastId = envelope.id;
    if (this.#requests.size >= REQUEST_CREDITS) {
      const what = `expected at most ${REQUEST_CREDITS} requests without an answer`;
      return this.end(CloseCode.tooMuch, what);
    }
    const desk = this.#desk;
    if (desk === undefined) return;
    if (!isForGateway(envelope)) return this.#reply(envelope, desk.decide(envelope));
    const answered = desk.ask(envelope).then(
      (outcome) => {
        this.#requests.delete(answered);
        this.#reply(envelope, outcome);
      },
      (error: unknown) => this.#parts.crashed(error),
    );
    this.#requests.add(answered);
  }

  #reply({ id, op }: RequestEnvelope, body: Outcome): void {
    this.#say({ ...this.#numbers.next(), kind: 'reply', id, deadlineMs: 0, op, body });
  }

  #silent(): { v: 1; sid: string; seq: number; id: 0; deadlineMs: 0 } {
    return { ...this.#numbers.next(), id: 0, deadlineMs: 0 };
  }

  /** Puts an envelope into the next frame; what is said in one turn goes together. */
  #say(envelope: ServerEnvelope): void {
    if (this.#state === 'over') return;
    this.#outgoing.push(envelope);
    if (this.#outgoing.length > 1) return;
    // Where more is under way the next answers may be here already: they share the frame.
    if (this.#requests.size > 0) setImmediate(() => this.#flush());
    else queueMicrotask(() => this.#flush());
  }

  #flush(): void {
    if (this.#outgoing.length === 0 || this.#state === 'over') return;
    this.#connection.send(JSON.stringify(this.#outgoing.splice(0)));
    if (this.#connection.bufferedBytes <= BUFFERED_BYTES_MAX) return;
    this.end(CloseCode.tooSlow, `expected at most ${BUFFERED_BYTES_MAX} bytes unread`);
  }

  #tooFast(): void {
    this.end(CloseCode.tooMuch, 'expected fewer at once: wait a second before the next try');
  }
}
