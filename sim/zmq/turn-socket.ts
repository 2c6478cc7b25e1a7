/**
 * What REQ and REP have in common: an operation that can't be done now fails, waits, or is one too
 * many.
 *
 * Invariant: at most one send and one receive are pending; a pending one is tried again whenever
 * the socket's state changes, and once more when it gives up, so its error is that of the last
 * attempt. The profiles differ here and nowhere else. `libzmq`: out of turn fails at once.
 * `zeromq.js`, read from version 6.8: it polls until libzmq would allow the operation, whatever the
 * reason is that it doesn't now, so out of turn waits as well and is EFSM only when the time-out
 * has passed; and it polls for input, so a reply that CORRELATE then drops ends a receive with
 * EAGAIN, time-out or not.
 */
import { assert } from '../base/assert.ts';
import type { Driver, TaskRef } from '../kernel/task.ts';
import { SocketOp, type SocketErrorName } from '../trace/event.ts';
import type { Message, Operation, SocketOptions } from './contract.ts';
import { type Settled, Ticket, type TicketOwner } from './ticket.ts';

export type Profile = SocketOptions['profile'];

/** What a profile makes of an operation that can't be done at once. */
interface ProfileRule {
  /**
   * Whether an operation out of turn waits for its turn, as one does that lacks a peer or a reply.
   */
  readonly waitsForTurn: boolean;
  /** Whether a receive that was called for input and found none that counts gives up. */
  readonly givesUpInVain: boolean;
  /** What a further operation of the same kind gets while one is pending. */
  readonly busy: SocketErrorName;
}

const RULES: Readonly<Record<Profile, ProfileRule>> = {
  libzmq: { waitsForTurn: false, givesUpInVain: false, busy: 'EFSM' },
  'zeromq.js': { waitsForTurn: true, givesUpInVain: true, busy: 'EBUSY' },
};

/** The options that decide how long an operation waits. */
export type WaitOptions = Pick<SocketOptions, 'profile' | 'sendTimeoutUs' | 'receiveTimeoutUs'>;

const SENT = { kind: 'done', message: undefined } as const;

export abstract class TurnSocket<Out extends Message, In extends Message> implements TicketOwner {
  readonly #driver: Driver;
  readonly #rule: ProfileRule;
  readonly #sendTimeoutUs: number;
  readonly #receiveTimeoutUs: number;
  #sending: Ticket<Out> | undefined = undefined;
  #receiving: Ticket<In> | undefined = undefined;

  constructor(driver: Driver, options: WaitOptions) {
    this.#driver = driver;
    this.#rule = RULES[options.profile];
    this.#sendTimeoutUs = options.sendTimeoutUs;
    this.#receiveTimeoutUs = options.receiveTimeoutUs;
  }

  /** Sends now, without waiting: the error, or undefined if it is done. */
  protected abstract trySend(task: TaskRef, message: Out): SocketErrorName | undefined;
  /** Receives now, without waiting: the error, or the message. */
  protected abstract tryReceive(task: TaskRef): In | SocketErrorName;
  /** After a receive that found nothing: whether there was input, which did not count. */
  protected lookedInVain(): boolean {
    return false;
  }

  /** An operation has failed; `message` is what was to be sent. */
  protected abstract failed(
    op: SocketOp,
    error: SocketErrorName,
    task: TaskRef,
    message: Out | undefined,
  ): void;

