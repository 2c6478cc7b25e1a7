/**
 * lock.exclusion: nobody enters a resource while somebody else is inside.
 *
 * Judges enter and exit, never the lock's own book-keeping, so a lock that lets go too early and two
 * locks on one resource are seen alike. Counts the enters that found somebody inside.
 */
import { formatMs } from '../../base/time.ts';
import { EventKind, type EventView } from '../../trace/event.ts';
import type { Check, CheckFold, Facts, Finding, TraceEnd } from '../contract.ts';
import { Findings } from '../findings.ts';
import { type Holdings, HoldingsByObject } from '../holdings.ts';
import { objectName, refOf, whoName } from '../names.ts';

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
  readonly #findings = new Findings();
  readonly #inside = new HoldingsByObject();
  #maxHolders = 0;

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  step(event: EventView): void {
    const inside = this.#inside.of(event.object);
    if (event.kind === EventKind.exit) {
      inside.close(event.a);
      return;
    }
    this.#findings.examined += 1;
    if (inside.size > 0) {
      // A hold that enters twice meets itself; pairing says so.
      if (inside.find(event.a) >= 0) return;
      if (this.#findings.violated()) this.#show(event, inside);
    }
    inside.open(event);
    if (inside.size > this.#maxHolders) this.#maxHolders = inside.size;
  }

  finish(end: TraceEnd): Finding {
    return this.#findings.finish(end, { maxHolders: this.#maxHolders });
  }

  #show(event: EventView, inside: Holdings): void {
    const facts = this.#facts;
    const holder = inside.first;
    const sinceUs = inside.sinceUs(holder);
    const line = facts.place === 'line';
    const timed = event.timeUs > sinceUs;
    this.#findings.show(
      line ? (timed ? BARGED_IN_LINE_TIMED : BARGED_IN_LINE) : BARGED_IN,
      {
        who: whoName(facts, event.symbol, event.task),
        holder: inside.who(holder, facts),
        holders: inside.size + 1,
        ...(line
          ? { line: event.seq, sinceLine: inside.seq(holder) }
          : { ms: formatMs(event.timeUs), sinceMs: formatMs(sinceUs) }),
        ...(line && timed ? { heldMs: formatMs(event.timeUs - sinceUs) } : {}),
        ...(line ? {} : { resource: objectName(event.object) }),
      },
      [inside.ref(holder), refOf(event)],
    );
  }
}

export const lockExclusion: Check = {
  id: 'lock.exclusion',
  claim: 'At most one task at a time is inside a critical section.',
  reads: [EventKind.enter, EventKind.exit],
  needs: [EventKind.enter, EventKind.exit],
  timed: false,
  start: (facts) => new LockExclusion(facts),
};
