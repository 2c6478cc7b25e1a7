/**
 * The order desk of one symbol: asks the gateway what a signal needs, inside the critical section.
 *
 * Invariants: an order is sent once; a lost reply is an unknown outcome, asked about before the
 * symbol trades again (`lostOrder: 'resend'` is the defect that sends it again). The risk rules are
 * asked at the last moment before an order.
 */
import { AssertionError, assertExists, assertUnreachable } from '../base/assert.ts';
import { cents } from '../base/money.ts';
import type { Driver, Suspension, TaskBody, TaskRef, Woken } from '../kernel/task.ts';
import { Action, EventKind, NONE, OrderEffect, Outcome, RejectReason } from '../trace/event.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { ExchangeSteps, SteppingClient } from '../zmq/contract.ts';
import type { DeskMemory, PendingOrder } from './desk-memory.ts';
import type { Deal, GatewayReply, GatewayRequest, Position } from './protocol.ts';
import type { Risk } from './risk/risk.ts';
import type { Signal } from './signals.ts';

export interface OrderDeskOptions {
  /** What happens to an order whose reply was lost. */
  readonly lostOrder: 'query' | 'resend';
  /** The number of an order that is sent again. */
  readonly resendId: 'same' | 'new';
  /** Asks for the symbol's position before each order. */
  readonly queryFirst: boolean;
  /** What a signal does with a position query that failed. */
  readonly failedQuery: 'skip' | 'read-as-flat';
  /** How long after sending the gateway may begin on an order, in microseconds. */
  readonly orderValidUs: number;
}

/** Numbers that are unique within a run. */
export interface Numbering {
  nextRequest(): number;
  nextOrder(): number;
}

export interface OrderDeskParts {
  readonly driver: Driver;
  readonly recorder: Recorder;
  readonly client: SteppingClient<GatewayRequest, GatewayReply>;
  readonly risk: Risk;
  readonly numbering: Numbering;
  readonly options: OrderDeskOptions;
  readonly symbol: number;
  readonly volumeMilli: number;
  /** The reference's market books an order as a round trip; the other one keeps positions. */
  readonly roundTrip: boolean;
}

/** What came of a signal. `order` is 0 where nothing was executed. */
export interface Executed {
  outcome: Outcome;
  order: number;
  /** Realised, in cents. */
  profit: number;
}

type Query = 'PING' | 'SYNC_ALL' | 'GET_POSITIONS';

export class OrderDesk {
  readonly #parts: OrderDeskParts;
  /** The open position as the engine believes it to be; ticket 0 is flat. */
  #ticket = 0;
  #heldBp = 0;
  #booked = { executions: 0, realisedCents: 0 };
  #unknown: PendingOrder | undefined = undefined;
  #placing: PendingOrder | undefined = undefined;
  #side: Signal['side'] = 'BUY';
  #query: Query = 'PING';
  #phase: 'idle' | 'ping' | 'order' | 'detour' = 'idle';
  #steps: ExchangeSteps<GatewayRequest, GatewayReply> | undefined = undefined;
  #detour: TaskBody | undefined = undefined;
  /** Reused for every signal: read it before the next one. */
  readonly executed: Executed = { outcome: Outcome.skipped, order: 0, profit: 0 };

  constructor(parts: OrderDeskParts) {
    this.#parts = parts;
  }

  /** True while an order's outcome is open. */
  get unresolved(): boolean {
    return this.#unknown !== undefined;
  }

