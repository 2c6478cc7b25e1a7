/**
 * The reconciliation of a run that goes on: what ledger and aggregator come to at the moment.
 *
 * Reads the same trace as the run's own judge, with the same fold, so the last figure here is the
 * run's.
 */
import {
  newView,
  readEvent,
  type Reconciliation,
  ReconciliationFold,
  type Segment,
  TraceBook,
} from '../../sim/index.ts';

export class LiveMoney {
  readonly #book = new TraceBook();
  readonly #fold: ReconciliationFold;
  readonly #view = newView();

  constructor(symbolNames: readonly string[]) {
    this.#fold = new ReconciliationFold({ symbolNames, printed: false });
  }

  /** Takes in a stretch of the trace; stretches come in order. */
  read(segment: Segment): void {
    for (let at = 0; at < segment.size; at++) {
      readEvent(segment, at, this.#view);
      this.#book.step(this.#view);
      if (this.#fold.reads.includes(this.#view.kind)) this.#fold.step(this.#view, this.#book);
    }
  }

  present(): Reconciliation {
    return this.#fold.finish(this.#book);
  }
}
