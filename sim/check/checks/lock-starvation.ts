/**
 * lock.starvation: nobody is passed over beyond the bound, and nobody waits for ever behind a
 * holder.
 *
 * A waiter starves (a) when somebody who asked later is let in although it has waited longer than
 * the scenario's bound; a long hold alone is no starvation. It also starves (b) when the run has
 * come to its end and it still waits for a lock that its holder keeps. The end of a wait for a free
 * lock is the business of lock.lost-wakeup, that in a circle of lock.deadlock. Each waiter counts
 * once. In an exploration no duration breaks a promise, so there only (b) is judged.
 */
import { formatMs } from '../../base/time.ts';
import { EventKind, type EventView, NONE, RunEnd } from '../../trace/event.ts';
import { type Holding, type Holdings, refOfHolding } from '../../trace/holdings.ts';
import type { TraceBook } from '../../trace/book.ts';
import type { Check, CheckFold, Facts, Finding } from '../contract.ts';
import type { TraceEnd } from '../../trace/observer.ts';
import { Findings } from '../findings.ts';
import { holderName, objectName, refOf, whoName } from '../names.ts';
import { chainEnd } from '../wait-graph.ts';

const PASSED_OVER =
  '{waiter} has waited since {askedMs} ms, longer than {boundMs} ms, and {who}, who asked later, was ' +
  'let in at {ms} ms.';
const KEPT = '{waiter} has waited since {askedMs} ms and waits for ever: {holder} keeps {lock}.';
const STILL_WAITS = 'The trace ends at {endMs} ms while {waiter} waits, since {askedMs} ms.';

class LockStarvation implements CheckFold {
  readonly #facts: Facts;
  readonly #boundUs: number;
  readonly findings = new Findings();
  /** Waiters that were counted, by hold: few, and they leave with their wait. */
  readonly #starved = new Set<number>();
  #longestUs = 0;
  #runEnd: number = RunEnd.done;

  constructor(facts: Facts) {
    this.#facts = facts;
    this.#boundUs = facts.durations ? facts.thresholds.starvationUs : Infinity;
  }

  step(event: EventView, book: TraceBook): void {
    const kind = event.kind;
    if (kind === EventKind.end) {
      this.#runEnd = event.b;
      return;
    }
    const wait = book.locks.closed;
    // Who is let in at once has not waited.
    if (wait === undefined || event.seq === wait.seq + 1) return;
    this.findings.examined += 1;
    const waitedUs = event.timeUs - wait.sinceUs;
    if (waitedUs > this.#longestUs) this.#longestUs = waitedUs;
    if (this.#starved.size > 0) this.#starved.delete(event.a);
    const { waiting } = book.locks.of(event.object);
    const { first } = waiting;
    if (kind !== EventKind.grant || first === undefined || first.seq > wait.seq) return;
    if (event.timeUs - first.sinceUs > this.#boundUs) this.#passOver(event, waiting, wait.seq);
  }

  finish(end: TraceEnd, book: TraceBook): Finding {
    for (const wait of book.locks.waits()) this.#stillWaits(end, book, wait);
    return this.findings.finish(end, { longestWaitUs: this.#longestUs });
  }

  /** Counts everybody who asked before `askedSeq` and has waited too long. */
  #passOver(event: EventView, waiting: Holdings, askedSeq: number): void {
    for (let at = 0; at < waiting.size; at++) {
      const waiter = waiting.at(at) as Holding;
      if (waiter.seq > askedSeq || event.timeUs - waiter.sinceUs <= this.#boundUs) return;
      if (this.#starved.has(waiter.hold)) continue;
      this.#starved.add(waiter.hold);
      if (this.findings.violated()) this.#show(event, waiter);
    }
  }

  #show(event: EventView, waiter: Holding): void {
    this.findings.show(
      PASSED_OVER,
      {
        waiter: holderName(this.#facts, waiter),
        askedMs: formatMs(waiter.sinceUs),
        boundMs: formatMs(this.#boundUs),
        who: whoName(this.#facts, event.symbol, event.task),
        ms: formatMs(event.timeUs),
      },
      [refOfHolding(waiter), refOf(event)],
    );
  }

  #stillWaits(end: TraceEnd, book: TraceBook, wait: Holding): void {
    this.findings.examined += 1;
    const facts = this.#facts;
    const waiter = holderName(facts, wait);
    const askedMs = formatMs(wait.sinceUs);
    if (!end.complete) {
      const values = { waiter, askedMs, endMs: formatMs(end.timeUs) };
      this.findings.leaveOpen(STILL_WAITS, values, [refOfHolding(wait)]);
      return;
    }
    // A run that is done cuts off its services in the middle of what they do.
    if (this.#runEnd === RunEnd.done && wait.symbol === NONE) return;
    if (this.#starved.has(wait.hold) || chainEnd(book.locks, wait.object) !== 'kept') return;
    if (!this.findings.violated()) return;
    const keeper = book.locks.of(wait.object).held.first as Holding;
    const lock = objectName(wait.object);
    const values = { waiter, askedMs, holder: holderName(facts, keeper), lock };
    this.findings.show(KEPT, values, [refOfHolding(keeper), refOfHolding(wait)]);
  }
}

export const lockStarvation: Check = {
  id: 'lock.starvation',
  claim: 'No waiter is passed over beyond the bound, and none waits for ever behind a holder.',
  reads: [EventKind.grant, EventKind.timeout, EventKind.cancel, EventKind.end],
  needs: [EventKind.request, EventKind.grant, EventKind.release],
  timed: false,
  start: (facts) => new LockStarvation(facts),
};
