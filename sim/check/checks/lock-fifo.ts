/**
 * lock.fifo: a lock that promises order of arrival lets its waiters in in that order.
 *
 * Counts the grants to somebody while another waits who asked earlier.
 */
import { formatMs } from '../../base/time.ts';
import { EventKind, type EventView } from '../../trace/event.ts';
import type { Check, Facts, Finding, TraceEnd } from '../contract.ts';
import { type Line, ORDER_READS, OrderFold } from '../line-order.ts';
import { refOf } from '../names.ts';

const OUT_OF_ORDER =
  '{who} was let in at {ms} ms, before {waiter}, who had asked at {askedMs} ms, {earlierMs} ms earlier.';

class LockFifo extends OrderFold {
  constructor(facts: Facts) {
    super(facts, facts.fairness.kind === 'fifo');
  }

  finish(end: TraceEnd): Finding {
    return this.findings.finish(end);
  }

  protected overtake(event: EventView, { waiting }: Line): void {
    if (!this.findings.violated()) return;
    const { first } = waiting;
    const own = waiting.find(event.a);
    const earlierMs = formatMs(waiting.sinceUs(own) - waiting.sinceUs(first));
    const values = { ...this.values(event, waiting, first), earlierMs };
    this.findings.show(OUT_OF_ORDER, values, [waiting.ref(first), refOf(event)]);
  }
}

export const lockFifo: Check = {
  id: 'lock.fifo',
  claim: 'A lock that promises order of arrival lets waiters in in that order.',
  reads: ORDER_READS,
  needs: [EventKind.request, EventKind.grant],
  timed: false,
  start: (facts) => new LockFifo(facts),
};
