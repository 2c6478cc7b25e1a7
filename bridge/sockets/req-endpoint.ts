/**
 * A real REQ socket of zeromq.js that keeps the contract which the simulated one keeps.
 *
 * Invariants: the time-outs and every error are ZeroMQ's own, never guessed here; what the trace
 * says was sent or received is what the socket accepted or delivered; a message that has to be on
 * record first is not handed to the socket before it is. Known limit: what an already closed socket
 * still brings (two tasks on it without a lock) is told to its task and not stamped, because in the
 * trace the number then stands for the socket that took its place.
 */
import { Request } from 'zeromq';
import {
  assert,
  EventKind,
  type GatewayReply,
  type GatewayRequest,
  type Message,
  NONE,
  type Operation,
  type RealTimeKernel,
  type Recorder,
  type RequestSocket,
  SocketErrorCode,
  type SocketErrorName,
  SocketOp,
  type SocketOptions,
  type TaskRef,
} from '../../sim/index.ts';
import { isIpv6 } from './listen.ts';
import { nameOrThrow } from './socket-error.ts';
import { requestOptions } from './socket-options.ts';
import { type Settled, Ticket } from './ticket.ts';
import type { CurveOptions } from './upstream.ts';

/** How messages look on the wire. */
export interface Codec<Out extends Message, In extends Message> {
  encode(message: Out): string;
  /** What came as the reply to `awaited`; one that cannot be read becomes a reply that says so. */
  decode(text: string, awaited: Out): In;
}

export interface ReqEndpointParts<Out extends Message, In extends Message> {
  readonly kernel: RealTimeKernel;
  readonly recorder: Recorder;
  /** `tcp://127.0.0.1:5555`. */
  readonly address: string;
  readonly options: SocketOptions;
  /** The socket's number in the trace. */
  readonly object: number;
  readonly codec: Codec<Out, In>;
  /** Puts a message on record that must not leave before; undefined where nothing has to be. */
  readonly beforeSend?: (message: Out) => Promise<void> | undefined;
  /** Hears of a reply before it is stamped and before its task does. */
  readonly onReply?: (task: TaskRef, reply: In) => void;
  /** Keys of a connection that leaves this machine. */
  readonly curve?: CurveOptions | undefined;
}

/** The socket of an engine that talks to a gateway. */
export type EngineSocket = ReqEndpoint<GatewayRequest, GatewayReply>;

export class ReqEndpoint<Out extends Message, In extends Message> implements RequestSocket<
  Out,
  In
