/**
 * lock.pairing: every grant has its release and every enter its exit, each once and for the same hold.
 *
 * What is open at the end counts if its task could have closed it: one that waits for a lock in the
 * middle of it is the business of lock.deadlock and its like, and a service that the end of the run cut
 * off is excused. One that left its critical section and kept the lock is not.
 * A log may begin and end while a lock is held, so there the first and the last halves are
 * inconclusive. Who gives back is the business of lock.ownership.
 */
import { formatMs } from '../../base/time.ts';
import { EventKind, type EventView, NONE, RunEnd } from '../../trace/event.ts';
import type { Check, CheckFold, Facts, Finding, TraceEnd } from '../contract.ts';
import { Findings } from '../findings.ts';
import { Holdings, HoldingsByObject } from '../holdings.ts';
import { objectName, refOf, whoName } from '../names.ts';

const GRANTED_UNASKED = '{who} was granted {resource} at {ms} ms without waiting for it.';
const GRANTED_TWICE = '{who} was granted {resource} at {ms} ms for a hold that it had already.';
const RELEASED_UNHELD = '{who} released {resource} at {ms} ms, a hold that was not open.';
const ENTERED_TWICE = '{who} entered {resource} at {ms} ms for a hold that was inside already.';
const ENTERED_TWICE_LINE =
  '{who} acquired in line {line} under a lock_id that was held since line {sinceLine}.';
const EXITED_UNHELD = '{who} left {resource} at {ms} ms without having entered.';
const EXITED_UNHELD_LINE = '{who} released in line {line} what was not acquired before.';
const NEVER_BACK = '{who} has held {resource} since {ms} ms and never gave it back.';
const HELD_AT_END = 'The trace ends at {endMs} ms while {who} holds {resource}, since {ms} ms.';
const HELD_AT_END_LINE = 'The log ends while {who} holds the lock, acquired in line {line}.';
const BEGINS_HELD = 'The log begins while {who} holds the lock, released in line {line}.';

/** Holds that the lock took back by itself; their owners do not know yet. */
const TAKEN_BACK_KEPT = 1_024;

class LockPairing implements CheckFold {
  readonly #facts: Facts;
  readonly #lines: boolean;
  readonly #findings = new Findings();
  readonly #waiting = new Holdings();
  readonly #granted = new Holdings();
  readonly #inside = new HoldingsByObject();
  readonly #takenBack = new Float64Array(TAKEN_BACK_KEPT).fill(-1);
  /** By task: the hold whose critical section it left last. */
  readonly #left: number[] = [];
  #enters = 0;
  #exits = 0;
  #runEnd: number = RunEnd.done;

  constructor(facts: Facts) {
    this.#facts = facts;
    this.#lines = facts.place === 'line';
  }

