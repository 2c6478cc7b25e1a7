/**
 * The simulated REQ socket: its turn rules, joined to a link, stamped into the trace.
 *
 * Invariants: what the trace says was sent or received is what the socket accepted or delivered, at
 * that moment; a socket opened anew has a new connection, so that no reply to an earlier one
 * reaches it.
 */
import type { Driver, TaskRef } from '../kernel/task.ts';
import {
  EventKind,
  NONE,
  SocketErrorCode,
  type SocketErrorName,
  type SocketOp,
} from '../trace/event.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { Message, RequestSocket, SocketOptions } from './contract.ts';
import type { Link, LinkClient } from './link.ts';
import type { Network } from './network.ts';
import { ReqTurn } from './req-turn.ts';
import { TurnSocket } from './turn-socket.ts';

export class ReqSocket<Req extends Message, Rep extends Message>
  extends TurnSocket<Req, Rep>
  implements RequestSocket<Req, Rep>, LinkClient<Rep>
{
  readonly #recorder: Recorder;
  readonly #network: Network<Req, Rep>;
  readonly #options: SocketOptions;
  readonly #object: number;
  readonly #turn: ReqTurn<Rep>;
  /** Undefined while the socket is closed. */
  #link: Link<Req, Rep> | undefined;
  /** Number of the request sent last. */
  #request = 0;

  /** `object` is the socket's number in the trace; `turn` may be a faulty set of rules. */
  constructor(
    driver: Driver,
    recorder: Recorder,
    network: Network<Req, Rep>,
    options: SocketOptions,
    object: number,
    turn: ReqTurn<Rep> = new ReqTurn(options),
  ) {
    super(driver, options);
    this.#recorder = recorder;
    this.#network = network;
    this.#options = options;
    this.#object = object;
    this.#turn = turn;
    this.#link = network.connect(this, options);
    recorder.stamp(EventKind.socketOpen, NONE, NONE, object, 0, 0, 0);
  }

  close(task: TaskRef): void {
    if (this.#link === undefined) return;
    this.failPending();
    this.#link.close();
    this.#link = undefined;
    this.#stamp(EventKind.socketClose, task, 0, 0);
  }

  reopen(task: TaskRef): void {
    this.close(task);
    this.#turn.reset();
    this.#link = this.#network.connect(this, this.#options);
    this.#stamp(EventKind.socketOpen, task, 0, 0);
  }

  arrived(id: number, reply: Rep): void {
    const receiver = this.receiver;
    if (receiver !== undefined && this.#turn.answers(id)) {
      this.#stamp(EventKind.receive, receiver, reply.request, reply.code);
      this.handOver(reply);
      return;
    }
    this.#turn.arrived(id, reply);
    this.settle();
  }

  writable(): void {
    this.settle();
  }

  protected override trySend(task: TaskRef, request: Req): SocketErrorName | undefined {
    const link = this.#link;
    if (link === undefined) return 'EBADF';
    if (!this.#turn.maySend) return 'EFSM';
    if (!link.writable) return 'EAGAIN';
    const id = this.#turn.sent();
    this.#request = request.request;
    this.#stamp(EventKind.send, task, request.request, request.code);
    link.send(id, request);
    return undefined;
  }

  protected override tryReceive(task: TaskRef): Rep | SocketErrorName {
    if (this.#link === undefined) return 'EBADF';
    const got = this.#turn.take();
    if (typeof got !== 'string') this.#stamp(EventKind.receive, task, got.request, got.code);
    return got;
  }

  protected override lookedInVain(): boolean {
    return this.#turn.lookedInVain();
  }

  protected override failed(
    op: SocketOp,
    error: SocketErrorName,
    task: TaskRef,
    request: Req | undefined,
  ): void {
    const awaited = this.#turn.awaiting ? this.#request : 0;
    const number = request === undefined ? awaited : request.request;
    this.#stamp(EventKind.socketError, task, number, SocketErrorCode[error] * 4 + op);
  }

  #stamp(kind: EventKind, task: TaskRef, a: number, b: number): void {
    this.#recorder.stamp(kind, task.id, task.symbol, this.#object, a, b, 0);
  }
}
