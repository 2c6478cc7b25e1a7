/**
 * The book of a trace: what its readers would otherwise each keep for themselves, kept once.
 *
 * It is up to date with an event before they see it: who waits, holds and is inside; what became of
 * orders; what was realised. It believes every event and judges none.
 */
import { Ledger } from '../base/ledger.ts';
import { EventKind, type EventView } from './event.ts';
import { isOfLocks, LOCK_KINDS, LockBook } from './lock-book.ts';
import { OrderRecords } from './order-records.ts';

/** What the book keeps something of. */
export const BOOK_KINDS: readonly EventKind[] = [...LOCK_KINDS, EventKind.order, EventKind.fill];

export class TraceBook {
  readonly locks = new LockBook();
  readonly orders = new OrderRecords();
  /** Every execution, also those of an order that had been executed before. */
  readonly ledger = new Ledger();

  /** Takes in an event of any kind; of those not in BOOK_KINDS it keeps nothing. */
  step(event: EventView): void {
    if (isOfLocks(event.kind)) this.locks.step(event);
    else if (event.kind === EventKind.order) this.orders.ask(event);
    else if (event.kind === EventKind.fill) {
      this.orders.execute(event);
      this.ledger.post(event.symbol, event.value);
    }
  }
}
