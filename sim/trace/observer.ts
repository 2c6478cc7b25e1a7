/**
 * Whoever reads a trace from outside: what it is told of each event, and of the end.
 *
 * Invariant: an observer sees events only, so it cannot perturb what it observes.
 */
import type { TraceBook } from './book.ts';
import type { EventKind, EventView } from './event.ts';

/** How the trace ended, for an observer's last word. */
export interface TraceEnd {
  readonly timeUs: number;
  /** False if the run was cut short or the log ended early: what is open then is not yet wrong. */
  readonly complete: boolean;
}

/** Whoever reads the trace along with the checks: statistics, a reconciliation. */
export interface Observer {
  /** Kinds that `step` is called with. */
  readonly reads: readonly EventKind[];
  /** Called as a method, with an event that `book` has taken in already. */
  readonly step: (event: EventView, book: TraceBook) => void;
}
