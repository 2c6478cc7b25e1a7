/**
 * risk.breaker: the global breaker opens when it promised to, and what halts trading does halt it.
 *
 * It must be open before the next opening order once so many losses in a row, or losses in a row of
 * so much, are known to the client: by the reply to the order or by its resolution. In half-open
 * one loss is enough. While it is open or locked out, the guardian has halted, or the drawdown
 * allows reducing only, no opening order goes out; in half-open only the trial orders do. Trips
 * beyond the threshold count one each. An order that only opens a position realises no loss yet.
 */
import { formatCents } from '../../base/format-cents.ts';
import { formatMs } from '../../base/time.ts';
import {
  BreakerState,
  DrawdownState,
  EventKind,
  type EventView,
  GuardianReason,
  OrderEffect,
  RejectReason,
  ReplyStatus,
} from '../../trace/event.ts';
import type { TraceBook } from '../../trace/book.ts';
import type { Check, CheckFold, Facts, Finding } from '../contract.ts';
import type { TraceEnd } from '../../trace/observer.ts';
import { Findings } from '../findings.ts';
import { refOf, symbolName } from '../names.ts';

const TRIPPED =
  'The breaker tripped at {ms} ms: trip {trips} of this run, where {max} are allowed.';
const NOT_OPENED =
  'Order {order} of {symbol} went out at {ms} ms after {losses} losses in a row (the breaker promises ' +
  'to open at {promised} or at {amount}), and the breaker had not opened.';
const LOST_ON_TRIAL =
  'Order {order} of {symbol} went out at {ms} ms after a loss in half-open, and the breaker had not ' +
  'opened again.';
const WHILE_OPEN =
  'Order {order} of {symbol} went out at {ms} ms although the breaker was {state}.';
const TRIALS_OVER =
  'Order {order} of {symbol} went out at {ms} ms as number {trials} in half-open; {promised} may.';
const WHILE_HALTED =
  'Order {order} of {symbol} went out at {ms} ms although the guardian had halted.';
const WHILE_REDUCING =
  'Order {order} of {symbol} went out at {ms} ms although the drawdown allowed only to reduce.';

/** In place of an order's number. */
const NO_ORDER = -1;

class RiskBreaker implements CheckFold {
  readonly #facts: Facts;
  readonly findings = new Findings();
  /** By task: its last order, as long as its result is not known. */
  readonly #last: number[] = [];
  #state: number = BreakerState.closed;
  #halted = false;
  #reducingOnly = false;
  /** The present row of losses known to the client. */
  #losses = 0;
  #lossCents = 0;
  #trials = 0;
  #trips = 0;

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  step(event: EventView, book: TraceBook): void {
    const kind = event.kind;
    if (kind === EventKind.receive) {
      if (event.b === ReplyStatus.filled) this.#known(event.task, book);
    } else if (kind === EventKind.order) this.#ask(event);
    else if (kind === EventKind.breaker) this.#change(event);
    else if (kind === EventKind.resolve) {
      if (event.b === 1) this.#known(event.task, book);
      else this.#drop();
    } else if (kind === EventKind.reject) {
      // What a rule refused never went out, and what reduces is on no trial.
      if (event.b === RejectReason.gateway * 2) this.#drop();
    } else if (kind === EventKind.guardian) this.#halted = event.a !== GuardianReason.resumed;
    else this.#reducingOnly = event.b >= DrawdownState.reduceOnly;
  }

  finish(end: TraceEnd): Finding {
    return this.findings.finish(end, { trips: this.#trips });
  }

  #ask(event: EventView): void {
    this.#last[event.task] = event.a;
    if (event.b === OrderEffect.reduce) return;
    this.findings.examined += 1;
    if (this.#state === BreakerState.halfOpen) this.#trials += 1;
    const { breakerLosses, breakerLossCents, halfOpenTrades } = this.#facts.risk;
    if (this.#halted) this.#tell(WHILE_HALTED, event, {});
    else if (this.#state === BreakerState.open) this.#tell(WHILE_OPEN, event, { state: 'open' });
    else if (this.#state === BreakerState.lockedOut) {
      this.#tell(WHILE_OPEN, event, { state: 'locked out' });
    } else if (this.#state === BreakerState.halfOpen && this.#losses > 0) {
      this.#tell(LOST_ON_TRIAL, event, {});
    } else if (this.#losses >= breakerLosses || this.#lossCents >= breakerLossCents) {
      this.#tell(NOT_OPENED, event, {
        losses: this.#losses,
        promised: breakerLosses,
        amount: formatCents(breakerLossCents),
      });
    } else if (this.#trials > halfOpenTrades) {
      this.#tell(TRIALS_OVER, event, { trials: this.#trials, promised: halfOpenTrades });
    } else if (this.#reducingOnly) this.#tell(WHILE_REDUCING, event, {});
  }

  /** The client knows now what the last order of `task` realised. */
  #known(task: number, book: TraceBook): void {
    const order = book.orders.find(this.#last[task] ?? NO_ORDER);
    // Not executed yet: the reply was another one's.
    if (order === undefined || Number.isNaN(order.cents)) return;
    this.#last[task] = NO_ORDER;
    if (order.effect === OrderEffect.open) return;
    const { cents } = order;
    this.#losses = cents < 0 ? this.#losses + 1 : 0;
    this.#lossCents = cents < 0 ? this.#lossCents - cents : 0;
  }

  /** An order came to nothing: its trial may go to another. */
  #drop(): void {
    if (this.#trials > 0) this.#trials -= 1;
  }

  #change(event: EventView): void {
    this.#state = event.b;
    this.#losses = 0;
    this.#lossCents = 0;
    this.#trials = 0;
    if (event.b !== BreakerState.open && event.b !== BreakerState.lockedOut) return;
    this.#trips += 1;
    const max = this.#facts.thresholds.breakerTripsMax;
    if (this.#trips <= max || !this.findings.violated()) return;
    const values = { ms: formatMs(event.timeUs), trips: this.#trips, max };
    this.findings.show(TRIPPED, values, [refOf(event)]);
  }

  #tell(template: string, event: EventView, more: Readonly<Record<string, string | number>>): void {
    if (!this.findings.violated()) return;
    const symbol = symbolName(this.#facts, event.symbol);
    const values = { order: event.a, symbol, ms: formatMs(event.timeUs), ...more };
    this.findings.show(template, values, [refOf(event)]);
  }
}

export const riskBreaker: Check = {
  id: 'risk.breaker',
  claim:
    'The breaker opens when it promised to, and nothing opens a position while trading is halted.',
  reads: [
    ...[EventKind.order, EventKind.receive, EventKind.resolve, EventKind.reject],
    ...[EventKind.breaker, EventKind.guardian, EventKind.drawdown],
  ],
  needs: [EventKind.order, EventKind.fill, EventKind.breaker],
  timed: false,
  start: (facts) => new RiskBreaker(facts),
};
