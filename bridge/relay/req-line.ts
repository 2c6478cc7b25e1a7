/**
 * One REQ socket to the gateway: requests as text, and what became of each.
 *
 * Invariants: nothing is sent twice; a request counts as not sent only if the socket refused it,
 * and as lost in every other case without a reply. After a reply that did not come the socket is
 * closed and opened anew (Lazy Pirate), so that a late one reaches nobody. Requests at the same
 * time meet the socket's own EFSM and EBUSY: whoever wants none of that puts a lock in front.
 */
import { Request } from 'zeromq';
import type { SocketErrorName } from '../../sim/index.ts';
import { nameOrThrow } from '../sockets/socket-error.ts';
import type { Upstream } from '../sockets/upstream.ts';
import { REPLY_BYTES_MAX } from './limits.ts';

/** What became of a request. */
export type Exchange =
  | { readonly kind: 'answered'; readonly text: string }
  | { readonly kind: 'not-sent'; readonly code: string; readonly message: string }
  | { readonly kind: 'lost'; readonly code: string; readonly message: string };

/** A peer that sends more than this in one message is cut off by ZeroMQ, in bytes. */
const MESSAGE_BYTES_MAX = 4_194_304;

const WORDS: Readonly<Record<SocketErrorName, string>> = {
  EFSM: 'the socket was not in a state for it',
  EBUSY: 'the socket was busy with another request',
  EAGAIN: 'it took longer than the deadline',
  EBADF: 'the socket was closed meanwhile',
  ETERM: 'the bridge is ending',
};

export class ReqLine {
  readonly #upstream: Upstream;
  #socket: Request;
  #timeoutMs = -1;
  #underWay = 0;
  #closed = false;

  constructor(upstream: Upstream) {
    this.#upstream = upstream;
    this.#socket = this.#connect();
  }

  /** Sends one request and waits for its reply, each for `timeoutMs` at most. */
  async exchange(text: string, timeoutMs: number): Promise<Exchange> {
    this.#underWay += 1;
    try {
      return await this.#exchange(this.#socket, text, timeoutMs);
    } finally {
      this.#underWay -= 1;
    }
  }

  /** Closes the socket for good; what waits for a reply is lost, and says so. */
  close(): void {
    this.#closed = true;
    this.#socket.close();
  }

  async #exchange(socket: Request, text: string, timeoutMs: number): Promise<Exchange> {
    try {
      this.#limit(timeoutMs);
      await socket.send(text);
    } catch (error) {
      return this.#notSent(socket, nameOrThrow(error));
    }
    try {
      const reply = Buffer.concat(await socket.receive());
      if (reply.length <= REPLY_BYTES_MAX) return { kind: 'answered', text: reply.toString() };
      const message = `expected a reply of at most ${REPLY_BYTES_MAX} bytes, got ${reply.length}`;
      return { kind: 'lost', code: 'REPLY_TOO_LARGE', message };
    } catch (error) {
      return this.#lost(socket, nameOrThrow(error));
    }
  }

  #notSent(socket: Request, code: SocketErrorName): Exchange {
    // Out of turn with nobody else under way: it would stay so for ever.
    if (code === 'EFSM' && this.#underWay === 1) this.#reopen(socket);
    const { address } = this.#upstream;
    const why = code === 'EAGAIN' ? `no connection to ${address} came about` : WORDS[code];
    return { kind: 'not-sent', code, message: `not sent: ${why}` };
  }

  #lost(socket: Request, code: SocketErrorName): Exchange {
    if (code === 'EAGAIN') this.#reopen(socket);
    return { kind: 'lost', code, message: `sent, and no reply came: ${WORDS[code]}` };
  }

  #reopen(socket: Request): void {
    if (this.#closed || socket !== this.#socket) return;
    socket.close();
    this.#socket = this.#connect();
  }

  #limit(timeoutMs: number): void {
    if (timeoutMs === this.#timeoutMs || this.#closed) return;
    this.#timeoutMs = timeoutMs;
    this.#socket.sendTimeout = timeoutMs;
    this.#socket.receiveTimeout = timeoutMs;
  }

  #connect(): Request {
    this.#timeoutMs = -1;
    const socket = new Request({
      // A gateway that is not there takes nothing: then an order is known not to have left.
      ...{ linger: 0, immediate: true, maxMessageSize: MESSAGE_BYTES_MAX },
      ...this.#upstream.curve,
    });
    socket.connect(this.#upstream.address);
    return socket;
  }
}
