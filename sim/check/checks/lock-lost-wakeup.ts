/**
 * lock.lost-wakeup: a lock that is free and waited for lets somebody in.
 *
 * A lock is free while no hold of it is granted and not yet released. Each time that it is free and
 * somebody waits it owes a grant; the debt is a violation when it lasts longer than the scenario's
 * bound for waiting, when a waiter gives up during it, or when the run ends with it. A moment between
 * release and grant is none. In an exploration no duration breaks a promise.
 */
import { formatMs } from '../../base/time.ts';
import { EventKind, type EventView } from '../../trace/event.ts';
import type { Check, CheckFold, Facts, Finding, TraceEnd } from '../contract.ts';
import { Findings } from '../findings.ts';
import { Holdings } from '../holdings.ts';
import { objectName, refOf, whoName } from '../names.ts';

const FREE_TO_THE_END =
  'The run ends at {endMs} ms: {lock} has been free since {freeMs} ms, and {waiter} waits since ' +
  '{askedMs} ms, one of {waiting}.';
const FREE_AND_GAVE_UP =
  '{waiter} gave up at {ms} ms, although {lock} had been free since {freeMs} ms.';
const FREE_TOO_LONG =
  '{lock} was free from {freeMs} to {ms} ms while {waiter} waited, longer than {boundMs} ms.';
const FREE_AT_CUT =
  'The trace ends at {endMs} ms while {lock} is free and {waiter} waits, since {askedMs} ms.';

/** One lock: who waits, who holds, and since when it owes a grant. */
class LockState {
  readonly waiting = new Holdings();
  readonly held = new Holdings();
  /** Start of the present debt in microseconds; -1 while there is none. */
  owedSinceUs = -1;
}

class LockLostWakeup implements CheckFold {
  readonly #facts: Facts;
  readonly #boundUs: number;
  readonly #findings = new Findings();
  readonly #locks: (LockState | undefined)[] = [];

  constructor(facts: Facts) {
    this.#facts = facts;
    this.#boundUs = facts.durations ? facts.thresholds.starvationUs : Infinity;
  }

  step(event: EventView): void {
    const lock = (this.#locks[event.object] ??= new LockState());
    const { waiting, held } = lock;
    const kind = event.kind;
    if (kind === EventKind.request) {
      if (waiting.find(event.a) < 0) waiting.open(event);
    } else if (kind === EventKind.grant) {
      if (lock.owedSinceUs >= 0) this.#letIn(event, lock);
      waiting.close(event.a);
      if (held.find(event.a) < 0) held.open(event);
    } else if (kind === EventKind.release) {
      held.close(event.a);
    } else {
      if (lock.owedSinceUs >= 0) this.#giveUp(event, lock);
      waiting.close(event.a);
    }
    if (held.size > 0 || waiting.size === 0) {
      lock.owedSinceUs = -1;
    } else if (lock.owedSinceUs < 0) {
      lock.owedSinceUs = event.timeUs;
      this.#findings.examined += 1;
    }
  }

  finish(end: TraceEnd): Finding {
    this.#locks.forEach((lock, object) => {
      if (lock === undefined || lock.owedSinceUs < 0) return;
      const { first } = lock.waiting;
      const values = {
        ...this.#values(lock, object, first),
        endMs: formatMs(end.timeUs),
        askedMs: formatMs(lock.waiting.sinceUs(first)),
      };
      const at = [lock.waiting.ref(first)];
      if (!end.complete) this.#findings.leaveOpen(FREE_AT_CUT, values, at);
      else if (this.#findings.violated()) {
        this.#findings.show(FREE_TO_THE_END, { ...values, waiting: lock.waiting.size }, at);
      }
    });
    return this.#findings.finish(end);
  }

  #letIn(event: EventView, lock: LockState): void {
    if (event.timeUs - lock.owedSinceUs <= this.#boundUs || !this.#findings.violated()) return;
    const { first } = lock.waiting;
    const values = {
      ...this.#values(lock, event.object, first),
      ms: formatMs(event.timeUs),
      boundMs: formatMs(this.#boundUs),
    };
    this.#findings.show(FREE_TOO_LONG, values, [lock.waiting.ref(first), refOf(event)]);
  }

  #giveUp(event: EventView, lock: LockState): void {
    const slot = lock.waiting.find(event.a);
    // A waiter whose time-out falls into the moment of the hand-over has lost nothing.
    if (slot < 0 || event.timeUs === lock.owedSinceUs || !this.#findings.violated()) return;
    const values = { ...this.#values(lock, event.object, slot), ms: formatMs(event.timeUs) };
    this.#findings.show(FREE_AND_GAVE_UP, values, [lock.waiting.ref(slot), refOf(event)]);
  }

  #values(lock: LockState, object: number, slot: number) {
    const { waiting } = lock;
    return {
      lock: objectName(object),
      waiter: whoName(this.#facts, waiting.symbol(slot), waiting.task(slot)),
      freeMs: formatMs(lock.owedSinceUs),
    };
  }
}

export const lockLostWakeup: Check = {
  id: 'lock.lost-wakeup',
  claim:
    'A lock that is free lets a waiter in: within the bound, and before it gives up or all ends.',
  reads: [
    ...[EventKind.request, EventKind.grant, EventKind.release],
    ...[EventKind.timeout, EventKind.cancel],
  ],
  needs: [EventKind.request, EventKind.grant, EventKind.release],
  timed: false,
  start: (facts) => new LockLostWakeup(facts),
};
