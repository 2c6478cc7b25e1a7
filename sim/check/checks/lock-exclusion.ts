/**
 * lock.exclusion: nobody enters a resource while somebody else is inside.
 *
 * Judges enter and exit, never the lock's own book-keeping, so a lock that lets go too early and
 * two locks on one resource are seen alike. Counts the enters that found somebody inside.
 */
import { formatMs } from '../../base/time.ts';
import { EventKind, type EventView } from '../../trace/event.ts';
import { type Holding, refOfHolding } from '../../trace/holdings.ts';
import type { TraceBook } from '../../trace/book.ts';
import type { Check, CheckFold, Facts, Finding } from '../contract.ts';
import type { TraceEnd } from '../../trace/observer.ts';
import { Findings } from '../findings.ts';
import { holderName, objectName, refOf, whoName } from '../names.ts';

const BARGED_IN =
  '{who} entered {resource} at {ms} ms while {holder} had been inside since {sinceMs} ms: ' +
  '{holders} at once.';
const BARGED_IN_LINE =
  '{who} acquired in line {line} while {holder} had held since line {sinceLine}: {holders} at once.';
const BARGED_IN_LINE_TIMED =
  '{who} acquired in line {line} while {holder} had held since line {sinceLine}, for {heldMs} ms: ' +
  '{holders} at once.';

class LockExclusion implements CheckFold {
  readonly #facts: Facts;
  readonly findings = new Findings();
  #maxHolders = 0;

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  step(event: EventView, book: TraceBook): void {
    this.findings.examined += 1;
    const { inside } = book.locks.of(event.object);
    const holders = inside.size;
    if (holders > this.#maxHolders) this.#maxHolders = holders;
    // A hold that enters twice meets itself; pairing says so.
    if (holders < 2 || book.locks.opened === undefined) return;
    if (this.findings.violated()) this.#show(event, inside.first as Holding, holders);
  }

  finish(end: TraceEnd): Finding {
    return this.findings.finish(end, { maxHolders: this.#maxHolders });
  }

  #show(event: EventView, inside: Holding, holders: number): void {
    const facts = this.#facts;
    const who = whoName(facts, event.symbol, event.task);
    const values = { who, holder: holderName(facts, inside), holders };
    const at = [refOfHolding(inside), refOf(event)];
    const heldUs = event.timeUs - inside.sinceUs;
    if (facts.place === 'line') {
      const lines = { ...values, line: event.seq, sinceLine: inside.seq };
      if (heldUs > 0) {
        this.findings.show(BARGED_IN_LINE_TIMED, { ...lines, heldMs: formatMs(heldUs) }, at);
      } else this.findings.show(BARGED_IN_LINE, lines, at);
      return;
    }
    const resource = objectName(event.object);
    const ms = formatMs(event.timeUs);
    const sinceMs = formatMs(inside.sinceUs);
    this.findings.show(BARGED_IN, { ...values, resource, ms, sinceMs }, at);
  }
}

export const lockExclusion: Check = {
  id: 'lock.exclusion',
  claim: 'At most one task at a time is inside a critical section.',
  reads: [EventKind.enter],
  needs: [EventKind.enter, EventKind.exit],
  timed: false,
  start: (facts) => new LockExclusion(facts),
};
