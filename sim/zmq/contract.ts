/**
 * What a socket is, to those who use it: operations that are done at once, or pending until later.
 *
 * The simulated REQ and REP sockets implement it, and so does whatever carries it to a real ZeroMQ
 * socket. An operation never throws: EFSM, EAGAIN and their like are values.
 */
import type { Suspension, TaskBody, TaskRef, Woken } from '../kernel/task.ts';
import type { SocketErrorName } from '../trace/event.ts';

/**
 * What travels: who it belongs to and what it asks or answers. Immutable; may be delivered twice.
 */
export interface Message {
  /** Number of the request that this is, or answers; unique within a run. */
  readonly request: number;
  /** Action of a request, ReplyStatus of a reply: what the trace shows. */
  readonly code: number;
  /** Index of the symbol it concerns, or NONE: names the random streams of its faults. */
  readonly symbol: number;
}

/** A send or receive that was asked for. */
export type Operation<M extends Message> =
  | { readonly kind: 'done'; readonly message: M | undefined }
  | { readonly kind: 'failed'; readonly error: SocketErrorName }
  | { readonly kind: 'pending'; readonly ticket: PendingOperation<M> };

/**
 * An operation under way. The socket wakes the task when it settles; a task that waited `timeoutUs`
 * in vain calls `expire`.
 */
export interface PendingOperation<M extends Message> {
  /** How long to wait at most, in microseconds: the socket's SNDTIMEO or RCVTIMEO, or Infinity. */
  readonly timeoutUs: number;
  /** How it ended, or undefined while it has not. */
  readonly settled: Exclude<Operation<M>, { kind: 'pending' }> | undefined;
  /**
   * Gives up with EAGAIN (EFSM if it was waiting for its turn), unless it has settled by now;
   * afterwards `settled` is set.
   */
  expire(): void;
}

/** A socket that asks and gets answers: REQ. `Out` is what it sends, `In` what it receives. */
export interface RequestSocket<Out extends Message, In extends Message> {
  send(task: TaskRef, message: Out): Operation<Out>;
  receive(task: TaskRef): Operation<In>;
  /** Drops what is unsent after LINGER and fails what is pending; later use is EBADF. */
  close(task: TaskRef): void;
  /** Lazy Pirate: closes the socket if need be and opens a new one in its place, same options. */
  reopen(task: TaskRef): void;
}

/** A socket that takes one request at a time and answers it: REP. */
export interface ReplySocket<In extends Message, Out extends Message> {
  receive(task: TaskRef): Operation<In>;
  send(task: TaskRef, message: Out): Operation<Out>;
}

/** How one exchange ended, attempts and all. */
export type ExchangeResult<In extends Message> =
  | { readonly kind: 'reply'; readonly reply: In }
  /** Something was sent, and no reply to it came: nobody knows what became of it. */
  | { readonly kind: 'unknown' }
  /** Nothing was sent. */
  | { readonly kind: 'failed'; readonly error: SocketErrorName };

/**
 * A client on a request socket: sends, waits, and gets the socket working again after a failure.
 */
export interface RequestClient<Out extends Message, In extends Message> {
  /**
   * One request and its reply. A `repeatable` one is sent again, up to the client's attempts; one
   * that is not is sent once. Each attempt asks `next` for the message, so that it can have its own
   * number.
   */
  exchange(
    task: TaskRef,
    repeatable: boolean,
    next: (attempt: number) => Out,
  ): TaskBody<ExchangeResult<In>>;
}

/** One task's exchanges, one after the other, driven by the task itself instead of a sub-task. */
export interface ExchangeSteps<Out extends Message, In extends Message> {
  /** Starts one: what the task has to yield, or undefined if it is over. As in `exchange`. */
  begin(repeatable: boolean, next: (attempt: number) => Out): Suspension | undefined;
  /** Goes on with what that `yield` returned: the next to yield, or undefined at the end. */
  resume(woken: Woken): Suspension | undefined;
  /** How the last exchange ended; reading it earlier is a programmer's mistake. */
  readonly result: ExchangeResult<In>;
}

/** One exchange of a task as a sub-task: what `RequestClient.exchange` does, by its steps. */
export function* exchangeBySteps<Out extends Message, In extends Message>(
  steps: ExchangeSteps<Out, In>,
  repeatable: boolean,
  next: (attempt: number) => Out,
): TaskBody<ExchangeResult<In>> {
  let wait = steps.begin(repeatable, next);
  while (wait !== undefined) wait = steps.resume(yield wait);
  return steps.result;
}

/** A client whose exchanges cost a hot loop no generator and no closure. */
export interface SteppingClient<Out extends Message, In extends Message> extends RequestClient<
  Out,
  In
> {
  /** The exchanges of `task` on this client's socket: always the same object for the same task. */
  steps(task: TaskRef): ExchangeSteps<Out, In>;
}

/** ZeroMQ's socket options, times in microseconds, -1 as libzmq's "no limit" is Infinity here. */
export interface SocketOptions {
  /** `libzmq`: out of turn is EFSM at once. `zeromq.js`: as version 6 behaves (docs/decisions). */
  readonly profile: 'libzmq' | 'zeromq.js';
  readonly sendTimeoutUs: number;
  readonly receiveTimeoutUs: number;
  readonly lingerUs: number;
  /** ZMQ_IMMEDIATE: do not queue for a peer that is not connected. */
  readonly immediate: boolean;
  /** ZMQ_REQ_RELAXED: a new request may be sent before the reply to the last one came. */
  readonly relaxed: boolean;
  /** ZMQ_REQ_CORRELATE: replies to earlier requests are dropped. */
  readonly correlate: boolean;
}
