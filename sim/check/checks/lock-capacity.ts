/**
 * lock.capacity: the holds of a resource, added up, fit into the time from its first enter to its last
 * exit.
 *
 * An exclusive lock cannot be held for longer than the clock ran, so this sees overlaps in sums where
 * nobody looks at single holds. Known limit: overlaps hide in idle time; exclusion finds each of them.
 */
import { formatMs } from '../../base/time.ts';
import { EventKind, type EventView } from '../../trace/event.ts';
import type { Check, CheckFold, Finding, TraceEnd } from '../contract.ts';
import { Findings } from '../findings.ts';
import { Holdings } from '../holdings.ts';
import { objectName } from '../names.ts';

const TOO_MUCH =
  '{holds} holds of {resource} last {heldMs} ms together, but only {spanMs} ms passed from the first ' +
  'enter to the last exit: {ratio} times what exclusive use has room for.';
const BACKWARDS = 'The times run backwards, first at {seq}: durations cannot be added up.';

/** What is known of one resource; times in microseconds. */
interface Use {
  readonly inside: Holdings;
  readonly firstEnterUs: number;
  readonly firstSeq: number;
  lastExitUs: number;
  lastSeq: number;
  holds: number;
  heldUs: number;
}

class LockCapacity implements CheckFold {
  readonly #findings = new Findings();
  readonly #uses: (Use | undefined)[] = [];
  #latestUs = -Infinity;
  #backwardsSeq = -1;

  step(event: EventView): void {
    const { timeUs } = event;
    if (timeUs < this.#latestUs && this.#backwardsSeq < 0) this.#backwardsSeq = event.seq;
    this.#latestUs = timeUs;
    let use = this.#uses[event.object];
    if (event.kind === EventKind.enter) {
      use ??= this.#firstUse(event);
      if (use.inside.find(event.a) < 0) use.inside.open(event);
      return;
    }
    if (use === undefined) return;
    const slot = use.inside.close(event.a);
    if (slot < 0) return;
    use.holds += 1;
    use.heldUs += timeUs - use.inside.sinceUs(slot);
    use.lastExitUs = timeUs;
    use.lastSeq = event.seq;
  }

  finish(end: TraceEnd): Finding {
    const findings = this.#findings;
    if (this.#backwardsSeq >= 0) {
      const at = [{ seq: this.#backwardsSeq, timeUs: 0 }];
      findings.leaveOpen(BACKWARDS, { seq: this.#backwardsSeq }, at);
    }
    let fullest: Use | undefined;
    this.#uses.forEach((use, object) => {
      if (use === undefined) return;
      findings.examined += use.holds;
      if (fullest === undefined || ratioOf(use) > ratioOf(fullest)) fullest = use;
      if (this.#backwardsSeq < 0 && use.heldUs > spanOf(use) && findings.violated()) {
        findings.show(
          TOO_MUCH,
          {
            holds: use.holds,
            resource: objectName(object),
            heldMs: formatMs(use.heldUs),
            spanMs: formatMs(spanOf(use)),
            ratio: ratioOf(use).toFixed(2),
          },
          [
            { seq: use.firstSeq, timeUs: use.firstEnterUs },
            { seq: use.lastSeq, timeUs: use.lastExitUs },
          ],
        );
      }
    });
    if (fullest === undefined || fullest.holds === 0) return findings.finish(end);
    const { heldUs } = fullest;
    const spanUs = spanOf(fullest);
    return findings.finish(end, { heldUs, spanUs, ratio: ratioOf(fullest).toFixed(2) });
  }

  #firstUse(event: EventView): Use {
    const use = {
      inside: new Holdings(),
      firstEnterUs: event.timeUs,
      firstSeq: event.seq,
      lastExitUs: event.timeUs,
      lastSeq: event.seq,
      holds: 0,
      heldUs: 0,
    };
    this.#uses[event.object] = use;
    return use;
  }
}

function spanOf(use: Use): number {
  return use.lastExitUs - use.firstEnterUs;
}

function ratioOf(use: Use): number {
  return use.heldUs === 0 ? 0 : use.heldUs / spanOf(use);
}

export const lockCapacity: Check = {
  id: 'lock.capacity',
  claim: 'The holds of a resource add up to no more than the time in which it was used.',
  reads: [EventKind.enter, EventKind.exit],
  needs: [EventKind.enter, EventKind.exit],
  timed: true,
  start: () => new LockCapacity(),
};
