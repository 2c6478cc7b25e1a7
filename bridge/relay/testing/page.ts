/**
 * A page as the bridge sees it, for tests: a real WebSocket that speaks the protocol as it should,
 * or sends whatever a hostile one would.
 */
import { once } from 'node:events';
import { type ClientOptions, WebSocket } from 'ws';
import {
  EnvelopeNumbers,
  type Op,
  type Outcome,
  readServerFrame,
  type ServerEnvelope,
  SOCKET_PATH,
  SUBPROTOCOL,
  type Welcome,
} from '../../protocol.ts';
import { withDeadline } from '../../sockets/testing/peer.ts';

const DEADLINE_MS = 5_000;

/** How it connects; what is left out is as a good page has it. */
export interface PageManners {
  readonly host?: string;
  readonly origin?: string | undefined;
  readonly path?: string;
  readonly subprotocol?: string;
}

export class TestPage {
  readonly socket: WebSocket;
  readonly numbers = new EnvelopeNumbers();
  readonly received: ServerEnvelope[] = [];
  frames = 0;
  #lastId = 0;
  #lastSeq = 0;
  #watchers: (() => void)[] = [];
  /** The code and the reason with which the bridge closed it. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;

  constructor(port: number, manners: PageManners = {}) {
    const authority = `127.0.0.1:${port}`;
    const { host, path = SOCKET_PATH, subprotocol = SUBPROTOCOL } = manners;
    const origin = 'origin' in manners ? manners.origin : `http://${authority}`;
    const options: ClientOptions = {
      perMessageDeflate: true,
      ...(origin === undefined ? {} : { origin }),
      ...(host === undefined ? {} : { headers: { host } }),
    };
    this.socket = new WebSocket(`ws://${authority}${path}`, [subprotocol], options);
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
    this.socket.on('error', () => {});
    this.socket.on('message', (data: Buffer) => this.#read(data.toString('utf8')));
  }

  async opened(): Promise<this> {
    if (this.socket.readyState !== WebSocket.OPEN) {
      await withDeadline(once(this.socket, 'open'), 'expected the bridge to open');
    }
    return this;
  }

  /** The status and the text with which the upgrade was refused. */
  refused(): Promise<{ readonly status: number; readonly text: string }> {
    const answer = new Promise<{ status: number; text: string }>((resolve) => {
      this.socket.on('unexpected-response', (_, response) => {
        let text = '';
        response.on('data', (piece: Buffer) => (text += piece.toString()));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      });
    });
    return withDeadline(answer, 'expected a refusal');
  }

  /** Says a `hello` with this and waits for the welcome. */
  async greet(hello: { token: string } | { code: string }): Promise<Welcome> {
    await this.opened();
    this.hello(hello);
    await this.until(() => this.received.length > 0);
    const [welcome] = this.received;
    if (welcome?.kind !== 'welcome') throw new Error('expected a welcome first');
    this.numbers.sid = welcome.sid;
    return welcome.body;
  }

  hello(hello: { token: string } | { code: string }): void {
    const op = 'token' in hello ? 'token' : 'pair';
    this.send([{ ...this.numbers.next(), kind: 'hello', id: 0, deadlineMs: 0, op, body: hello }]);
  }

  /** Sends anything as a frame. */
  send(frame: unknown): void {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /** A request as an envelope, not sent. */
  request(op: Op, body: object, deadlineMs = DEADLINE_MS): { readonly id: number } {
    this.#lastId += 1;
    const head = { ...this.numbers.next(), kind: 'request' as const, id: this.#lastId };
    return { ...head, deadlineMs, op, body } as { readonly id: number };
  }

  /** Sends requests in one frame and waits for all of their outcomes. */
  async ask(...requests: readonly { readonly id: number }[]): Promise<Outcome[]> {
    this.send(requests);
    return Promise.all(requests.map(({ id }) => this.outcome(id)));
  }

  /** The outcome of one request, or undefined once the connection is closed. */
  async outcome(id: number): Promise<Outcome> {
    const find = (): ServerEnvelope | undefined =>
      this.received.find((one) => one.kind === 'reply' && one.id === id);
    await this.until(() => find() !== undefined);
    const found = find();
    if (found?.kind !== 'reply') throw new Error('expected a reply');
    return found.body;
  }

  /** Waits for what the bridge sends. */
  async until(done: () => boolean): Promise<void> {
    const waiting = new Promise<void>((resolve) => {
      const look = (): void => {
        if (done()) resolve();
        else this.#watchers.push(look);
      };
      look();
    });
    await withDeadline(waiting, 'expected the bridge to say more');
  }

  /** Cuts the connection as a crash would. */
  cut(): void {
    this.socket.terminate();
  }

  #read(frame: string): void {
    const read = readServerFrame(frame);
    if (read.kind === 'error') throw new Error(`${read.message}, in ${frame}`);
    this.frames += 1;
    for (const envelope of read.value) {
      if (envelope.seq !== this.#lastSeq + 1) throw new Error('expected a gapless sequence');
      this.#lastSeq = envelope.seq;
      this.received.push(envelope);
    }
    for (const watcher of this.#watchers.splice(0)) watcher();
  }
}
