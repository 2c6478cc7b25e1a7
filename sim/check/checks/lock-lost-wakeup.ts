/**
 * lock.lost-wakeup: a lock that is free and waited for lets somebody in.
 *
 * A lock is free while no hold of it is granted and not yet released. Each time that it is free and
 * somebody waits it owes a grant; the debt is a violation when it lasts longer than the scenario's
 * bound for waiting, when a waiter gives up during it, or when the run ends with it. A moment
 * between release and grant is none. In an exploration no duration breaks a promise.
 */
import { formatMs } from '../../base/time.ts';
import { EventKind, type EventView } from '../../trace/event.ts';
import { type Holding, refOfHolding } from '../../trace/holdings.ts';
import type { TraceBook } from '../../trace/book.ts';
import { NOT_OWED, type ObjectState } from '../../trace/lock-book.ts';
import type { Check, CheckFold, Facts, Finding } from '../contract.ts';
import type { TraceEnd } from '../../trace/observer.ts';
import { Findings } from '../findings.ts';
import { holderName, objectName, refOf } from '../names.ts';

const FREE_TO_THE_END =
  'The run ends at {endMs} ms: {lock} has been free since {freeMs} ms, and {waiter} waits since ' +
  '{askedMs} ms, one of {waiting}.';
const FREE_AND_GAVE_UP =
  '{waiter} gave up at {ms} ms, although {lock} had been free since {freeMs} ms.';
const FREE_TOO_LONG =
  '{lock} was free from {freeMs} to {ms} ms while {waiter} waited, longer than {boundMs} ms.';
const FREE_AT_CUT =
  'The trace ends at {endMs} ms while {lock} is free and {waiter} waits, since {askedMs} ms.';

class LockLostWakeup implements CheckFold {
  readonly #facts: Facts;
  readonly #boundUs: number;
  readonly findings = new Findings();

  constructor(facts: Facts) {
    this.#facts = facts;
    this.#boundUs = facts.durations ? facts.thresholds.starvationUs : Infinity;
  }

  step(event: EventView, { locks }: TraceBook): void {
    const { owedBeforeUs, closed } = locks;
    if (owedBeforeUs === NOT_OWED || event.timeUs <= owedBeforeUs) return;
    if (closed !== undefined) this.#judge(event, closed, owedBeforeUs);
  }

  finish(end: TraceEnd, { locks }: TraceBook): Finding {
    for (const lock of locks.all()) {
      this.findings.examined += lock.debts;
      const { first } = lock.waiting;
      if (lock.owedSinceUs !== NOT_OWED && first !== undefined) this.#owed(end, lock, first);
    }
    return this.findings.finish(end);
  }

  /** A wait ended while the lock owed a grant. */
  #judge(event: EventView, wait: Holding, sinceUs: number): void {
    const granted = event.kind === EventKind.grant;
    if (granted && event.timeUs - sinceUs <= this.#boundUs) return;
    if (!this.findings.violated()) return;
    const values = {
      lock: objectName(event.object),
      waiter: holderName(this.#facts, wait),
      freeMs: formatMs(sinceUs),
      ms: formatMs(event.timeUs),
      ...(granted ? { boundMs: formatMs(this.#boundUs) } : {}),
    };
    const at = [refOfHolding(wait), refOf(event)];
    this.findings.show(granted ? FREE_TOO_LONG : FREE_AND_GAVE_UP, values, at);
  }

  /** The trace ends while the lock owes a grant. */
  #owed(end: TraceEnd, lock: ObjectState, first: Holding): void {
    const values = {
      lock: objectName(lock.object),
      waiter: holderName(this.#facts, first),
      freeMs: formatMs(lock.owedSinceUs),
      endMs: formatMs(end.timeUs),
      askedMs: formatMs(first.sinceUs),
    };
    const at = [refOfHolding(first)];
    if (!end.complete) this.findings.leaveOpen(FREE_AT_CUT, values, at);
    else if (this.findings.violated()) {
      this.findings.show(FREE_TO_THE_END, { ...values, waiting: lock.waiting.size }, at);
    }
  }
}

export const lockLostWakeup: Check = {
  id: 'lock.lost-wakeup',
  claim:
    'A lock that is free lets a waiter in: within the bound, and before it gives up or all ends.',
  reads: [EventKind.grant, EventKind.timeout, EventKind.cancel],
  needs: [EventKind.request, EventKind.grant, EventKind.release],
  timed: false,
  start: (facts) => new LockLostWakeup(facts),
};
