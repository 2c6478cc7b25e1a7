/**
 * lock.fifo: a lock that promises order of arrival lets its waiters in in that order.
 *
 * Counts the grants to somebody while another waits who asked earlier; who times out or is
 * withdrawn waits no more. A lock that promises another order, or none, is not judged: no occasion.
 */
import { formatMs } from '../../base/time.ts';
import { EventKind, type EventView } from '../../trace/event.ts';
import { type Holding, refOfHolding } from '../../trace/holdings.ts';
import type { TraceBook } from '../../trace/book.ts';
import type { Check, CheckFold, Facts, Finding } from '../contract.ts';
import type { TraceEnd } from '../../trace/observer.ts';
import { Findings } from '../findings.ts';
import { holderName, refOf, whoName } from '../names.ts';

const OUT_OF_ORDER =
  '{who} was let in at {ms} ms, before {waiter}, who had asked at {askedMs} ms, {earlierMs} ms earlier.';

class LockFifo implements CheckFold {
  readonly #facts: Facts;
  readonly #judged: boolean;
  readonly findings = new Findings();

  constructor(facts: Facts) {
    this.#facts = facts;
    this.#judged = facts.fairness.kind === 'fifo';
  }

  step(event: EventView, book: TraceBook): void {
    const first = book.locks.of(event.object).waiting.first;
    const wait = book.locks.closed;
    if (!this.#judged || first === undefined || wait === undefined) return;
    this.findings.examined += 1;
    if (first.seq < wait.seq && this.findings.violated()) this.#show(event, wait, first);
  }

  finish(end: TraceEnd): Finding {
    return this.findings.finish(end);
  }

  #show(event: EventView, wait: Holding, first: Holding): void {
    const facts = this.#facts;
    this.findings.show(
      OUT_OF_ORDER,
      {
        who: whoName(facts, event.symbol, event.task),
        waiter: holderName(facts, first),
        ms: formatMs(event.timeUs),
        askedMs: formatMs(first.sinceUs),
        earlierMs: formatMs(wait.sinceUs - first.sinceUs),
      },
      [refOfHolding(first), refOf(event)],
    );
  }
}

export const lockFifo: Check = {
  id: 'lock.fifo',
  claim: 'A lock that promises order of arrival lets waiters in in that order.',
  reads: [EventKind.grant],
  needs: [EventKind.request, EventKind.grant],
  timed: false,
  start: (facts) => new LockFifo(facts),
};
