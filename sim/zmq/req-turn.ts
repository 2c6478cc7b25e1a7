/**
 * The turn rules of libzmq's REQ socket: send, receive, send, receive, and what RELAXED and
 * CORRELATE make of that.
 *
 * Rules of libzmq 4.3.5: a receive out of turn is EFSM, and so is a send unless RELAXED; a receive
 * that failed with EAGAIN leaves the turn where it was; a send first drops whatever has arrived by
 * then; with CORRELATE a reply counts only if it answers the last request. Without it the next
 * reply to arrive counts, whatever it answers. Replies to earlier connections never get here. A
 * reply that does not count is input all the same until somebody looks: `lookedInVain` tells.
 */
import type { Message, SocketOptions } from './contract.ts';

/** ZMQ_SNDHWM and ZMQ_RCVHWM: how many messages a queue holds. */
export const HIGH_WATER_MARK = 1_000;

export class ReqTurn<In extends Message> {
  readonly #relaxed: boolean;
  readonly #correlate: boolean;
  readonly #inbox: In[] = [];
  #awaiting = false;
  #lastId = 0;
  /** Whether a reply has arrived that does not count, and nobody has looked since. */
  #uncounted = false;

  constructor(options: Pick<SocketOptions, 'relaxed' | 'correlate'>) {
    this.#relaxed = options.relaxed;
    this.#correlate = options.correlate;
  }

  /** Whether a reply is due. */
  get awaiting(): boolean {
    return this.#awaiting;
  }

  /** Whether a request may be sent. */
  get maySend(): boolean {
    return !this.#awaiting || this.#relaxed;
  }

  /** Takes note that a request is sent; the result is the id by which its reply is known. */
  sent(): number {
    this.#awaiting = true;
    this.#uncounted = false;
    if (this.#inbox.length > 0) this.#inbox.length = 0;
    this.#lastId += 1;
    return this.#lastId;
  }

  /** A reply to the request `id` has arrived. */
  arrived(id: number, reply: In): void {
    if (this.#correlate && id !== this.#lastId) {
      this.#uncounted = true;
      return;
    }
    if (this.#inbox.length < HIGH_WATER_MARK) this.#inbox.push(reply);
  }

  /** Receives a reply to the request `id` that has just arrived, if it is due and the first one. */
  answers(id: number): boolean {
    if (!this.#awaiting || this.#inbox.length > 0) return false;
    if (this.#correlate && id !== this.#lastId) return false;
    this.#awaiting = false;
    return true;
  }

  /** Receives, or says why not. */
  take(): In | 'EFSM' | 'EAGAIN' {
    if (!this.#awaiting) return 'EFSM';
    const reply = this.#inbox.shift();
    if (reply === undefined) return 'EAGAIN';
    this.#awaiting = false;
    return reply;
  }

  /** After a receive that found nothing: whether there was input, which did not count. */
  lookedInVain(): boolean {
    const inVain = this.#uncounted;
    this.#uncounted = false;
    return inVain;
  }

  /** A new socket takes the place of the old one: it is its turn to send. */
  reset(): void {
    this.#awaiting = false;
    this.#uncounted = false;
    this.#inbox.length = 0;
  }
}
