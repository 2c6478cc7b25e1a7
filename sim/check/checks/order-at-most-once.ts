/**
 * order.at-most-once: an order is executed at most once, and only if somebody asked for it.
 *
 * Counts the executions too many. Orders are numbered densely, so what was asked and what was executed
 * is one bit each, however late a duplicate comes; where the first execution was is remembered for the
 * last 1,024 of them. Known limit: an order that is sent again under another number is another order.
 */
import { formatMs } from '../../base/time.ts';
import { GrowingBits } from '../../base/growing-bits.ts';
import { EventKind, type EventView } from '../../trace/event.ts';
import type { Check, CheckFold, Facts, Finding, TraceEnd } from '../contract.ts';
import { Findings } from '../findings.ts';
import { refOf, symbolName } from '../names.ts';
import { RecentPlaces } from '../recent-places.ts';

const TWICE =
  'Order {order} of {symbol} was executed again at {ms} ms, {afterMs} ms after its first execution.';
const TWICE_LONG_AGO = 'Order {order} of {symbol} was executed again at {ms} ms.';
const UNASKED = 'Order {order} of {symbol} was executed at {ms} ms, and nobody had asked for it.';

class OrderAtMostOnce implements CheckFold {
  readonly #facts: Facts;
  readonly #findings = new Findings();
  readonly #asked = new GrowingBits();
  readonly #executed = new GrowingBits();
  readonly #recent = new RecentPlaces();

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  step(event: EventView): void {
    const order = event.a;
    if (event.kind === EventKind.order) {
      this.#asked.add(order);
      return;
    }
    this.#findings.examined += 1;
    if (this.#executed.has(order)) {
      if (this.#findings.violated()) this.#showTwice(event);
      return;
    }
    this.#executed.add(order);
    this.#recent.keep(order, event);
    if (!this.#asked.has(order) && this.#findings.violated()) {
      this.#findings.show(UNASKED, this.#values(event), [refOf(event)]);
    }
  }

  finish(end: TraceEnd): Finding {
    return this.#findings.finish(end);
  }

  #showTwice(event: EventView): void {
    const first = this.#recent.find(event.a);
    if (first === undefined) {
      this.#findings.show(TWICE_LONG_AGO, this.#values(event), [refOf(event)]);
      return;
    }
    const afterMs = formatMs(event.timeUs - first.timeUs);
    this.#findings.show(TWICE, { ...this.#values(event), afterMs }, [first, refOf(event)]);
  }

  #values(event: EventView) {
    const symbol = symbolName(this.#facts, event.symbol);
    return { order: event.a, symbol, ms: formatMs(event.timeUs) };
  }
}

export const orderAtMostOnce: Check = {
  id: 'order.at-most-once',
  claim: 'No order is executed twice, and none that nobody asked for.',
  reads: [EventKind.order, EventKind.fill],
  needs: [EventKind.order, EventKind.fill],
  timed: false,
  start: (facts) => new OrderAtMostOnce(facts),
};
