/**
 * What a socket is, to those who use it: operations that are done at once, or pending until later.
 *
 * The simulated REQ and REP sockets implement it, and so does whatever carries it to a real ZeroMQ
 * socket. An operation never throws: EFSM, EAGAIN and their like are values.
 */
import type { TaskRef } from '../kernel/task.ts';
import type { SocketErrorName } from '../trace/event.ts';

/** What travels: who it belongs to and what it asks or answers. Immutable; may be delivered twice. */
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
 * An operation under way. The socket wakes the task when it settles; a task that waited `timeoutUs` in
 * vain calls `expire`.
 */
export interface PendingOperation<M extends Message> {
  /** How long to wait at most, in microseconds: the socket's SNDTIMEO or RCVTIMEO, or Infinity. */
  readonly timeoutUs: number;
  /** How it ended, or undefined while it has not. */
  readonly settled: Exclude<Operation<M>, { kind: 'pending' }> | undefined;
  /** Gives up with EAGAIN, unless it has settled by now; afterwards `settled` is set. */
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
