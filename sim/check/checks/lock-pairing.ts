/**
 * lock.pairing: every grant has its release and every enter its exit, each once and for the same
 * hold.
 *
 * What is open at the end counts if its task could have closed it: one that waits for a lock in the
 * middle of it is the business of lock.deadlock and its like, and a service that the end of the run
 * cut off is excused. One that left its critical section and kept the lock is not. A log may begin
 * and end while a lock is held, so there the first and the last halves are inconclusive. Who gives
 * back is the business of lock.ownership.
 */
import { formatMs } from '../../base/time.ts';
import { EventKind, type EventView, NONE, RunEnd } from '../../trace/event.ts';
import { type Holding, type Holdings, refOfHolding } from '../../trace/holdings.ts';
import type { TraceBook } from '../../trace/book.ts';
import type { Check, CheckFold, Facts, Finding } from '../contract.ts';
import type { TraceEnd } from '../../trace/observer.ts';
import { Findings } from '../findings.ts';
import { holderName, objectName, refOf, whoName } from '../names.ts';

const GRANTED_UNASKED = '{who} was granted {resource} at {ms} ms without waiting for it.';
const GRANTED_TWICE = '{who} was granted {resource} at {ms} ms for a hold that it had already.';
const RELEASED_UNHELD = '{who} released {resource} at {ms} ms, a hold that was not open.';
const ENTERED_TWICE = '{who} entered {resource} at {ms} ms for a hold that was inside already.';
const ENTERED_TWICE_LINE = '{who} acquired in line {line} under a lock_id that was held already.';
const EXITED_UNHELD = '{who} left {resource} at {ms} ms without having entered.';
const EXITED_UNHELD_LINE = '{who} released in line {line} what was not acquired before.';
const NEVER_BACK = '{who} has held {resource} since {ms} ms and never gave it back.';
const HELD_AT_END = 'The trace ends at {endMs} ms while {who} holds {resource}, since {ms} ms.';
const HELD_AT_END_LINE = 'The log ends while {who} holds the lock, acquired in line {line}.';
const BEGINS_HELD = 'The log begins while {who} holds the lock, released in line {line}.';

class LockPairing implements CheckFold {
  readonly #facts: Facts;
  readonly #lines: boolean;
  readonly findings = new Findings();
  /** Holds that the lock took back by itself; their owners do not know yet. */
  readonly #takenBack = new Set<number>();
  #enters = 0;
  #exits = 0;
  #runEnd: number = RunEnd.done;

  constructor(facts: Facts) {
    this.#facts = facts;
    this.#lines = facts.place === 'line';
  }

  step(event: EventView, book: TraceBook): void {
    const kind = event.kind;
    if (kind === EventKind.enter) {
      this.#enters += 1;
      this.findings.examined += 1;
      if (book.locks.opened === undefined) this.#tell(ENTERED_TWICE, ENTERED_TWICE_LINE, event);
    } else if (kind === EventKind.exit) {
      this.#exits += 1;
      if (book.locks.closed === undefined) this.#surplusExit(event);
    } else if (kind === EventKind.grant) {
      this.findings.examined += 1;
      if (book.locks.opened === undefined) this.#tell(GRANTED_TWICE, '', event);
      else if (book.locks.closed === undefined) this.#tell(GRANTED_UNASKED, '', event);
    } else if (kind === EventKind.end) this.#runEnd = event.b;
    else if (book.locks.closed === undefined) this.#surplusRelease(event);
    else if (event.b === 1) this.#takeBack(event.a);
  }

  finish(end: TraceEnd, book: TraceBook): Finding {
    const told = new Set<number>();
    for (const { held, inside } of book.locks.all()) {
      this.#leftOver(end, book, held, told);
      this.#leftOver(end, book, inside, told);
    }
    return this.findings.finish(end, { acquires: this.#enters, releases: this.#exits });
  }

  #surplusExit(event: EventView): void {
    if (this.#lines && this.#enters === 0) {
      const who = whoName(this.#facts, event.symbol, event.task);
      this.findings.leaveOpen(BEGINS_HELD, { who, line: event.seq }, [refOf(event)]);
    } else this.#tell(EXITED_UNHELD, EXITED_UNHELD_LINE, event);
  }

  /** A release too many, unless its owner could not know that the lock had taken the hold back. */
  #surplusRelease(event: EventView): void {
    if (!this.#takenBack.delete(event.a)) this.#tell(RELEASED_UNHELD, '', event);
  }

  #takeBack(hold: number): void {
    if (this.#takenBack.size >= TAKEN_BACK_KEPT) this.#takenBack.clear();
    this.#takenBack.add(hold);
  }

  #leftOver(end: TraceEnd, book: TraceBook, open: Holdings, told: Set<number>): void {
    if (end.complete && !this.#lines) this.findings.countMore(open.forgotten);
    for (let at = 0; at < open.size; at++) {
      const one = open.at(at) as Holding;
      if (told.has(one.hold)) continue;
      told.add(one.hold);
      const midway =
        book.locks.waitOf(one.task) !== undefined && book.locks.leftLast(one.task) !== one.hold;
      if (!midway) this.#heldAtEnd(end, one);
    }
  }

  #heldAtEnd(end: TraceEnd, open: Holding): void {
    const who = holderName(this.#facts, open);
    const at = [refOfHolding(open)];
    if (this.#lines) {
      this.findings.leaveOpen(HELD_AT_END_LINE, { who, line: open.seq }, at);
      return;
    }
    const values = { who, resource: objectName(open.object), ms: formatMs(open.sinceUs) };
    if (!end.complete) {
      this.findings.leaveOpen(HELD_AT_END, { ...values, endMs: formatMs(end.timeUs) }, at);
      return;
    }
    if (this.#runEnd === RunEnd.done && open.symbol === NONE) return;
    if (this.findings.violated()) this.findings.show(NEVER_BACK, values, at);
  }

  #tell(template: string, lineTemplate: string, event: EventView): void {
    if (!this.findings.violated()) return;
    const who = whoName(this.#facts, event.symbol, event.task);
    if (this.#lines) {
      this.findings.show(lineTemplate, { who, line: event.seq }, [refOf(event)]);
      return;
    }
    const values = { who, resource: objectName(event.object), ms: formatMs(event.timeUs) };
    this.findings.show(template, values, [refOf(event)]);
  }
}

/** Owners give back soon after, so that many are never remembered at once. */
const TAKEN_BACK_KEPT = 1_024;

export const lockPairing: Check = {
  id: 'lock.pairing',
  claim: 'Every acquire has its release and every enter its exit, once each.',
  reads: [...[EventKind.grant, EventKind.release, EventKind.enter, EventKind.exit, EventKind.end]],
  needs: [EventKind.enter, EventKind.exit],
  timed: false,
  start: (facts) => new LockPairing(facts),
};
