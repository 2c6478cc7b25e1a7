/**
 * lock.ownership: only whoever holds gives back, and only what it holds.
 *
 * A trace tells tasks apart, a log only symbols. What a former holder gives back once too often is
 * the business of lock.pairing; what the lock takes back by itself is nobody's fault here. Known
 * limit: a former holder is known as such until it gives back something else.
 */
import { formatMs } from '../../base/time.ts';
import { EventKind, type EventView } from '../../trace/event.ts';
import { type Holding, refOfHolding } from '../../trace/holdings.ts';
import type { TraceBook } from '../../trace/book.ts';
import type { LockBook } from '../../trace/lock-book.ts';
import type { Check, CheckFold, Facts, Finding } from '../contract.ts';
import type { TraceEnd } from '../../trace/observer.ts';
import { Findings } from '../findings.ts';
import { holderName, objectName, refOf, whoName } from '../names.ts';

const FOREIGN =
  '{who} gave back {resource} at {ms} ms, the hold of {owner}, who had it since {sinceMs} ms.';
const FOREIGN_LINE =
  '{who} released in line {line} the hold that {owner} acquired in line {sinceLine}.';
const NEVER_HELD = '{who} gave back {resource} at {ms} ms, a hold that it never had.';
const NEVER_HELD_LINE = '{who} released in line {line} a hold that it never acquired.';

class LockOwnership implements CheckFold {
  readonly #facts: Facts;
  readonly #lines: boolean;
  readonly findings = new Findings();
  /** By owner: the hold of it that was released last, and the one that was exited last. */
  readonly #released: number[] = [];
  readonly #exited: number[] = [];

  constructor(facts: Facts) {
    this.#facts = facts;
    this.#lines = facts.place === 'line';
  }

  step(event: EventView, book: TraceBook): void {
    const kind = event.kind;
    if (kind === EventKind.exit) this.#giveBack(event, book.locks, this.#exited);
    else if (event.b === 0) this.#giveBack(event, book.locks, this.#released);
    else if (book.locks.closed !== undefined) this.#released[book.locks.closed.task] = event.a;
  }

  finish(end: TraceEnd): Finding {
    return this.findings.finish(end);
  }

  #giveBack(event: EventView, { closed: hold, entered }: LockBook, last: number[]): void {
    const who = this.#lines ? event.symbol : event.task;
    if (hold === undefined) {
      // A log may begin while somebody holds.
      if (this.#lines && !entered) return;
      this.findings.examined += 1;
      if (last[who] !== event.a && this.findings.violated()) this.#showNeverHeld(event);
      return;
    }
    this.findings.examined += 1;
    const owner = this.#lines ? hold.symbol : hold.task;
    last[owner] = event.a;
    if (owner !== who && this.findings.violated()) this.#showForeign(event, hold);
  }

  #showForeign(event: EventView, hold: Holding): void {
    const at = [refOfHolding(hold), refOf(event)];
    const owner = holderName(this.#facts, hold);
    if (this.#lines) {
      const who = whoName(this.#facts, event.symbol, event.task);
      const values = { who, owner, line: event.seq, sinceLine: hold.seq };
      this.findings.show(FOREIGN_LINE, values, at);
      return;
    }
    const values = {
      // The symbol of such an event is the hold's; who acted is the task.
      who: this.#facts.taskNames[event.task] ?? `task ${event.task}`,
      owner,
      resource: objectName(event.object),
      ms: formatMs(event.timeUs),
      sinceMs: formatMs(hold.sinceUs),
    };
    this.findings.show(FOREIGN, values, at);
  }

  #showNeverHeld(event: EventView): void {
    const who = whoName(this.#facts, event.symbol, event.task);
    if (this.#lines) {
      this.findings.show(NEVER_HELD_LINE, { who, line: event.seq }, [refOf(event)]);
      return;
    }
    const values = { who, resource: objectName(event.object), ms: formatMs(event.timeUs) };
    this.findings.show(NEVER_HELD, values, [refOf(event)]);
  }
}

export const lockOwnership: Check = {
  id: 'lock.ownership',
  claim: 'Only the holder gives a lock back.',
  reads: [EventKind.release, EventKind.exit],
  needs: [EventKind.enter, EventKind.exit],
  timed: false,
  start: (facts) => new LockOwnership(facts),
};
