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
import { isIpv6 } from '../sockets/listen.ts';
import { nameOrThrow } from '../sockets/socket-error.ts';
import type { Upstream } from '../sockets/upstream.ts';
import { answered, type Exchange, lost, MESSAGE_BYTES_MAX, notSent } from './exchange.ts';

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
    const socket = this.#socket;
    this.#underWay += 1;
    try {
      this.#limit(timeoutMs);
      await socket.send(text);
    } catch (error) {
      this.#underWay -= 1;
      return this.#notSent(socket, nameOrThrow(error));
    }
    try {
      return answered(await socket.receive());
    } catch (error) {
      const code = nameOrThrow(error);
      if (code === 'EAGAIN') this.#reopen(socket);
      return lost(code);
    } finally {
      this.#underWay -= 1;
    }
  }

  /** Closes the socket for good; what waits for a reply is lost, and says so. */
  close(): void {
    this.#closed = true;
    this.#socket.close();
  }

  #notSent(socket: Request, code: SocketErrorName): Exchange {
    // Out of turn with nobody else under way: it would stay so for ever.
    if (code === 'EFSM' && this.#underWay === 0) this.#reopen(socket);
    return notSent(code, this.#upstream.address);
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
      ...{ ipv6: isIpv6(this.#upstream.address), ...this.#upstream.curve },
    });
    socket.connect(this.#upstream.address);
    return socket;
  }
}
