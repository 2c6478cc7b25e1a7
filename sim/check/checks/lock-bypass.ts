/**
 * lock.bypass: no waiter is overtaken more often than the lock promises; order of arrival promises 0.
 *
 * Counts the waiters that were overtaken once too often, each once.
 */
import { EventKind, type EventView } from '../../trace/event.ts';
import type { Check, Facts, Finding, TraceEnd } from '../contract.ts';
import { type Line, ORDER_READS, OrderFold } from '../line-order.ts';
import { refOf } from '../names.ts';

const OVERTAKEN =
  '{waiter}, who asked at {askedMs} ms, was overtaken {times} times, the last time by {who} at {ms} ms; ' +
  'the lock promises at most {max}.';

class LockBypass extends OrderFold {
  readonly #max: number;
  #bypassMax = 0;

  constructor(facts: Facts) {
    super(facts, facts.fairness.kind !== 'unfair');
    this.#max = facts.fairness.kind === 'bypass' ? facts.fairness.max : 0;
  }

  finish(end: TraceEnd): Finding {
    return this.findings.finish(end, { bypassMax: this.#bypassMax });
  }

  protected overtake(event: EventView, { waiting, overtaken }: Line): void {
    for (let slot = waiting.first; waiting.hold(slot) !== event.a; slot = waiting.behind(slot)) {
      const times = (overtaken[slot] as number) + 1;
      overtaken[slot] = times;
      if (times > this.#bypassMax) this.#bypassMax = times;
      // A waiter counts once, at the first overtaking too many.
      if (times !== this.#max + 1 || !this.findings.violated()) continue;
      const values = { ...this.values(event, waiting, slot), times, max: this.#max };
      this.findings.show(OVERTAKEN, values, [waiting.ref(slot), refOf(event)]);
    }
  }
}

export const lockBypass: Check = {
  id: 'lock.bypass',
  claim: 'No waiter is overtaken more often than the lock promises.',
  reads: ORDER_READS,
  needs: [EventKind.request, EventKind.grant],
  timed: false,
  start: (facts) => new LockBypass(facts),
};
