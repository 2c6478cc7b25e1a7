/**
 * lock.bypass: no waiter is overtaken more often than the lock promises; order of arrival promises
 * 0.
 *
 * A waiter is overtaken when somebody who asked later is let in first. Counts the waiters that were
 * overtaken once too often, each once. A lock that promises nothing is not judged: no occasion.
 */
import { formatMs } from '../../base/time.ts';
import { EventKind, type EventView } from '../../trace/event.ts';
import { type Holding, type Holdings, refOfHolding } from '../../trace/holdings.ts';
import type { TraceBook } from '../../trace/book.ts';
import type { Check, CheckFold, Facts, Finding } from '../contract.ts';
import type { TraceEnd } from '../../trace/observer.ts';
import { Findings } from '../findings.ts';
import { holderName, refOf, whoName } from '../names.ts';

const OVERTAKEN =
  '{waiter}, who asked at {askedMs} ms, was overtaken {times} times, the last time by {who} at {ms} ms; ' +
  'the lock promises at most {max}.';

class LockBypass implements CheckFold {
  readonly #facts: Facts;
  readonly #judged: boolean;
  readonly #max: number;
  readonly findings = new Findings();
  #bypassMax = 0;

  constructor(facts: Facts) {
    const { fairness } = facts;
    this.#facts = facts;
    this.#judged = fairness.kind !== 'unfair';
    this.#max = fairness.kind === 'bypass' ? fairness.max : 0;
  }

  step(event: EventView, book: TraceBook): void {
    const { waiting } = book.locks.of(event.object);
    const wait = book.locks.closed;
    const { first } = waiting;
    if (!this.#judged || first === undefined || wait === undefined) return;
    this.findings.examined += 1;
    if (first.seq < wait.seq) this.#overtaken(event, waiting, wait.seq);
  }

  finish(end: TraceEnd): Finding {
    return this.findings.finish(end, { bypassMax: this.#bypassMax });
  }

  #overtaken(event: EventView, waiting: Holdings, seq: number): void {
    for (let at = 0; at < waiting.size; at++) {
      const waiter = waiting.at(at) as Holding;
      if (waiter.seq > seq) return;
      const times = waiter.overtaken;
      if (times > this.#bypassMax) this.#bypassMax = times;
      if (times === this.#max + 1 && this.findings.violated()) this.#show(event, waiter);
    }
  }

  #show(event: EventView, waiter: Holding): void {
    const facts = this.#facts;
    this.findings.show(
      OVERTAKEN,
      {
        who: whoName(facts, event.symbol, event.task),
        waiter: holderName(facts, waiter),
        ms: formatMs(event.timeUs),
        askedMs: formatMs(waiter.sinceUs),
        times: waiter.overtaken,
        max: this.#max,
      },
      [refOfHolding(waiter), refOf(event)],
    );
  }
}

export const lockBypass: Check = {
  id: 'lock.bypass',
  claim: 'No waiter is overtaken more often than the lock promises.',
  reads: [EventKind.grant],
  needs: [EventKind.request, EventKind.grant],
  timed: false,
  start: (facts) => new LockBypass(facts),
};
