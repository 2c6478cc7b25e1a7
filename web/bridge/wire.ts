/**
 * One connection to a bridge, from its hello to its end.
 *
 * Invariants: every request has one outcome, and none is sent twice; envelopes are numbered as they
 * are written and leave in that order, as many in a frame as go; no more are unanswered than the
 * bridge gave credits for, the rest wait here. Once it is closed, what had left is `unknown` (an
 * order) or `failed`, and what had not is `refused`.
 */
import {
  CloseCode,
  DEADLINE_MS_MAX,
  EnvelopeNumbers,
  ENVELOPES_MAX,
  FRAME_BYTES_MAX,
  type Outcome,
  readServerFrame,
  type ServerEnvelope,
  type TickBody,
  TRADE_OPS,
  type Welcome,
} from '../../bridge/protocol.ts';
import type { LinkDoor, WireSocket } from './link-door.ts';

/** What opens a session: the code that the bridge shows, or the token that it gave for one. */
export type Hello = { readonly code: string } | { readonly token: string };

/** How a connection ended. */
export interface WireEnd {
  readonly code: number;
  readonly reason: string;
  /** Whether it ever opened, so that a bridge is there. */
  readonly opened: boolean;
}

export interface WireListener {
  readonly onOpen: () => void;
  readonly onWelcome: (welcome: Welcome) => void;
  readonly onTick: (tick: TickBody) => void;
  /** Once, whoever ended it, unless `close` was called; all outcomes have been told before. */
  readonly onEnd: (end: WireEnd) => void;
}

/** A request; `onOutcome` is called once. */
export interface WireRequest {
  readonly op: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** 1 to 60,000. */
  readonly deadlineMs: number;
  /** `tookMs` is from the frame that carried it to its reply. */
  readonly onOutcome: (outcome: Outcome, tookMs: number) => void;
}

interface Waiting extends WireRequest {
  readonly dueMs: number;
}
interface Asked extends WireRequest {
  readonly sentMs: number;
  readonly silentMs: number;
}

/** How often a silent bridge is looked for. */
const WATCH_MS = 1_000;
/** The bridge waits its deadline to send and again to receive; beyond that it is gone. */
const GRACE_MS = 5_000;
/** From the first packet to the welcome. */
const OPENING_MS = 10_000;
const ABNORMAL = 1006;

export class Wire {
  readonly #door: LinkDoor;
  readonly #listener: WireListener;
  readonly #socket: WireSocket;
  readonly #hello: Hello | undefined;
  readonly #numbers = new EnvelopeNumbers();
  readonly #waiting: Waiting[] = [];
  /** By their numbers, in the order in which they left. */
  readonly #asked = new Map<number, Asked>();
  readonly #encoder = new TextEncoder();
  #credits = 0;
  #tickCredits = 0;
  #lastId = 0;
  #lastSeq = 0;
  #opened = false;
  #over = false;
  #flushing = false;
  #unwatch: (() => void) | undefined = undefined;

