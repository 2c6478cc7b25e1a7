/**
 * The engine's socket where a bridge stands between: a request goes as an envelope, and the bridge
 * puts it through a real REQ socket of its own.
 *
 * Invariants: time-outs and errors are those of the bridge's socket, as it tells them; an order
 * goes once, and one without a reply is unknown until a later answer of the gateway settles it.
 * Known limits: `send` is stamped when the envelope leaves, not when the far socket takes the
 * message, and what that refuses is stamped when it is heard of.
 */
import {
  assertUnreachable,
  type Directory,
  EventKind,
  type GatewayReply,
  type GatewayRequest,
  NONE,
  type Operation,
  ReplyStatus,
  type RequestSocket,
  SocketErrorCode,
  type SocketErrorName,
  SocketOp,
  type SocketOptions,
  type TaskRef,
} from '../../sim/index.ts';
import { askOf, DEADLINE_MS_MAX, type Outcome } from '../protocol.ts';
import type { GatewayCodec } from '../sockets/gateway-codec.ts';
import { type Settled, Ticket } from '../sockets/ticket.ts';
import type { EndParts } from './far-end.ts';
import type { PageLine } from './page-line.ts';

export interface BridgedSocketParts extends EndParts {
  /** Undefined if there is none any more. */
  readonly line: Promise<PageLine | undefined>;
  readonly options: SocketOptions;
  /** The socket's number in the trace. */
  readonly object: number;
  readonly codec: GatewayCodec;
  readonly directory: Directory;
  /** Orders whose outcome the bridge does not know, with the time from which they cannot begin. */
  readonly unknown: Map<string, number>;
  /** Hears of a request before it leaves. */
  readonly onRequest: (request: GatewayRequest) => void;
  /** Hears of a reply before it is stamped and before its task does. */
  readonly onReply: (task: TaskRef, reply: GatewayReply) => void;
}

const US_PER_MS = 1_000;
const RESOLVE_MS = 5_000;

/** One request and what became of it: its task waits on it, and the bridge times it out. */
class Exchange extends Ticket<GatewayReply> {
  awaited = false;

  constructor(
    readonly task: TaskRef,
    readonly request: GatewayRequest,
  ) {
    super();
  }
}

export class BridgedSocket implements RequestSocket<GatewayRequest, GatewayReply> {
  readonly #parts: BridgedSocketParts;
  /** The last request of each task, until it has received. */
  readonly #exchanges = new Map<number, Exchange>();
  #closed = false;

  constructor(parts: BridgedSocketParts) {
    this.#parts = parts;
    parts.recorder.stamp(EventKind.socketOpen, NONE, NONE, parts.object, 0, 0, 0);
  }

  send(task: TaskRef, message: GatewayRequest): Operation<GatewayRequest> {
    if (this.#closed) return this.#failed(task, message, SocketOp.send, 'EBADF');
    const exchange = new Exchange(task, message);
    this.#exchanges.set(task.id, exchange);
    this.#parts.onRequest(message);
    this.#stamp(EventKind.send, task, message.request, message.code);
    const { kernel } = this.#parts;
    const settled = kernel.await();
    void this.#ask(message).then((outcome) =>
      kernel.outside(() => {
        exchange.settled = this.#settle(exchange, outcome);
        if (exchange.awaited) kernel.wake(task);
        settled();
      }),
    );
    return { kind: 'done', message: undefined };
  }

  receive(task: TaskRef): Operation<GatewayReply> {
    const exchange = this.#exchanges.get(task.id);
    if (exchange === undefined) return this.#failed(task, undefined, SocketOp.receive, 'EFSM');
    this.#exchanges.delete(task.id);
    if (exchange.settled !== undefined) return exchange.settled;
    exchange.awaited = true;
    return exchange;
  }

