/**
 * lock.deadlock: no circle of tasks in which each waits for a lock that the next one holds.
 *
 * The smallest circle is a task that waits for what it holds itself. A circle counts once it proves
 * real: a wait in it ends by a time-out or a withdrawal, the lock takes a hold back, or the trace ends
 * with it. If one of its waits is granted after all, it was none. Known limit: a wait for anything but
 * a lock is not seen.
 */
import { formatMs } from '../../base/time.ts';
import { EventKind, type EventRef, type EventView } from '../../trace/event.ts';
import type { Check, CheckFold, Facts, Finding, TraceEnd } from '../contract.ts';
import { Findings } from '../findings.ts';
import { objectName } from '../names.ts';
import { GRAPH_READS, WaitGraph } from '../wait-graph.ts';

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
  readonly #findings = new Findings();
  readonly #graph = new WaitGraph();
  #circles: Circle[] = [];

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  step(event: EventView): void {
    const graph = this.#graph;
    if (this.#circles.length > 0) this.#decide(event);
    graph.step(event);
    if (event.kind !== EventKind.request) return;
    const holders = graph.holders(event.object);
    if (holders.size === 0) return;
    this.#findings.examined += 1;
    // Nearly always there is one holder, somebody else, and it runs.
    const holder = holders.task(holders.first);
    if (holders.size === 1 && holder !== event.task && !graph.isWaiting(holder)) return;
    const tasks = graph.circle(event.task);
    if (tasks.length > 0) this.#circles.push(this.#describe(tasks, event));
  }

  finish(end: TraceEnd): Finding {
    for (const circle of this.#circles) this.#count(circle);
    return this.#findings.finish(end);
  }

  /** Settles the circles that this event breaks. */
  #decide(event: EventView): void {
    const kind = event.kind;
    if (kind === EventKind.request || kind === EventKind.exit) return;
    const broken = this.#circles.filter((circle) =>
      kind === EventKind.release
        ? circle.tasks.includes(event.task)
        : circle.holds.includes(event.a),
    );
    if (broken.length === 0) return;
    this.#circles = this.#circles.filter((circle) => !broken.includes(circle));
    if (kind !== EventKind.grant) for (const circle of broken) this.#count(circle);
  }

  #count(circle: Circle): void {
    if (this.#findings.violated()) {
      this.#findings.show(circle.template, circle.values, circle.at);
    }
  }

  #describe(tasks: readonly number[], event: EventView): Circle {
    const graph = this.#graph;
    const facts = this.#facts;
    const ms = formatMs(event.timeUs);
    const holds = tasks.map((task) => graph.hold(task));
    const at = tasks.map((task) => graph.ref(task));
    const first = tasks[0] as number;
    if (tasks.length === 1) {
      const held = graph.holders(event.object);
      const values = {
        ms,
        who: graph.who(first, facts),
        lock: objectName(event.object),
        sinceMs: formatMs(held.sinceUs(held.first)),
      };
      return { tasks, holds, template: SELF, values, at: [held.ref(held.first), ...at] };
    }
    const links = tasks.map((task, place) => {
      const next = tasks[(place + 1) % tasks.length] as number;
      const lock = objectName(graph.object(task));
      return `${graph.who(task, facts)} waits for ${lock}, held by ${graph.who(next, facts)}`;
    });
    return { tasks, holds, template: CIRCLE, values: { ms, circle: links.join('; ') }, at };
  }
}

export const lockDeadlock: Check = {
  id: 'lock.deadlock',
  claim:
    'No tasks wait for each other in a circle, by a time-out or the end of the trace at latest.',
  reads: GRAPH_READS,
  needs: [EventKind.request, EventKind.grant, EventKind.release],
  timed: false,
  start: (facts) => new LockDeadlock(facts),
};
