/**
 * lock.ownership: only whoever holds gives back, and only what it holds.
 *
 * A trace tells tasks apart, a log only symbols. What a former holder gives back once too often is the
 * business of lock.pairing; what the lock takes back by itself is nobody's fault here. Known limit: a
 * former holder is remembered for 1,024 holds.
 */
import { formatMs } from '../../base/time.ts';
import { EventKind, type EventView } from '../../trace/event.ts';
import type { Check, CheckFold, Facts, Finding, TraceEnd } from '../contract.ts';
import { Findings } from '../findings.ts';
import { Holdings } from '../holdings.ts';
import { objectName, refOf, whoName } from '../names.ts';

const GAVE_BACK_FOREIGN =
  '{who} gave back {resource} at {ms} ms, which {owner} held since {sinceMs} ms.';
const GAVE_BACK_FOREIGN_LINE =
  '{who} released in line {line} the hold that {owner} acquired in line {sinceLine}.';
const NEVER_HELD = '{who} gave back {resource} at {ms} ms, which it never held.';
const NEVER_HELD_LINE = '{who} released in line {line} a hold that it never acquired.';

const RECENT = 1_024;

/** Open holds of one object, and who held the last ones. */
class Owners {
  readonly open = new Holdings();
  readonly #hold = new Float64Array(RECENT).fill(-1);
  readonly #owner = new Int32Array(RECENT);

  remember(hold: number, owner: number): void {
    const at = hold % RECENT;
    this.#hold[at] = hold;
    this.#owner[at] = owner;
  }

  /** Whether `who` held `hold` a little while ago. */
  wasOwner(hold: number, who: number): boolean {
    const at = hold % RECENT;
    return this.#hold[at] === hold && this.#owner[at] === who;
  }
}

class LockOwnership implements CheckFold {
  readonly #facts: Facts;
  readonly #lines: boolean;
  readonly #findings = new Findings();
  readonly #granted = new Owners();
  readonly #inside: (Owners | undefined)[] = [];
  #acquired = false;

  constructor(facts: Facts) {
    this.#facts = facts;
    this.#lines = facts.place === 'line';
  }

  step(event: EventView): void {
    const kind = event.kind;
    if (kind === EventKind.grant) {
      if (this.#granted.open.find(event.a) < 0) this.#granted.open.open(event);
    } else if (kind === EventKind.release) {
      if (event.b === 0) this.#giveBack(event, this.#granted);
      else this.#takeBack(event.a);
    } else {
      const inside = (this.#inside[event.object] ??= new Owners());
      if (kind === EventKind.exit) this.#giveBack(event, inside);
      else {
        this.#acquired = true;
        if (inside.open.find(event.a) < 0) inside.open.open(event);
      }
    }
  }

  finish(end: TraceEnd): Finding {
    return this.#findings.finish(end);
  }

  #giveBack(event: EventView, owners: Owners): void {
    const hold = event.a;
    const { open } = owners;
    const slot = open.close(hold);
    const who = this.#lines ? event.symbol : event.task;
    if (slot < 0) {
      // A log may begin while somebody holds.
      if (this.#lines && !this.#acquired) return;
      this.#findings.examined += 1;
      if (!owners.wasOwner(hold, who) && this.#findings.violated()) this.#showNeverHeld(event);
      return;
    }
    this.#findings.examined += 1;
    const owner = this.#lines ? open.symbol(slot) : open.task(slot);
    owners.remember(hold, owner);
    if (owner !== who && this.#findings.violated()) this.#showForeign(event, open, slot);
  }

  #takeBack(hold: number): void {
    const { open } = this.#granted;
    const slot = open.close(hold);
    if (slot >= 0) this.#granted.remember(hold, open.task(slot));
  }

  #showForeign(event: EventView, open: Holdings, slot: number): void {
    const who = whoName(this.#facts, event.symbol, event.task);
    const owner = open.who(slot, this.#facts);
    const at = [open.ref(slot), refOf(event)];
    if (this.#lines) {
      const values = { who, owner, line: event.seq, sinceLine: open.seq(slot) };
      this.#findings.show(GAVE_BACK_FOREIGN_LINE, values, at);
      return;
    }
    // The event's symbol is the hold's; the task is the one that acted.
    const actor = event.symbol === open.symbol(slot) ? this.#taskName(event) : who;
    const ms = formatMs(event.timeUs);
    const sinceMs = formatMs(open.sinceUs(slot));
    const resource = objectName(event.object);
    this.#findings.show(GAVE_BACK_FOREIGN, { who: actor, owner, resource, ms, sinceMs }, at);
  }

  #showNeverHeld(event: EventView): void {
    const who = whoName(this.#facts, event.symbol, event.task);
    if (this.#lines) {
      this.#findings.show(NEVER_HELD_LINE, { who, line: event.seq }, [refOf(event)]);
      return;
    }
    const values = { who, resource: objectName(event.object), ms: formatMs(event.timeUs) };
    this.#findings.show(NEVER_HELD, values, [refOf(event)]);
  }

  #taskName(event: EventView): string {
    return this.#facts.taskNames[event.task] ?? `task ${event.task}`;
  }
}

export const lockOwnership: Check = {
  id: 'lock.ownership',
  claim: 'Only the holder gives a lock back.',
  reads: [EventKind.grant, EventKind.release, EventKind.enter, EventKind.exit],
  needs: [EventKind.enter, EventKind.exit],
  timed: false,
  start: (facts) => new LockOwnership(facts),
};
