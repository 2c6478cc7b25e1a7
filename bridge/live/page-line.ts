/**
 * One connection to a bridge, as a page has it: says hello, asks, and matches what comes back.
 *
 * Invariant: every question ends once, with the bridge's outcome, or with undefined when the
 * connection is gone: then nobody knows what became of it. Nothing is asked twice.
 */
import { WebSocket } from 'ws';
import type { Problem, Result } from '../../sim/index.ts';
import {
  EnvelopeNumbers,
  type Op,
  type Outcome,
  readServerFrame,
  type ServerEnvelope,
  SOCKET_PATH,
  SUBPROTOCOL,
  type Welcome,
} from '../protocol.ts';

/** What opens a connection: the code that the bridge shows, or the token that it gave for one. */
export type Hello = { readonly code: string } | { readonly token: string };

const OPENING_MS = 5_000;

export class PageLine {
  readonly welcome: Welcome;
  readonly #socket: WebSocket;
  readonly #numbers: EnvelopeNumbers;
  readonly #asked: Map<number, (outcome: Outcome | undefined) => void>;
  #lastId = 0;

  private constructor(opening: Opening, welcome: Welcome) {
    this.welcome = welcome;
    this.#socket = opening.socket;
    this.#numbers = opening.numbers;
    this.#asked = opening.asked;
  }

  /** Connects to the bridge at `url` and says hello; a problem if it does not welcome. */
  static async open(url: string, hello: Hello): Promise<Result<PageLine, Problem>> {
    const opening = new Opening(url, hello);
    const welcome = await opening.welcomed;
    if (welcome !== undefined) return { kind: 'ok', value: new PageLine(opening, welcome) };
    const message = `expected a bridge that welcomes at ${url}, got ${opening.problem}`;
    return { kind: 'error', error: { code: 'unavailable', message } };
  }

  /** Asks once; `deadlineMs` counts from arrival. Undefined if the connection ends before. */
  ask(op: Op, body: object, deadlineMs: number): Promise<Outcome | undefined> {
    if (this.#socket.readyState !== WebSocket.OPEN) return Promise.resolve(undefined);
    this.#lastId += 1;
    const id = this.#lastId;
    const envelope = { ...this.#numbers.next(), kind: 'request', id, deadlineMs, op, body };
    return new Promise((resolve) => {
      this.#asked.set(id, resolve);
      this.#socket.send(JSON.stringify([envelope]));
    });
  }

  /** Calls back once, when the connection is gone, whoever ended it. */
  onGone(callback: () => void): void {
    if (this.#socket.readyState === WebSocket.CLOSED) callback();
    else this.#socket.once('close', callback);
  }

  /** Ends the connection; what is unanswered ends without an outcome. */
  close(): void {
    this.#socket.close();
  }
}

/** A connection on its way; reads all frames, those before the welcome and those after it. */
class Opening {
  readonly socket: WebSocket;
  readonly numbers = new EnvelopeNumbers();
  readonly asked = new Map<number, (outcome: Outcome | undefined) => void>();
  readonly welcomed: Promise<Welcome | undefined>;
  /** Why there was no welcome. */
  problem = 'no answer';
  #lastSeq = 0;

  constructor(url: string, hello: Hello) {
    const { host, origin } = new URL(url);
    const address = `ws://${host}${SOCKET_PATH}`;
    const options = { origin, perMessageDeflate: false, handshakeTimeout: OPENING_MS };
    this.socket = new WebSocket(address, [SUBPROTOCOL], options);
    this.welcomed = new Promise((resolve) => {
      const tooLate = setTimeout(() => this.socket.terminate(), OPENING_MS);
      this.socket.on('open', () => this.#greet(hello));
      this.socket.on('error', (error) => (this.problem = error.message));
      this.socket.on('message', (data: Buffer) => {
        const welcome = this.#read(data.toString('utf8'));
        if (welcome === undefined) return;
        clearTimeout(tooLate);
        resolve(welcome);
      });
      this.socket.on('close', (code, reason) => {
        clearTimeout(tooLate);
        if (reason.length > 0) this.problem = `${code}, ${reason.toString('utf8')}`;
        resolve(undefined);
        for (const end of this.asked.values()) end(undefined);
        this.asked.clear();
      });
    });
  }

  #greet(hello: Hello): void {
    const op = 'token' in hello ? 'token' : 'pair';
    const head = { ...this.numbers.next(), kind: 'hello', id: 0, deadlineMs: 0 };
    this.socket.send(JSON.stringify([{ ...head, op, body: hello }]));
  }

  /** Hands out the replies of a frame; gives its welcome, if it has one. */
  #read(frame: string): Welcome | undefined {
    const read = readServerFrame(frame);
    const envelopes: readonly ServerEnvelope[] = read.kind === 'ok' ? read.value : [];
    const isNext = envelopes.every(({ seq }, at) => seq === this.#lastSeq + 1 + at);
    if (envelopes.length === 0 || !isNext) {
      this.problem = read.kind === 'error' ? read.message : 'frames out of order';
      this.socket.terminate();
      return undefined;
    }
    this.#lastSeq += envelopes.length;
    let welcome: Welcome | undefined;
    for (const envelope of envelopes) {
      if (envelope.kind === 'reply') {
        this.asked.get(envelope.id)?.(envelope.body);
        this.asked.delete(envelope.id);
      } else if (envelope.kind === 'welcome') {
        this.numbers.sid = envelope.sid;
        welcome = envelope.body;
      }
    }
    return welcome;
  }
}