  /** What it knows. */
  get memory(): DeskMemory {
    const open = this.#placing ?? this.#unknown;
    return { ticket: this.#ticket, heldBp: this.#heldBp, open, ...this.#booked };
  }

  /** Knows again what an earlier run knew; an order that is open is asked about before all else. */
  recall({ ticket, heldBp, open, executions, realisedCents }: DeskMemory): void {
    const { risk, symbol } = this.#parts;
    this.#ticket = ticket;
    this.#heldBp = heldBp;
    this.#booked = { executions, realisedCents };
    this.#unknown = open;
    risk.believe(symbol, heldBp);
    if (open !== undefined) risk.recallOrder(open.effect, symbol, open.exposureBp);
  }

  /**
   * Does all that a signal asks of the gateway: what the task has to yield first, or undefined if
   * it is over; then `executed` says what came of it. The usual course is a state machine, because
   * it runs for every tick; whatever else may happen is a generator, a detour.
   */
  begin(task: TaskRef, signal: Signal): Suspension | undefined {
    this.#settle(Outcome.skipped, 0, 0);
    if (this.#unknown !== undefined) return this.#goRound(this.resolve(task));
    if (!signal.wantsTrade) {
      this.#phase = 'ping';
      return this.#beginQuery(task, 'PING') ?? this.#pinged();
    }
    if (this.#parts.options.queryFirst) return this.#goRound(this.#learnAndTrade(task, signal));
    this.#phase = 'order';
    return this.#beginOrder(task, signal) ?? this.#ordered(task);
  }

  /** Goes on with what that `yield` returned: the next to yield, or undefined at the end. */
  resume(task: TaskRef, woken: Woken): Suspension | undefined {
    switch (this.#phase) {
      case 'ping':
        return this.#exchange.resume(woken) ?? this.#pinged();
      case 'order':
        return this.#exchange.resume(woken) ?? this.#ordered(task);
      case 'detour':
        return this.#pump(woken);
      case 'idle':
        throw new AssertionError('expected a signal that is not over');
      default:
        return assertUnreachable(this.#phase);
    }
  }

  /** The lock never let the signal in. */
  missed(): void {
    this.#settle(Outcome.failed, 0, 0);
  }

  /**
   * Asks what became of the order whose reply was lost; it stays open if that cannot be told
   * either.
   */
  *resolve(task: TaskRef): TaskBody {
    const pending = assertExists(this.#unknown, 'expected an order whose outcome is open');
    const reply = yield* this.#ask(task, 'SYNC_ALL');
    if (reply?.kind !== 'sync') {
      this.#settle(Outcome.unknown, 0, 0);
      return;
    }
    const deal = reply.deals.find((one) => one.order === pending.order);
    this.#unknown = undefined;
    this.#stamp(EventKind.resolve, task, pending.order, deal === undefined ? 0 : 1, 0);
    if (deal !== undefined) {
      this.#book(pending, deal);
      return;
    }
    this.#parts.risk.onRefused(pending.effect, this.#parts.symbol);
    this.#settle(Outcome.failed, 0, 0);
  }

  get #exchange(): ExchangeSteps<GatewayRequest, GatewayReply> {
    return assertExists(this.#steps, 'expected an exchange under way');
  }

  #goRound(detour: TaskBody): Suspension | undefined {
    this.#phase = 'detour';
    this.#detour = detour;
    return this.#pump(true);
  }

  #pump(woken: Woken): Suspension | undefined {
    const next = this.#detour?.next(woken);
    if (next !== undefined && next.done !== true) return next.value;
    this.#detour = undefined;
    this.#phase = 'idle';
    return undefined;
  }

  #pinged(): undefined {
    this.#phase = 'idle';
    if (this.#answered() === undefined) this.#settle(Outcome.failed, 0, 0);
    return undefined;
  }

  /** The order's exchange is over, or there was none. */
  #ordered(task: TaskRef): Suspension | undefined {
    this.#phase = 'idle';
    this.#conclude(task);
    return this.#unknown === undefined ? undefined : this.#goRound(this.resolve(task));
  }

  /** The detour of an engine that asks for its position before it trades. */
  *#learnAndTrade(task: TaskRef, signal: Signal): TaskBody {
    if (!(yield* this.#learnPosition(task))) {
      this.#settle(Outcome.failed, 0, 0);
      return;
    }
    let wait = this.#beginOrder(task, signal);
    while (wait !== undefined) wait = this.#exchange.resume(yield wait);
    this.#conclude(task);
    if (this.#unknown !== undefined) yield* this.resolve(task);
  }

  /** Undefined if the exchange is over at once, or if the risk rules refuse the order. */
  #beginOrder(task: TaskRef, signal: Signal): Suspension | undefined {
    const { risk, symbol, driver, client, options } = this.#parts;
    const pending = this.#prepare(signal);
    const reason = risk.check(pending.effect, symbol, pending.exposureBp, driver.nowUs);
    if (reason !== 0) {
      this.#placing = undefined;
      this.#reject(task, pending, reason);
      return undefined;
    }
    this.#placing = pending;
    this.#stamp(EventKind.order, task, pending.order, pending.effect, pending.exposureBp);
    this.#steps = client.steps(task);
    return this.#steps.begin(options.lostOrder === 'resend', this.#nextOrderMessage);
  }

  /** Books, gives up or leaves open the order that was placed, if one was. */
  #conclude(task: TaskRef): void {
    const pending = this.#placing;
    if (pending === undefined) return;
    this.#placing = undefined;
    const { result } = this.#exchange;
    switch (result.kind) {
      case 'reply':
        this.#answer(task, pending, result.reply);
        return;
      case 'failed':
        this.#reportError();
        this.#refused(task, pending);
        this.#settle(Outcome.failed, 0, 0);
        return;
      case 'unknown':
        this.#reportError();
        this.#lose(task, pending);
        return;
      default:
        assertUnreachable(result);
    }
  }

  #prepare(signal: Signal): PendingOrder {
    const { numbering, roundTrip } = this.#parts;
    const order = numbering.nextOrder();
    this.#side = signal.side;
    const effect = roundTrip
      ? OrderEffect.roundTrip
      : this.#ticket === 0
        ? OrderEffect.open
        : OrderEffect.reduce;
    const reduces = effect === OrderEffect.reduce;
    return {
      order,
      effect,
      exposureBp: reduces ? this.#heldBp : signal.exposureBp,
      ticket: reduces ? this.#ticket : 0,
      signal: signal.number,
    };
  }

