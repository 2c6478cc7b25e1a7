/**
 * The book of a trace: what its readers would otherwise each keep for themselves, kept once.
 *
 * It is up to date with an event before they see it: who waits, holds and is inside; what became of
 * orders; what was realised. It believes every event and judges none.
 */
import { Ledger } from '../base/ledger.ts';
import { EventKind, type EventView } from './event.ts';
import { LOCK_KINDS, LockBook } from './lock-book.ts';
import { OrderRecords } from './order-records.ts';

export class TraceBook {
  readonly locks = new LockBook();
  readonly orders = new OrderRecords();
  /** Every execution, also those of an order that had been executed before. */
  readonly ledger = new Ledger();

  /** What has to be called with every event of a kind, or undefined. */
  stepOf(kind: EventKind): ((event: EventView) => void) | undefined {
    if (LOCK_KINDS.includes(kind)) return this.locks.step;
    if (kind === EventKind.order) return this.orders.ask;
    return kind === EventKind.fill ? this.#fill : undefined;
  }

  /** Takes in an event of any kind; readers of single kinds use `stepOf`. */
  readonly step = (event: EventView): void => {
    this.stepOf(event.kind)?.(event);
  };

  readonly #fill = (event: EventView): void => {
    this.orders.execute(event);
    this.ledger.post(event.symbol, event.value);
  };
}