> {
  readonly #parts: ReqEndpointParts<Out, In>;
  #socket: Request;
  /** The request that was sent last. */
  #awaited: Out | undefined = undefined;
  /** Whether a reply to it is due. */
  #due = false;

  constructor(parts: ReqEndpointParts<Out, In>) {
    this.#parts = parts;
    this.#socket = this.#connect();
    parts.recorder.stamp(EventKind.socketOpen, NONE, NONE, parts.object, 0, 0, 0);
  }

  send(task: TaskRef, message: Out): Operation<Out> {
    const recorded = this.#parts.beforeSend?.(message);
    if (recorded === undefined) return this.#send(task, message);
    const ticket = new Ticket<Out>();
    const settled = this.#parts.kernel.await();
    void recorded.then(
      () =>
        this.#parts.kernel.outside(() => {
          const operation = this.#send(task, message, ticket);
          if (operation.kind !== 'pending') this.#end(ticket, operation, task);
          settled();
        }),
      // What must not leave unrecorded could not be recorded: nothing may go on.
      (error: unknown) => this.#parts.kernel.fail(error),
    );
    return ticket;
  }

  receive(task: TaskRef): Operation<In> {
    const socket = this.#socket;
    let received: Promise<Buffer[]>;
    try {
      received = socket.receive();
    } catch (error) {
      return this.#failed(SocketOp.receive, nameOrThrow(error), task, undefined);
    }
    const ticket = new Ticket<In>();
    this.#follow(
      received,
      (frames) => this.#end(ticket, this.#received(socket, task, frames), task),
      (error) => this.#end(ticket, this.#failed(SocketOp.receive, error, task, undefined), task),
    );
    return ticket;
  }

  close(task: TaskRef): void {
    if (this.#socket.closed) return;
    this.#socket.close();
    this.#due = false;
    this.#stamp(EventKind.socketClose, task, 0, 0);
  }

  reopen(task: TaskRef): void {
    this.close(task);
    this.#socket = this.#connect();
    this.#awaited = undefined;
    this.#stamp(EventKind.socketOpen, task, 0, 0);
  }

  /** Closes the socket for good, after the run. */
  dispose(): void {
    this.#socket.close();
  }

  #connect(): Request {
    const socket = new Request({
      ...requestOptions(this.#parts.options),
      ...this.#parts.curve,
      ipv6: isIpv6(this.#parts.address),
    });
    socket.connect(this.#parts.address);
    return socket;
  }

  #send(task: TaskRef, message: Out, ticket = new Ticket<Out>()): Operation<Out> {
    const socket = this.#socket;
    let sent: Promise<void>;
    try {
      sent = socket.send(this.#parts.codec.encode(message));
    } catch (error) {
      return this.#failed(SocketOp.send, nameOrThrow(error), task, message);
    }
    this.#follow(
      sent,
      () => this.#end(ticket, this.#sent(socket, task, message), task),
      (error) => this.#end(ticket, this.#failed(SocketOp.send, error, task, message), task),
    );
    return ticket;
  }

  #sent(socket: Request, task: TaskRef, message: Out): Settled<Out> {
    if (socket === this.#socket && !socket.closed) {
      this.#awaited = message;
      this.#due = true;
      this.#stamp(EventKind.send, task, message.request, message.code);
    }
    return { kind: 'done', message: undefined };
  }

  #received(socket: Request, task: TaskRef, frames: readonly Buffer[]): Settled<In> {
    const awaited = this.#awaited;
    assert(awaited !== undefined, 'expected a reply to a request that was sent');
    const reply = this.#parts.codec.decode(Buffer.concat([...frames]).toString('utf8'), awaited);
    this.#parts.onReply?.(task, reply);
    if (socket === this.#socket && !socket.closed) {
      this.#due = false;
      this.#stamp(EventKind.receive, task, reply.request, reply.code);
    }
    return { kind: 'done', message: reply };
  }

  #failed(
    op: SocketOp,
    error: SocketErrorName,
    task: TaskRef,
    message: Out | undefined,
  ): { kind: 'failed'; error: SocketErrorName } {
    const awaited = this.#due ? (this.#awaited?.request ?? 0) : 0;
    const number = message === undefined ? awaited : message.request;
    this.#stamp(EventKind.socketError, task, number, SocketErrorCode[error] * 4 + op);
    return { kind: 'failed', error };
  }

  #end<M extends Message>(ticket: Ticket<M>, settled: Settled<M>, task: TaskRef): void {
    ticket.settled = settled;
    this.#parts.kernel.wake(task);
  }

  /** Takes in how an operation of the socket ends, as a step of the kernel. */
  #follow<T>(
    operation: Promise<T>,
    done: (value: T) => void,
    failed: (error: SocketErrorName) => void,
  ): void {
    const { kernel } = this.#parts;
    const settled = kernel.await();
    const enter = (step: () => void): void =>
      kernel.outside(() => {
        step();
        settled();
      });
    void operation.then(
      (value) => enter(() => done(value)),
      (error: unknown) => enter(() => failed(nameOrThrow(error))),
    );
  }

  #stamp(kind: EventKind, task: TaskRef, a: number, b: number): void {
    this.#parts.recorder.stamp(kind, task.id, task.symbol, this.#parts.object, a, b, 0);
  }
}
