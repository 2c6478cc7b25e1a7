/**
 * One DEALER socket to a gateway that has a ROUTER: many requests under way, each matched with its
 * reply by uuid.
 *
 * To a ROUTER or a REP a request looks as a REQ socket would send it, an empty frame and the text.
 * Invariants: nothing is sent twice; a request counts as not sent only if the socket refused it,
 * and as lost in every other case without a reply; a reply that nobody waits for, late or doubled,
 * reaches nobody. There is no turn to keep, so no lock stands in front. Known limit: two requests
 * of one uuid at the same time cannot be told apart: the second is refused.
 */
import { Dealer } from 'zeromq';
import { isIpv6 } from '../sockets/listen.ts';
import { nameOrThrow, socketErrorName } from '../sockets/socket-error.ts';
import type { Upstream } from '../sockets/upstream.ts';
import { answered, type Exchange, lost, MESSAGE_BYTES_MAX, notSent } from './exchange.ts';

/** What a REQ socket puts before its text, and takes away again. */
const DELIMITER = '';

export class DealerLine {
  readonly #upstream: Upstream;
  readonly #socket: Dealer;
  /** By uuid: whoever waits for a reply. */
  readonly #waiting = new Map<string, (exchange: Exchange) => void>();
  /** ZeroMQ takes one message at a time: resolves when the last one was taken or refused. */
  #sending: Promise<unknown> = Promise.resolve();

  constructor(upstream: Upstream) {
    this.#upstream = upstream;
    this.#socket = new Dealer({
      // A gateway that is not there takes nothing: then an order is known not to have left.
      ...{ linger: 0, immediate: true, maxMessageSize: MESSAGE_BYTES_MAX },
      ...{ ipv6: isIpv6(upstream.address), ...upstream.curve },
    });
    this.#socket.connect(upstream.address);
    void this.#listen();
  }

  /** Sends one request and waits for its reply, `timeoutMs` at most for both. */
  async exchange(text: string, timeoutMs: number, uuid: string): Promise<Exchange> {
    if (this.#waiting.has(uuid)) return notSent('EBUSY', this.#upstream.address);
    const endMs = performance.now() + timeoutMs;
    // Whoever answers fast does so before `send` has resolved here.
    const replied = new Promise<Exchange>((resolve) => this.#waiting.set(uuid, resolve));
    const sent = this.#sending.then(() => this.#send(text, endMs));
    this.#sending = sent;
    const refused = await sent;
    if (refused !== undefined) {
      this.#waiting.delete(uuid);
      return refused;
    }
    const timer = setTimeout(() => this.#end(uuid, lost('EAGAIN')), endMs - performance.now());
    const exchange = await replied;
    clearTimeout(timer);
    return exchange;
  }

  /** Closes the socket for good; what waits for a reply is lost, and says so. */
  close(): void {
    this.#socket.close();
    for (const uuid of [...this.#waiting.keys()]) this.#end(uuid, lost('EBADF'));
  }

  /** Undefined once the socket has taken it. */
  async #send(text: string, endMs: number): Promise<Exchange | undefined> {
    const leftMs = Math.floor(endMs - performance.now());
    if (leftMs <= 0) return notSent('EAGAIN', this.#upstream.address);
    try {
      if (!this.#socket.closed) this.#socket.sendTimeout = leftMs;
      await this.#socket.send([DELIMITER, text]);
      return undefined;
    } catch (error) {
      return notSent(nameOrThrow(error), this.#upstream.address);
    }
  }

  async #listen(): Promise<void> {
    try {
      for await (const frames of this.#socket) {
        const exchange = answered(frames.slice(frames[0]?.length === 0 ? 1 : 0));
        const uuid = exchange.kind === 'answered' ? uuidIn(exchange.text) : undefined;
        if (uuid !== undefined) this.#end(uuid, exchange);
      }
    } catch (error) {
      if (socketErrorName(error) === undefined) throw error;
    }
  }

  #end(uuid: string, exchange: Exchange): void {
    const settle = this.#waiting.get(uuid);
    this.#waiting.delete(uuid);
    settle?.(exchange);
  }
}

/** The uuid of a reply; undefined for what is none, which then reaches nobody. */
function uuidIn(text: string): string | undefined {
  try {
    const { uuid } = JSON.parse(text) as { readonly uuid?: unknown };
    return typeof uuid === 'string' ? uuid : undefined;
  } catch {
    return undefined;
  }
}