  close(task: TaskRef): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#exchanges.clear();
    this.#stamp(EventKind.socketClose, task, 0, 0);
  }

  reopen(task: TaskRef): void {
    this.close(task);
    this.#closed = false;
    this.#stamp(EventKind.socketOpen, task, 0, 0);
  }

  async #ask(message: GatewayRequest): Promise<Outcome | undefined> {
    const { line, codec, options } = this.#parts;
    const open = await line;
    const { op, body } = askOf(codec.encode(message));
    const deadlineMs = Math.min(DEADLINE_MS_MAX, Math.ceil(options.receiveTimeoutUs / US_PER_MS));
    return open?.ask(op, body, Math.max(1, deadlineMs));
  }

  /** Takes in what became of a request, as a step of the kernel. */
  #settle({ task, request }: Exchange, outcome: Outcome | undefined): Settled<GatewayReply> {
    // Without a connection nobody knows whether the request left.
    if (outcome === undefined) return this.#failed(task, request, SocketOp.receive, 'EAGAIN');
    switch (outcome.outcome) {
      case 'answered':
        this.#resolve(request, outcome.resolved);
        return this.#received(task, this.#read(task, request, outcome.reply));
      case 'unknown':
        this.#keepOpen(request);
        return this.#failed(task, request, SocketOp.receive, nameOf(outcome.code));
      case 'failed': {
        const error = nameOf(outcome.code);
        const op = 'order' in request || error !== 'EAGAIN' ? SocketOp.send : SocketOp.receive;
        return this.#failed(task, request, op, error);
      }
      case 'refused':
      case 'done':
        return this.#received(task, refusalOf(request));
      default:
        return assertUnreachable(outcome);
    }
  }

  #read(
    task: TaskRef,
    request: GatewayRequest,
    reply: Readonly<Record<string, unknown>>,
  ): GatewayReply {
    const read = this.#parts.codec.decode(JSON.stringify(reply), request);
    this.#parts.onReply(task, read);
    return read;
  }

  #received(task: TaskRef, reply: GatewayReply): Settled<GatewayReply> {
    this.#stamp(EventKind.receive, task, reply.request, reply.code);
    return { kind: 'done', message: reply };
  }

  #failed(
    task: TaskRef,
    message: GatewayRequest | undefined,
    op: SocketOp,
    error: SocketErrorName,
  ): { readonly kind: 'failed'; readonly error: SocketErrorName } {
    const code = SocketErrorCode[error] * 4 + op;
    this.#stamp(EventKind.socketError, task, message?.request ?? 0, code);
    return { kind: 'failed', error };
  }

  #keepOpen(request: GatewayRequest): void {
    if (!('order' in request)) return;
    const { unknown, directory } = this.#parts;
    unknown.set(directory.uuidOfOrder(request.order), request.validUntilUs);
  }

  /**
   * The gateway said what it executed: an order that is not among that, and that it may not begin
   * on any more, was not executed. The bridge is told, since it lets nothing of the symbol through
   * before.
   */
  #resolve(request: GatewayRequest, executed: readonly string[]): void {
    if (request.action !== 'SYNC_ALL') return;
    const { unknown, line, recorder } = this.#parts;
    for (const uuid of executed) unknown.delete(uuid);
    for (const [uuid, validUntilUs] of unknown) {
      if (recorder.nowUs < validUntilUs) continue;
      unknown.delete(uuid);
      void line.then((open) => open?.ask('RESOLVE', { uuid, as: 'not-executed' }, RESOLVE_MS));
    }
  }

  #stamp(kind: EventKind, task: TaskRef, a: number, b: number): void {
    this.#parts.recorder.stamp(kind, task.id, task.symbol, this.#parts.object, a, b, 0);
  }
}

/** The socket's own word where it has one; what else the bridge gave up with was a deadline. */
function nameOf(code: string): SocketErrorName {
  return Object.hasOwn(SocketErrorCode, code) ? (code as SocketErrorName) : 'EAGAIN';
}

/** What the bridge did not let through is rejected, as a gateway's own refusal would be. */
function refusalOf(request: GatewayRequest): GatewayReply {
  const { symbol, request: number } = request;
  const head = { request: number, symbol };
  if (!('order' in request)) {
    return { ...head, code: ReplyStatus.error, kind: 'failed', error: 'SERVER_ERROR' };
  }
  const { order, action } = request;
  const error = action === 'OPEN' ? 'MT5_ORDER_FAILED' : 'MT5_CLOSE_FAILED';
  return { ...head, code: ReplyStatus.rejected, kind: 'rejected', order, error };
}
