/**
 * lock.deadlock: no circle of tasks in which each waits for a lock that the next one holds.
 *
 * The smallest circle is a task that waits for what it holds itself. A circle counts once it proves
 * real: a wait in it ends by a time-out or a withdrawal, a hold in it is given back all the same,
 * or the trace ends with it. If one of its waits is granted first, it was none. Known limit: a wait
 * for anything but a lock is not seen.
 */
import { formatMs } from '../../base/time.ts';
import { EventKind, type EventRef, type EventView } from '../../trace/event.ts';
import { type Holding, refOfHolding } from '../../trace/holdings.ts';
import type { TraceBook } from '../../trace/book.ts';
import type { LockBook } from '../../trace/lock-book.ts';
import type { Check, CheckFold, Facts, Finding } from '../contract.ts';
import type { TraceEnd } from '../../trace/observer.ts';
import { Findings } from '../findings.ts';
import { holderName, objectName } from '../names.ts';
import { circleOf } from '../wait-graph.ts';

const CIRCLE = 'At {ms} ms nobody in a circle can go on: {circle}.';
const SELF = 'At {ms} ms {who} waits for {lock}, which it holds itself since {sinceMs} ms.';

/** A circle that was closed and is not yet known to be real. */
interface Circle {
  readonly tasks: readonly number[];
  /** What each of them waits for. */
  readonly holds: readonly number[];
  readonly template: string;
  readonly values: Readonly<Record<string, string | number>>;
  readonly at: readonly EventRef[];
}

class LockDeadlock implements CheckFold {
  readonly #facts: Facts;
  readonly findings = new Findings();
  #circles: Circle[] = [];

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  step(event: EventView, { locks }: TraceBook): void {
    if (event.kind !== EventKind.request) {
      if (this.#circles.length > 0) this.#decide(event, locks);
      return;
    }
    const { held } = locks.of(event.object);
    const holder = held.first;
    const wait = locks.opened;
    if (holder === undefined || wait === undefined) return;
    this.findings.examined += 1;
    // Nearly always there is one holder, and it runs.
    if (held.size === 1 && locks.waitOf(holder.task) === undefined) return;
    const waits = circleOf(locks, wait);
    if (waits.length > 0) this.#circles.push(this.#describe(waits, holder, event.timeUs));
  }

  finish(end: TraceEnd, { locks }: TraceBook): Finding {
    for (const circle of this.#circles) {
      if (circle.tasks.every((_, at) => stillWaits(locks, circle, at))) this.#count(circle);
    }
    return this.findings.finish(end);
  }

  /**
   * A wait was given up, or a hold given back. The circle that it breaks was real if all others in
   * it still wait; if one of them was let in meanwhile, it was none.
   */
  #decide(event: EventView, locks: LockBook): void {
    this.#circles = this.#circles.filter((circle) => {
      const place = circle.tasks.indexOf(event.task);
      if (place < 0) return true;
      const released = event.kind === EventKind.release;
      if (!released && circle.holds[place] !== event.a) return true;
      const given = released ? -1 : place;
      const real = circle.tasks.every((_, at) => at === given || stillWaits(locks, circle, at));
      if (real) this.#count(circle);
      return false;
    });
  }

  #count(circle: Circle): void {
    if (this.findings.violated()) {
      this.findings.show(circle.template, circle.values, circle.at);
    }
  }

  #describe(waits: readonly Holding[], holder: Holding, nowUs: number): Circle {
    const facts = this.#facts;
    const ms = formatMs(nowUs);
    const tasks = waits.map((wait) => wait.task);
    const holds = waits.map((wait) => wait.hold);
    const at = waits.map(refOfHolding);
    const [only, second] = waits;
    if (only !== undefined && second === undefined) {
      const lock = objectName(only.object);
      const sinceMs = formatMs(holder.sinceUs);
      const values = { ms, who: holderName(facts, only), lock, sinceMs };
      return { tasks, holds, template: SELF, values, at: [refOfHolding(holder), ...at] };
    }
    const links = waits.map((wait, place) => {
      const next = waits[(place + 1) % waits.length] as Holding;
      const lock = objectName(wait.object);
      return `${holderName(facts, wait)} waits for ${lock}, held by ${holderName(facts, next)}`;
    });
    return { tasks, holds, template: CIRCLE, values: { ms, circle: links.join('; ') }, at };
  }
}

/** Whether the task in that place of the circle waits for what it waited for then. */
function stillWaits(locks: LockBook, { tasks, holds }: Circle, at: number): boolean {
  return locks.waitOf(tasks[at] as number)?.hold === holds[at];
}

export const lockDeadlock: Check = {
  id: 'lock.deadlock',
  claim:
    'No tasks wait for each other in a circle, to be broken by a time-out or by nothing at all.',
  reads: [EventKind.request, EventKind.release, EventKind.timeout, EventKind.cancel],
  needs: [EventKind.request, EventKind.grant, EventKind.release],
  timed: false,
  start: (facts) => new LockDeadlock(facts),
};