  step(event: EventView): void {
    const kind = event.kind;
    if (kind === EventKind.enter) this.#enter(event);
    else if (kind === EventKind.exit) this.#exit(event);
    else if (kind === EventKind.request) {
      if (this.#waiting.find(event.a) < 0) this.#waiting.open(event);
    } else if (kind === EventKind.grant) this.#grant(event);
    else if (kind === EventKind.release) this.#release(event);
    else if (kind === EventKind.end) this.#runEnd = event.b;
    else this.#waiting.close(event.a);
  }

  finish(end: TraceEnd): Finding {
    const waitingTasks = new Set<number>();
    const waiting = this.#waiting;
    for (let slot = waiting.first; slot >= 0; slot = waiting.behind(slot)) {
      waitingTasks.add(waiting.task(slot));
    }
    const told = new Set<number>();
    for (const open of [this.#granted, ...this.#inside.all()]) {
      if (end.complete && !this.#lines) this.#findings.countMore(open.forgotten);
      for (let slot = open.first; slot >= 0; slot = open.behind(slot)) {
        if (told.has(open.hold(slot))) continue;
        told.add(open.hold(slot));
        const task = open.task(slot);
        const excused = waitingTasks.has(task) && this.#left[task] !== open.hold(slot);
        if (!excused) this.#heldAtEnd(end, open, slot);
      }
    }
    return this.#findings.finish(end, { acquires: this.#enters, releases: this.#exits });
  }

  #enter(event: EventView): void {
    this.#enters += 1;
    this.#findings.examined += 1;
    const inside = this.#inside.of(event.object);
    const slot = inside.find(event.a);
    if (slot < 0) inside.open(event);
    else if (this.#findings.violated()) {
      this.#show(event, this.#lines ? ENTERED_TWICE_LINE : ENTERED_TWICE, inside.seq(slot));
    }
  }

  #exit(event: EventView): void {
    this.#exits += 1;
    this.#left[event.task] = event.a;
    if (this.#inside.of(event.object).close(event.a) >= 0) return;
    if (this.#lines && this.#enters === 0) {
      const who = whoName(this.#facts, event.symbol, event.task);
      this.#findings.leaveOpen(BEGINS_HELD, { who, line: event.seq }, [refOf(event)]);
    } else if (this.#findings.violated()) {
      this.#show(event, this.#lines ? EXITED_UNHELD_LINE : EXITED_UNHELD, 0);
    }
  }

  #grant(event: EventView): void {
    this.#findings.examined += 1;
    const asked = this.#waiting.close(event.a) >= 0;
    if (this.#granted.find(event.a) >= 0) {
      if (this.#findings.violated()) this.#show(event, GRANTED_TWICE, 0);
      return;
    }
    if (!asked && this.#findings.violated()) this.#show(event, GRANTED_UNASKED, 0);
    this.#granted.open(event);
  }

  #release(event: EventView): void {
    const hold = event.a;
    const place = hold % TAKEN_BACK_KEPT;
    if (this.#granted.close(hold) >= 0) {
      if (event.b === 1) this.#takenBack[place] = hold;
      return;
    }
    if (this.#takenBack[place] === hold) {
      this.#takenBack[place] = -1;
      return;
    }
    if (this.#findings.violated()) this.#show(event, RELEASED_UNHELD, 0);
  }

  #heldAtEnd(end: TraceEnd, open: Holdings, slot: number): void {
    const who = open.who(slot, this.#facts);
    const at = [open.ref(slot)];
    if (this.#lines) {
      this.#findings.leaveOpen(HELD_AT_END_LINE, { who, line: open.seq(slot) }, at);
      return;
    }
    const resource = objectName(open.object(slot));
    const ms = formatMs(open.sinceUs(slot));
    if (!end.complete) {
      const endMs = formatMs(end.timeUs);
      this.#findings.leaveOpen(HELD_AT_END, { who, resource, ms, endMs }, at);
      return;
    }
    if (this.#runEnd === RunEnd.done && open.symbol(slot) === NONE) return;
    if (this.#findings.violated()) this.#findings.show(NEVER_BACK, { who, resource, ms }, at);
  }

  #show(event: EventView, template: string, sinceLine: number): void {
    const who = whoName(this.#facts, event.symbol, event.task);
    const values = this.#lines
      ? { who, line: event.seq, ...(sinceLine > 0 ? { sinceLine } : {}) }
      : { who, resource: objectName(event.object), ms: formatMs(event.timeUs) };
    this.#findings.show(template, values, [refOf(event)]);
  }
}

export const lockPairing: Check = {
  id: 'lock.pairing',
  claim: 'Every acquire has its release and every enter its exit, once each.',
  reads: [
    ...[EventKind.request, EventKind.grant, EventKind.release, EventKind.timeout],
    ...[EventKind.cancel, EventKind.enter, EventKind.exit, EventKind.end],
  ],
  needs: [EventKind.enter, EventKind.exit],
  timed: false,
  start: (facts) => new LockPairing(facts),
};
