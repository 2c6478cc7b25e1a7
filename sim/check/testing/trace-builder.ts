/**
 * Traces made by hand: says in words what happens, in the order in which it happens.
 *
 * `at` and `by` set when and who, for everything that follows. Symbols are 0 to 2, their loops are
 * the tasks of the same numbers; HEARTBEAT and GATEWAY are tasks of no symbol. Amounts are cents.
 */
import {
  type Action,
  type BreakerState,
  type DrawdownState,
  EventKind,
  type FaultKind,
  type GuardianReason,
  NONE,
  ObjectId,
  OrderEffect,
  type Outcome,
  type RejectReason,
  ReplyStatus,
  type RunEnd,
  SocketErrorCode,
  type SocketErrorName,
  type SocketOp,
} from '../../trace/event.ts';
import { Recorder } from '../../trace/recorder.ts';
import type { Segment } from '../../trace/segment.ts';

export const BTC = 0;
export const ETH = 1;
export const XAU = 2;
export const HEARTBEAT = 3;
export const GATEWAY = 4;

export class TraceBuilder {
  readonly #recorder = new Recorder({ keep: true, readers: [] });
  #task = BTC;
  #symbol: number = BTC;

  get nowUs(): number {
    return this.#recorder.nowUs;
  }

  /** The whole trace; nothing can be added afterwards. */
  segments(): readonly Segment[] {
    this.#recorder.finish();
    return this.#recorder.segments;
  }

  /** It is `ms` milliseconds after the start. */
  at(ms: number): this {
    this.#recorder.nowUs = ms * 1_000;
    return this;
  }

  /** The task of a symbol acts, or one that belongs to none; `onBehalf` is another's symbol. */
  by(task: number, onBehalf = task <= XAU ? task : NONE): this {
    this.#task = task;
    this.#symbol = onBehalf;
    return this;
  }

  signal(number: number, trade = true): this {
    return this.#stamp(EventKind.signal, NONE, number, trade ? 1 : 0, 0);
  }

  settle(number: number, outcome: Outcome): this {
    return this.#stamp(EventKind.settle, NONE, number, outcome, 0);
  }

  request(hold: number, lock: number = ObjectId.socket): this {
    return this.#stamp(EventKind.request, lock, hold, 0, 0);
  }

  grant(hold: number, lock: number = ObjectId.socket): this {
    return this.#stamp(EventKind.grant, lock, hold, 0, 0);
  }

  release(hold: number, lock: number = ObjectId.socket): this {
    return this.#stamp(EventKind.release, lock, hold, 0, 0);
  }

  /** The lock takes a hold back by itself. */
  takeBack(hold: number, lock: number = ObjectId.socket): this {
    return this.#stamp(EventKind.release, lock, hold, 1, 0);
  }

  timeout(hold: number, lock: number = ObjectId.socket): this {
    return this.#stamp(EventKind.timeout, lock, hold, 0, 0);
  }

  cancel(hold: number, lock: number = ObjectId.socket): this {
    return this.#stamp(EventKind.cancel, lock, hold, 0, 0);
  }

  enter(hold: number, resource: number = ObjectId.socket): this {
    return this.#stamp(EventKind.enter, resource, hold, 0, 0);
  }

  exit(hold: number, resource: number = ObjectId.socket): this {
    return this.#stamp(EventKind.exit, resource, hold, 0, 0);
  }

  /** Asks, is let in at once and enters. */
  acquire(hold: number, lock: number = ObjectId.socket): this {
    return this.request(hold, lock).grant(hold, lock).enter(hold, lock);
  }

  /** Exits and gives back. */
  giveBack(hold: number, lock: number = ObjectId.socket): this {
    return this.exit(hold, lock).release(hold, lock);
  }

  send(request: number, action: Action, socket: number = ObjectId.socket): this {
    return this.#stamp(EventKind.send, socket, request, action, 0);
  }

  receive(request: number, status: ReplyStatus = ReplyStatus.ok, socket = ObjectId.socket): this {
    return this.#stamp(EventKind.receive, socket, request, status, 0);
  }

  fail(op: SocketOp, error: SocketErrorName, socket: number = ObjectId.socket): this {
    return this.#stamp(EventKind.socketError, socket, 0, SocketErrorCode[error] * 4 + op, 0);
  }

  reopen(socket: number = ObjectId.socket): this {
    this.#stamp(EventKind.socketClose, socket, 0, 0, 0);
    return this.#stamp(EventKind.socketOpen, socket, 0, 0, 0);
  }

  order(order: number, effect: OrderEffect = OrderEffect.roundTrip, exposureBp = 30): this {
    return this.#stamp(EventKind.order, NONE, order, effect, exposureBp);
  }

  /** The gateway executes an order of the acting symbol. */
  fill(order: number, cents: number): this {
    const task = this.#task;
    this.#task = GATEWAY;
    this.#stamp(EventKind.fill, NONE, order, order, cents);
    this.#task = task;
    return this;
  }

  reject(order: number, reason: RejectReason, reduces = false): this {
    return this.#stamp(EventKind.reject, NONE, order, reason * 2 + (reduces ? 1 : 0), 0);
  }

  unknown(order: number): this {
    return this.#stamp(EventKind.unknown, NONE, order, 0, 0);
  }

  resolve(order: number, executed: boolean): this {
    return this.#stamp(EventKind.resolve, NONE, order, executed ? 1 : 0, 0);
  }

  /** The acting symbol's figure changes, because of `cause`'s order. */
  metrics(order: number, figure: number, cause = this.#symbol): this {
    return this.#stamp(EventKind.metrics, NONE, order, cause, figure);
  }

  /** The same figure as a float in dollars. */
  floatMetrics(order: number, dollars: number): this {
    return this.#stamp(EventKind.metrics, 1, order, this.#symbol, dollars);
  }

  total(figure: number): this {
    return this.by(GATEWAY).#stamp(EventKind.total, NONE, 0, 0, figure);
  }

  floatTotal(dollars: number): this {
    return this.by(GATEWAY).#stamp(EventKind.total, NONE, 0, 1, dollars);
  }

  /** The books of a symbol, or of the account. */
  books(cents: number, symbol: number = NONE): this {
    return this.by(GATEWAY, symbol).#stamp(EventKind.books, NONE, 0, 0, cents);
  }

  breaker(from: BreakerState, to: BreakerState): this {
    return this.#stamp(EventKind.breaker, NONE, from, to, 0);
  }

  guardian(reason: GuardianReason): this {
    return this.#stamp(EventKind.guardian, NONE, reason, 0, 0);
  }

  drawdown(from: DrawdownState, to: DrawdownState): this {
    return this.#stamp(EventKind.drawdown, NONE, from, to, 0);
  }

  fault(kind: FaultKind, detail = 0, value = 0): this {
    return this.by(GATEWAY).#stamp(EventKind.fault, NONE, kind, detail, value);
  }

  end(how: RunEnd): this {
    return this.by(GATEWAY).#stamp(EventKind.end, NONE, 0, how, 0);
  }

  #stamp(kind: EventKind, object: number, a: number, b: number, value: number): this {
    this.#recorder.stamp(kind, this.#task, this.#symbol, object, a, b, value);
    return this;
  }
}
