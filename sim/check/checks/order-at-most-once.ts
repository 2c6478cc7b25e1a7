/**
 * order.at-most-once: an order is executed at most once, and only if somebody asked for it.
 *
 * Counts the executions too many, however late they come. Known limit: an order that is sent again
 * under another number is another order.
 */
import { formatMs } from '../../base/time.ts';
import { EventKind, type EventView } from '../../trace/event.ts';
import type { TraceBook } from '../../trace/book.ts';
import { executionOf } from '../../trace/order-records.ts';
import type { Check, CheckFold, Facts, Finding } from '../contract.ts';
import type { TraceEnd } from '../../trace/observer.ts';
import { Findings } from '../findings.ts';
import { refOf, symbolName } from '../names.ts';

const TWICE =
  'Order {order} of {symbol} was executed again at {ms} ms, {afterMs} ms after its first execution.';
const TWICE_LONG_AGO = 'Order {order} of {symbol} was executed again at {ms} ms.';
const UNASKED = 'Order {order} of {symbol} was executed at {ms} ms, and nobody had asked for it.';

class OrderAtMostOnce implements CheckFold {
  readonly #facts: Facts;
  readonly findings = new Findings();

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  step(event: EventView, book: TraceBook): void {
    this.findings.examined += 1;
    const { orders } = book;
    if (orders.again) {
      if (this.findings.violated()) this.#showTwice(event, book);
    } else if (!orders.wasAsked(event.a) && this.findings.violated()) {
      this.findings.show(UNASKED, this.#values(event), [refOf(event)]);
    }
  }

  finish(end: TraceEnd): Finding {
    return this.findings.finish(end);
  }

  #showTwice(event: EventView, book: TraceBook): void {
    const record = book.orders.find(event.a);
    const first = record && executionOf(record);
    if (first === undefined) {
      this.findings.show(TWICE_LONG_AGO, this.#values(event), [refOf(event)]);
      return;
    }
    const afterMs = formatMs(event.timeUs - first.timeUs);
    this.findings.show(TWICE, { ...this.#values(event), afterMs }, [first, refOf(event)]);
  }

  #values(event: EventView) {
    const symbol = symbolName(this.#facts, event.symbol);
    return { order: event.a, symbol, ms: formatMs(event.timeUs) };
  }
}

export const orderAtMostOnce: Check = {
  id: 'order.at-most-once',
  claim: 'No order is executed twice, and none that nobody asked for.',
  reads: [EventKind.fill],
  needs: [EventKind.order, EventKind.fill],
  timed: false,
  start: (facts) => new OrderAtMostOnce(facts),
};
