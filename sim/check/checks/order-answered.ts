/**
 * order.answered: the client gets to know what became of every order that it asked for.
 *
 * An order ends by a signal that settles as filled or rejected, by a rejection, or by an unknown
 * outcome that is resolved, truthfully. It is a violation to give one up unanswered: to settle as
 * failed, to ask for the next order, or to come to the end of the run. What is open when a run is
 * stuck or cut short is inconclusive. Known limit: a task has one order under way at a time.
 */
import { GrowingBits } from '../../base/growing-bits.ts';
import { formatMs } from '../../base/time.ts';
import { EventKind, type EventView, Outcome, RunEnd } from '../../trace/event.ts';
import { type Holding, Holdings, refOfHolding } from '../../trace/holdings.ts';
import type { TraceBook } from '../../trace/book.ts';
import type { Check, CheckFold, Facts, Finding } from '../contract.ts';
import type { TraceEnd } from '../../trace/observer.ts';
import { Findings } from '../findings.ts';
import { refOf, symbolName } from '../names.ts';

const GIVEN_UP =
  'Order {order} of {symbol}, asked for at {askedMs} ms, was given up at {ms} ms without an answer.';
const REPLACED =
  'Order {order} of {symbol}, asked for at {askedMs} ms, had no answer when order {next} took its place ' +
  'at {ms} ms.';
const NEVER_ANSWERED = 'Order {order} of {symbol}, asked for at {askedMs} ms, never got an answer.';
const NEVER_RESOLVED =
  'What became of order {order} of {symbol} was not known at {askedMs} ms and was never found out.';
const OPEN_AT_END =
  'The trace ends at {endMs} ms before order {order} of {symbol}, of {askedMs} ms, was answered.';
const TAKEN_FOR_UNEXECUTED =
  'Order {order} of {symbol} was resolved as not executed at {ms} ms, although it was.';
const TAKEN_FOR_EXECUTED =
  'Order {order} of {symbol} was resolved as executed at {ms} ms, although it was not.';
const EXECUTED_LATER =
  'Order {order} of {symbol} was executed at {ms} ms, after it had been resolved as not executed.';

class OrderAnswered implements CheckFold {
  readonly #facts: Facts;
  readonly findings = new Findings();
  /** Orders under way, and those whose outcome is unknown. */
  readonly #open = new Holdings();
  readonly #unknown = new Holdings();
  /** By task: its last order. */
  readonly #last: number[] = [];
  readonly #writtenOff = new GrowingBits();
  #runEnd: number = RunEnd.done;

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  step(event: EventView, book: TraceBook): void {
    const kind = event.kind;
    if (kind === EventKind.settle) this.#settle(event);
    else if (kind === EventKind.order) this.#ask(event);
    else if (kind === EventKind.fill) {
      if (this.#writtenOff.has(event.a)) this.#tell(EXECUTED_LATER, event);
    } else if (kind === EventKind.unknown) {
      this.#open.close(event.a);
      this.#unknown.open(event);
    } else if (kind === EventKind.resolve) this.#resolve(event, book);
    else if (kind === EventKind.reject) {
      this.#open.close(event.a);
      this.#unknown.close(event.a);
    } else this.#runEnd = event.b;
  }

  finish(end: TraceEnd): Finding {
    this.#leftOver(end, this.#open, NEVER_ANSWERED);
    this.#leftOver(end, this.#unknown, NEVER_RESOLVED);
    return this.findings.finish(end);
  }

  #ask(event: EventView): void {
    this.findings.examined += 1;
    const last = this.#closeLast(event.task);
    if (last !== undefined && this.findings.violated()) {
      const values = { ...this.#valuesOf(last), next: event.a, ms: formatMs(event.timeUs) };
      this.findings.show(REPLACED, values, [refOfHolding(last), refOf(event)]);
    }
    this.#open.open(event);
    this.#last[event.task] = event.a;
  }

  #settle(event: EventView): void {
    if (this.#open.size === 0) return;
    const last = this.#closeLast(event.task);
    if (last === undefined) return;
    const outcome = event.b;
    if (outcome === Outcome.filled || outcome === Outcome.rejected) return;
    if (!this.findings.violated()) return;
    const values = { ...this.#valuesOf(last), ms: formatMs(event.timeUs) };
    this.findings.show(GIVEN_UP, values, [refOfHolding(last), refOf(event)]);
  }

  #resolve(event: EventView, book: TraceBook): void {
    this.#open.close(event.a);
    this.#unknown.close(event.a);
    const executed = book.orders.wasExecuted(event.a);
    if (event.b === 0) {
      if (executed) this.#tell(TAKEN_FOR_UNEXECUTED, event);
      else this.#writtenOff.add(event.a);
    } else if (!executed) this.#tell(TAKEN_FOR_EXECUTED, event);
  }

  /** Closes the task's last order if it is still open. */
  #closeLast(task: number): Holding | undefined {
    const order = this.#last[task];
    return order === undefined ? undefined : this.#open.close(order);
  }

  #tell(template: string, event: EventView): void {
    if (!this.findings.violated()) return;
    const symbol = symbolName(this.#facts, event.symbol);
    const values = { order: event.a, symbol, ms: formatMs(event.timeUs) };
    this.findings.show(template, values, [refOf(event)]);
  }

  #leftOver(end: TraceEnd, orders: Holdings, template: string): void {
    const endMs = formatMs(end.timeUs);
    for (let at = 0; at < orders.size; at++) {
      const order = orders.at(at) as Holding;
      const values = this.#valuesOf(order);
      const refs = [refOfHolding(order)];
      if (!end.complete || this.#runEnd !== RunEnd.done) {
        this.findings.leaveOpen(OPEN_AT_END, { ...values, endMs }, refs);
      } else if (this.findings.violated()) this.findings.show(template, values, refs);
    }
  }

  #valuesOf(order: Holding) {
    const symbol = symbolName(this.#facts, order.symbol);
    return { order: order.hold, symbol, askedMs: formatMs(order.sinceUs) };
  }
}

export const orderAnswered: Check = {
  id: 'order.answered',
  claim: 'The client gets to know, truthfully, what became of every order.',
  reads: [
    ...[EventKind.order, EventKind.fill, EventKind.reject, EventKind.unknown],
    ...[EventKind.resolve, EventKind.settle, EventKind.end],
  ],
  needs: [EventKind.order, EventKind.settle],
  timed: false,
  start: (facts) => new OrderAnswered(facts),
};