  send(task: TaskRef, message: Out): Operation<Out> {
    const error = this.trySend(task, message);
    if (error === undefined) {
      if (this.#receiving !== undefined) this.settle();
      return SENT;
    }
    if (!this.#waits(error, this.#sendTimeoutUs)) {
      return this.#fail(SocketOp.send, error, task, message);
    }
    if (this.#sending !== undefined) {
      return this.#fail(SocketOp.send, this.#rule.busy, task, message);
    }
    const ticket = new Ticket<Out>(task, this.#sendTimeoutUs, message, this);
    this.#sending = ticket;
    return ticket;
  }

  receive(task: TaskRef): Operation<In> {
    const got = this.tryReceive(task);
    if (typeof got !== 'string') {
      if (this.#sending !== undefined) this.settle();
      return { kind: 'done', message: got };
    }
    if (!this.#waits(got, this.#receiveTimeoutUs) || this.#inVain(got)) {
      return this.#fail(SocketOp.receive, got, task, undefined);
    }
    if (this.#receiving !== undefined) {
      return this.#fail(SocketOp.receive, this.#rule.busy, task, undefined);
    }
    const ticket = new Ticket<In>(task, this.#receiveTimeoutUs, undefined, this);
    this.#receiving = ticket;
    return ticket;
  }

  giveUp(ticket: object): void {
    if (ticket === this.#sending) this.#failSending(this.#sending);
    else if (ticket === this.#receiving) this.#failReceiving(this.#receiving);
  }

  /** The task whose receive is pending, or undefined. */
  protected get receiver(): TaskRef | undefined {
    return this.#receiving?.task;
  }

  /** Settles the pending receive with a message that it is its turn to get. */
  protected handOver(message: In): void {
    const ticket = this.#receiving;
    assert(ticket !== undefined, 'expected a pending receive');
    this.#endReceiving(ticket, { kind: 'done', message });
    if (this.#sending !== undefined) this.settle();
  }

  /** Tries what is pending again, because the socket's state has changed. */
  protected settle(): void {
    const receiving = this.#receiving;
    if (receiving !== undefined) {
      const got = this.tryReceive(receiving.task);
      if (typeof got !== 'string') {
        this.#endReceiving(receiving, { kind: 'done', message: got });
      } else if (this.#inVain(got)) this.#failReceiving(receiving);
    }
    const sending = this.#sending;
    if (sending !== undefined) {
      const error = this.trySend(sending.task, messageOf(sending));
      if (error === undefined) this.#endSending(sending, SENT);
    }
  }

  /** Fails what is pending: the socket is about to be closed. */
  protected failPending(): void {
    if (this.#receiving !== undefined) this.#failReceiving(this.#receiving);
    if (this.#sending !== undefined) this.#failSending(this.#sending);
  }

  #waits(error: SocketErrorName, timeoutUs: number): boolean {
    if (timeoutUs === 0) return false;
    return error === 'EAGAIN' || (error === 'EFSM' && this.#rule.waitsForTurn);
  }

  #inVain(error: SocketErrorName): boolean {
    return this.#rule.givesUpInVain && error === 'EAGAIN' && this.lookedInVain();
  }

  #failSending(ticket: Ticket<Out>): void {
    const message = messageOf(ticket);
    const error = this.trySend(ticket.task, message);
    assert(error !== undefined, 'expected that what can be sent has been sent');
    this.#endSending(ticket, this.#fail(SocketOp.send, error, ticket.task, message));
  }

  #failReceiving(ticket: Ticket<In>): void {
    const error = this.tryReceive(ticket.task);
    assert(typeof error === 'string', 'expected that what has arrived was received');
    this.#endReceiving(ticket, this.#fail(SocketOp.receive, error, ticket.task, undefined));
  }

  #endSending(ticket: Ticket<Out>, settled: Settled<Out>): void {
    this.#sending = undefined;
    ticket.settled = settled;
    this.#driver.wake(ticket.task);
  }

  #endReceiving(ticket: Ticket<In>, settled: Settled<In>): void {
    this.#receiving = undefined;
    ticket.settled = settled;
    this.#driver.wake(ticket.task);
  }

  #fail(
    op: SocketOp,
    error: SocketErrorName,
    task: TaskRef,
    message: Out | undefined,
  ): { kind: 'failed'; error: SocketErrorName } {
    this.failed(op, error, task, message);
    return { kind: 'failed', error };
  }
}

function messageOf<M extends Message>(ticket: Ticket<M>): M {
  assert(ticket.message !== undefined, 'expected a pending send to carry its message');
  return ticket.message;
}