  #answer(task: TaskRef, pending: PendingOrder, reply: GatewayReply): void {
    if (reply.kind === 'filled') this.#book(pending, reply);
    else if (reply.kind === 'rejected') this.#refused(task, pending);
    else this.#lose(task, pending);
  }

  /** The message of an attempt; one with a number of its own is an order of its own. */
  readonly #nextOrderMessage = (attempt: number): GatewayRequest => {
    const { driver, numbering, options, symbol, volumeMilli, roundTrip } = this.#parts;
    let pending = assertExists(this.#placing, 'expected an order to place');
    if (attempt > 1 && options.resendId === 'new') {
      pending = { ...pending, order: numbering.nextOrder() };
      this.#placing = pending;
    }
    const request = numbering.nextRequest();
    const validUntilUs = driver.nowUs + options.orderValidUs;
    const { order, ticket, exposureBp, signal } = pending;
    if (pending.effect === OrderEffect.reduce) {
      const code = Action.CLOSE;
      return { request, code, symbol, action: 'CLOSE', order, ticket, validUntilUs };
    }
    return {
      request,
      code: Action.OPEN,
      symbol,
      action: 'OPEN',
      order,
      side: this.#side,
      volumeMilli,
      roundTrip,
      exposureBp,
      validUntilUs,
      signal,
    };
  };

  /** Books an execution that the gateway has confirmed. */
  #book(pending: PendingOrder, deal: Deal): void {
    const { risk, driver, symbol } = this.#parts;
    if (pending.effect === OrderEffect.open) {
      this.#ticket = deal.ticket;
      this.#heldBp = pending.exposureBp;
    } else if (pending.effect === OrderEffect.reduce) {
      this.#ticket = 0;
      this.#heldBp = 0;
    }
    this.#booked.executions += 1;
    this.#booked.realisedCents = cents(this.#booked.realisedCents + deal.profit);
    risk.onFill(pending.effect, symbol, pending.exposureBp, deal.profit, driver.nowUs);
    this.#settle(Outcome.filled, pending.order, deal.profit);
  }

  /** An order that the risk rules had let through came to nothing. */
  #refused(task: TaskRef, pending: PendingOrder): void {
    this.#parts.risk.onRefused(pending.effect, this.#parts.symbol);
    this.#reject(task, pending, RejectReason.gateway);
  }

  #reject(task: TaskRef, pending: PendingOrder, reason: RejectReason): void {
    const reduces = pending.effect === OrderEffect.reduce ? 1 : 0;
    this.#stamp(EventKind.reject, task, pending.order, reason * 2 + reduces, 0);
    this.#settle(Outcome.rejected, 0, 0);
  }

  #lose(task: TaskRef, pending: PendingOrder): void {
    this.#unknown = pending;
    this.#stamp(EventKind.unknown, task, pending.order, 0, 0);
    this.#settle(Outcome.unknown, 0, 0);
  }

  /**
   * True if the position is known now, or taken for known by the defect that reads errors as flat.
   */
  *#learnPosition(task: TaskRef): TaskBody<boolean> {
    const reply = yield* this.#ask(task, 'GET_POSITIONS');
    if (reply?.kind === 'positions') {
      this.#believe(reply.positions[0]);
      return true;
    }
    if (this.#parts.options.failedQuery === 'skip') return false;
    this.#believe(undefined);
    return true;
  }

  #believe(position: Position | undefined): void {
    this.#ticket = position?.ticket ?? 0;
    this.#heldBp = position?.exposureBp ?? 0;
    this.#parts.risk.believe(this.#parts.symbol, this.#heldBp);
  }

  /** A request that changes nothing and may be repeated; undefined if no answer to it came. */
  *#ask(task: TaskRef, query: Query): TaskBody<GatewayReply | undefined> {
    let wait = this.#beginQuery(task, query);
    while (wait !== undefined) wait = this.#exchange.resume(yield wait);
    return this.#answered();
  }

  #beginQuery(task: TaskRef, query: Query): Suspension | undefined {
    this.#query = query;
    this.#steps = this.#parts.client.steps(task);
    return this.#steps.begin(true, this.#nextQueryMessage);
  }

  #answered(): GatewayReply | undefined {
    const { result } = this.#exchange;
    if (result.kind === 'reply' && result.reply.kind !== 'failed') return result.reply;
    this.#reportError();
    return undefined;
  }

  readonly #nextQueryMessage = (): GatewayRequest => {
    const { numbering, symbol } = this.#parts;
    const request = numbering.nextRequest();
    const action = this.#query;
    const code = Action[action];
    return action === 'GET_POSITIONS'
      ? { request, code, symbol, action, positionsOf: symbol }
      : { request, code, symbol, action };
  };

  #reportError(): void {
    this.#parts.risk.onError(this.#parts.driver.nowUs);
  }

  #settle(outcome: Outcome, order: number, profit: number): void {
    this.executed.outcome = outcome;
    this.executed.order = order;
    this.executed.profit = profit;
  }

  #stamp(kind: EventKind, task: TaskRef, order: number, detail: number, value: number): void {
    this.#parts.recorder.stamp(kind, task.id, this.#parts.symbol, NONE, order, detail, value);
  }
}