  /** Connects; without a hello it only sees whether a bridge is there. */
  constructor(door: LinkDoor, hello: Hello | undefined, listener: WireListener) {
    this.#door = door;
    this.#hello = hello;
    this.#listener = listener;
    this.#socket = door.open({
      onOpen: () => this.#open(),
      onFrame: (frame) => this.#read(frame),
      onClosed: (code, reason) => this.#end(code, reason),
    });
    this.#unwatch = door.later(OPENING_MS, () => this.#break(ABNORMAL, 'no welcome in time'));
  }

  /** Puts a request into one of the next frames. */
  ask(request: WireRequest): void {
    if (this.#over) return request.onOutcome(NOT_CONNECTED, 0);
    this.#waiting.push({ ...request, dueMs: this.#door.nowMs() + request.deadlineMs });
    this.#flushSoon();
  }

  /** Allows so many ticks more. */
  grant(credits: number): void {
    this.#tickCredits += credits;
    this.#flushSoon();
  }

  /** Ends the connection at once; what waits is told so. */
  close(): void {
    if (this.#over) return;
    this.#socket.close();
    this.#settleAll('the page ended the connection');
  }

  #open(): void {
    this.#opened = true;
    this.#listener.onOpen();
    const hello = this.#hello;
    if (hello === undefined || this.#over) return;
    const op = 'token' in hello ? 'token' : 'pair';
    const head = { ...this.#numbers.next(), kind: 'hello', id: 0, deadlineMs: 0 };
    this.#socket.send(JSON.stringify([{ ...head, op, body: hello }]));
  }

  #read(frame: string): void {
    const read = readServerFrame(frame);
    if (read.kind === 'error') return this.#break(CloseCode.malformed, read.message);
    for (const envelope of read.value) {
      if (this.#over) return;
      this.#lastSeq += 1;
      if (envelope.seq !== this.#lastSeq) {
        return this.#break(CloseCode.outOfOrder, `expected envelope ${this.#lastSeq}`);
      }
      this.#take(envelope);
    }
    if (this.#waiting.length > 0) this.#flushSoon();
  }

  #take(envelope: ServerEnvelope): void {
    switch (envelope.kind) {
      case 'welcome':
        this.#numbers.sid = envelope.sid;
        this.#credits = envelope.body.credits;
        this.#unwatch?.();
        this.#unwatch = undefined;
        return this.#listener.onWelcome(envelope.body);
      case 'reply': {
        const asked = this.#asked.get(envelope.id);
        if (asked === undefined) return;
        this.#asked.delete(envelope.id);
        return asked.onOutcome(envelope.body, this.#door.nowMs() - asked.sentMs);
      }
      case 'tick':
        return this.#listener.onTick(envelope.body);
    }
  }

  #flushSoon(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    this.#door.atEndOfTurn(() => {
      this.#flushing = false;
      this.#flush();
    });
  }

  #flush(): void {
    // Before the welcome there are no credits, and nothing but a hello may be said.
    if (this.#over || this.#credits === 0) return;
    const frame = new Frame(this.#encoder, (text) => this.#socket.send(text));
    if (this.#tickCredits > 0) {
      const silent = { kind: 'credit', id: 0, deadlineMs: 0, op: 'ticks' };
      const body = { credits: this.#tickCredits };
      this.#tickCredits = 0;
      frame.add({ ...this.#numbers.next(), ...silent, body });
    }
    const nowMs = this.#door.nowMs();
    let taken = 0;
    for (const request of this.#waiting) {
      if (this.#asked.size >= this.#credits) break;
      taken += 1;
      if (request.dueMs <= nowMs) request.onOutcome(TOO_LATE, 0);
      else this.#write(frame, request, nowMs);
    }
    this.#waiting.splice(0, taken);
    frame.send();
    if (this.#asked.size > 0) this.#unwatch ??= this.#door.later(WATCH_MS, () => this.#watch());
  }

  #write(frame: Frame, request: Waiting, nowMs: number): void {
    const { op, body, dueMs } = request;
    const deadlineMs = Math.min(DEADLINE_MS_MAX, Math.max(1, Math.ceil(dueMs - nowMs)));
    this.#lastId += 1;
    const silentMs = nowMs + 2 * deadlineMs + GRACE_MS;
    this.#asked.set(this.#lastId, { ...request, sentMs: nowMs, silentMs });
    frame.add({
      ...this.#numbers.next(),
      ...{ kind: 'request', id: this.#lastId, deadlineMs, op, body },
    });
  }

  /** A bridge that is there answers each request in time, if only to say that nobody did. */
  #watch(): void {
    this.#unwatch = undefined;
    if (this.#over) return;
    const nowMs = this.#door.nowMs();
    for (const { silentMs } of this.#asked.values()) {
      if (silentMs <= nowMs) return this.#break(ABNORMAL, 'no answer from the bridge');
    }
    this.#flush();
  }

  #break(code: number, reason: string): void {
    this.#socket.close();
    this.#end(code, reason);
  }

  #end(code: number, reason: string): void {
    if (this.#over) return;
    this.#settleAll(`the connection ended with ${code}`);
    this.#listener.onEnd({ code, reason, opened: this.#opened });
  }

  #settleAll(why: string): void {
    this.#over = true;
    this.#unwatch?.();
    const asked = [...this.#asked.values()];
    this.#asked.clear();
    const code = 'CONNECTION_LOST';
    for (const { op, onOutcome } of asked) {
      const message = `sent to the bridge, and ${why} before its answer came`;
      const isOrder = TRADE_OPS.some((one) => one === op);
      onOutcome({ outcome: isOrder ? 'unknown' : 'failed', code, message }, 0);
    }
    for (const { onOutcome } of this.#waiting.splice(0)) onOutcome(NOT_CONNECTED, 0);
  }
}

export const NOT_CONNECTED: Outcome = {
  outcome: 'refused',
  code: 'not-connected',
  message: 'not sent: there is no connection to the bridge',
};

const TOO_LATE: Outcome = {
  outcome: 'refused',
  code: 'too-late',
  message: 'not sent: its deadline passed while others were waited for',
};

/** Envelopes on their way into frames, each as large as the bridge takes. */
class Frame {
  readonly #encoder: TextEncoder;
  readonly #put: (text: string) => void;
  #envelopes: string[] = [];
  /** With the brackets. */
  #bytes = 2;

  constructor(encoder: TextEncoder, put: (text: string) => void) {
    this.#encoder = encoder;
    this.#put = put;
  }

  add(envelope: object): void {
    const text = JSON.stringify(envelope);
    const bytes = this.#encoder.encode(text).length + 1;
    const isFull = this.#envelopes.length === ENVELOPES_MAX;
    if (isFull || this.#bytes + bytes > FRAME_BYTES_MAX) this.send();
    this.#envelopes.push(text);
    this.#bytes += bytes;
  }

  send(): void {
    if (this.#envelopes.length === 0) return;
    this.#put(`[${this.#envelopes.join(',')}]`);
    this.#envelopes = [];
    this.#bytes = 2;
  }
}
