/**
 * What the bridge's REQ socket does, stamped in the page's trace as if it stood there.
 *
 * `send` is stamped when a request leaves here if nothing else of this socket is under way, for
 * then the socket takes it at once; else when it is heard that the socket took it, because until
 * then it had another. Invariants: what the socket refused with EFSM or EBUSY is stamped as that
 * and as no send; where a turn ended without its reply, the bridge opens a new socket in its place,
 * and so does the trace. Known limit: of a request that did not get as far as the socket although
 * nothing was in its way, a send and a new socket are stamped; of the ones after it nothing is,
 * until one goes through.
 */
import {
  assertUnreachable,
  EventKind,
  type ExchangeResult,
  type GatewayReply,
  type GatewayRequest,
  NONE,
  type Recorder,
  ReplyStatus,
  SocketErrorCode,
  type SocketErrorName,
  SocketOp,
  type TaskRef,
} from '../../sim/index.ts';
import type { Outcome } from '../../bridge/protocol.ts';

type Result = ExchangeResult<GatewayReply>;

/** What came as a reply and was not passed on: to this request, or to another one. */
const UNREAD: Readonly<Record<string, 'ours' | 'other'>> = {
  UNREADABLE: 'ours',
  REPLY_TOO_LARGE: 'ours',
  OTHER_UUID: 'other',
};
/** No request has this number. */
const NOBODYS_REQUEST = 0;

/** A request that is under way. */
export interface StampedExchange {
  /** Stamps how it ended, and says what that is to its task; `reply` where it was answered. */
  end(outcome: Outcome, reply: GatewayReply | undefined): Result;
}

export class SocketStamps {
  readonly #recorder: Recorder;
  readonly #object: number;
  #underWay = 0;
  /** Whether the last request got as far as the socket. */
  #passable = true;

  constructor(recorder: Recorder, object: number) {
    this.#recorder = recorder;
    this.#object = object;
    recorder.stamp(EventKind.socketOpen, NONE, NONE, object, 0, 0, 0);
  }

  begin(task: TaskRef, request: GatewayRequest, isThere: boolean): StampedExchange {
    const isTaken = this.#underWay === 0 && this.#passable && isThere;
    this.#underWay += 1;
    if (isTaken) this.#send(task, request);
    return {
      end: (outcome, reply) => {
        this.#underWay -= 1;
        return this.#end(task, request, isTaken, outcome, reply);
      },
    };
  }

  #end(
    task: TaskRef,
    request: GatewayRequest,
    isStamped: boolean,
    outcome: Outcome,
    reply: GatewayReply | undefined,
  ): Result {
    switch (outcome.outcome) {
      case 'answered':
        this.#passable = true;
        if (!isStamped) this.#send(task, request);
        return this.#received(task, request, reply);
      case 'unknown':
        return this.#lost(task, request, isStamped, outcome.code);
      case 'failed':
        if (outcome.sent === true) return this.#lost(task, request, isStamped, outcome.code);
        return this.#notSent(task, request, isStamped, outcome.code);
      case 'refused':
      case 'done':
        this.#passable = false;
        if (isStamped) this.#reopen(task);
        return { kind: 'failed', error: 'EAGAIN' };
      default:
        return assertUnreachable(outcome);
    }
  }

  #received(task: TaskRef, request: GatewayRequest, reply: GatewayReply | undefined): Result {
    if (reply === undefined) return { kind: 'unknown' };
    this.#stamp(EventKind.receive, task, reply.request, reply.code);
    return reply.request === request.request ? { kind: 'reply', reply } : { kind: 'unknown' };
  }

  /** It was sent, and no reply came that could be read. */
  #lost(task: TaskRef, request: GatewayRequest, isStamped: boolean, code: string): Result {
    this.#passable = true;
    if (!isStamped) this.#send(task, request);
    const answered = UNREAD[code];
    if (answered !== undefined) {
      const number = answered === 'ours' ? request.request : NOBODYS_REQUEST;
      this.#stamp(EventKind.receive, task, number, ReplyStatus.error);
      return { kind: 'unknown' };
    }
    const error = nameOf(code) ?? 'EAGAIN';
    this.#failed(task, request, SocketOp.receive, error);
    // What the bridge gives up waiting for it does on a new socket; so does its next session.
    if (error === 'EAGAIN') this.#reopen(task);
    return { kind: 'unknown' };
  }

  /** The socket, or what stands before it, did not take it. */
  #notSent(task: TaskRef, request: GatewayRequest, isStamped: boolean, code: string): Result {
    const error = nameOf(code);
    this.#passable = error === 'EFSM' || error === 'EBUSY';
    if (error !== undefined) this.#failed(task, request, SocketOp.send, error);
    if (isStamped) this.#reopen(task);
    return { kind: 'failed', error: error ?? 'EAGAIN' };
  }

  #send(task: TaskRef, request: GatewayRequest): void {
    this.#stamp(EventKind.send, task, request.request, request.code);
  }

  #failed(task: TaskRef, request: GatewayRequest, op: SocketOp, error: SocketErrorName): void {
    const code = SocketErrorCode[error] * 4 + op;
    this.#stamp(EventKind.socketError, task, request.request, code);
  }

  #reopen(task: TaskRef): void {
    this.#stamp(EventKind.socketClose, task, 0, 0);
    this.#stamp(EventKind.socketOpen, task, 0, 0);
  }

  #stamp(kind: EventKind, task: TaskRef, a: number, b: number): void {
    this.#recorder.stamp(kind, task.id, task.symbol, this.#object, a, b, 0);
  }
}

/** The socket's own word, or undefined where the bridge has another. */
function nameOf(code: string): SocketErrorName | undefined {
  return Object.hasOwn(SocketErrorCode, code) ? (code as SocketErrorName) : undefined;
}
