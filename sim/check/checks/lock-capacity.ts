/**
 * lock.capacity: the holds of a resource, added up, fit into the time from its first enter to its
 * last exit.
 *
 * An exclusive lock cannot be held for longer than the clock ran, so this sees overlaps in sums
 * where nobody looks at single holds. Known limit: overlaps hide in idle time; exclusion finds each
 * of them.
 */
import { formatMs } from '../../base/time.ts';
import { EventKind, type EventView } from '../../trace/event.ts';
import type { Holding } from '../../trace/holdings.ts';
import type { TraceBook } from '../../trace/book.ts';
import type { Check, CheckFold, Finding } from '../contract.ts';
import type { TraceEnd } from '../../trace/observer.ts';
import { Findings } from '../findings.ts';
import { objectName } from '../names.ts';

const TOO_MUCH =
  '{holds} holds of {resource} last {heldMs} ms together, but only {spanMs} ms passed from the first ' +
  'enter to the last exit: {ratio} times what exclusive use has room for.';
const BACKWARDS = 'The times run backwards at {seq}, so durations cannot be added up.';

/** The finished holds of one resource; times in microseconds. */
class Use {
  firstEnterUs = Infinity;
  firstSeq = 0;
  lastExitUs = -Infinity;
  lastSeq = 0;
  holds = 0;
  heldUs = 0;

  add(hold: Holding, exit: EventView): void {
    if (hold.sinceUs < this.firstEnterUs) {
      this.firstEnterUs = hold.sinceUs;
      this.firstSeq = hold.seq;
    }
    this.lastExitUs = exit.timeUs;
    this.lastSeq = exit.seq;
    this.holds += 1;
    this.heldUs += exit.timeUs - hold.sinceUs;
  }

  get spanUs(): number {
    return this.lastExitUs - this.firstEnterUs;
  }

  /** Of the span; no more than 1 if use was exclusive. */
  get ratio(): number {
    return this.heldUs === 0 ? 0 : this.heldUs / this.spanUs;
  }
}

class LockCapacity implements CheckFold {
  readonly findings = new Findings();
  readonly #uses: (Use | undefined)[] = [];
  #latestUs = -Infinity;
  #backwardsSeq = -1;

  step(event: EventView, book: TraceBook): void {
    const { timeUs } = event;
    if (timeUs < this.#latestUs && this.#backwardsSeq < 0) this.#backwardsSeq = event.seq;
    this.#latestUs = timeUs;
    const hold = book.locks.closed;
    if (hold !== undefined) (this.#uses[event.object] ??= new Use()).add(hold, event);
  }

  finish(end: TraceEnd): Finding {
    const findings = this.findings;
    const seq = this.#backwardsSeq;
    if (seq >= 0) findings.leaveOpen(BACKWARDS, { seq }, [{ seq, timeUs: this.#latestUs }]);
    let fullest = new Use();
    this.#uses.forEach((use, object) => {
      if (use === undefined) return;
      findings.examined += use.holds;
      if (use.ratio > fullest.ratio) fullest = use;
      if (seq < 0 && use.heldUs > use.spanUs && findings.violated()) this.#show(use, object);
    });
    if (fullest.holds === 0) return findings.finish(end);
    const { heldUs, spanUs, ratio } = fullest;
    return findings.finish(end, { heldUs, spanUs, ratio: ratio.toFixed(2) });
  }

  #show(use: Use, object: number): void {
    this.findings.show(
      TOO_MUCH,
      {
        holds: use.holds,
        resource: objectName(object),
        heldMs: formatMs(use.heldUs),
        spanMs: formatMs(use.spanUs),
        ratio: use.ratio.toFixed(2),
      },
      [
        { seq: use.firstSeq, timeUs: use.firstEnterUs },
        { seq: use.lastSeq, timeUs: use.lastExitUs },
      ],
    );
  }
}

export const lockCapacity: Check = {
  id: 'lock.capacity',
  claim: 'The holds of a resource add up to no more than the time in which it was used.',
  reads: [EventKind.exit],
  needs: [EventKind.enter, EventKind.exit],
  timed: true,
  start: () => new LockCapacity(),
};
