/**
 * Who waits for which lock, and who holds it: the wait-for graph that deadlock and starvation read.
 *
 * A task waits for one lock at a time, the last that it asked for. Two kinds of holds belong to nobody
 * and close no circle: one granted after its task gave up, of which the task knows nothing, and one
 * whose critical section the task has left, which it forgot to give back. A lock that was given to
 * several at once (a fault of its own) has several holders.
 */
import { EventKind, type EventRef, type EventView } from '../trace/event.ts';
import type { Facts } from './contract.ts';
import { type Holdings, HoldingsByObject } from './holdings.ts';
import { whoName } from './names.ts';

/** How the chain of holders behind a lock ends: nobody, each other, or somebody who could go on. */
export type ChainEnd = 'free' | 'circle' | 'kept';

/** Kinds from which the graph is drawn. */
export const GRAPH_READS = [
  ...[EventKind.request, EventKind.grant, EventKind.release],
  ...[EventKind.timeout, EventKind.cancel, EventKind.exit],
];

export class WaitGraph {
  readonly #held = new HoldingsByObject();
  /** By task: what it waits for. `#hold` is -1 while it does not wait. */
  readonly #hold: number[] = [];
  readonly #object: number[] = [];
  readonly #symbol: number[] = [];
  readonly #seq: number[] = [];
  readonly #sinceUs: number[] = [];
  /** By task: the hold whose critical section it left last. */
  readonly #left: number[] = [];

  /** Takes one of the kinds of `GRAPH_READS` into account. */
  step(event: EventView): void {
    const kind = event.kind;
    if (kind === EventKind.exit) this.#left[event.task] = event.a;
    else if (kind === EventKind.request) this.#request(event);
    else if (kind === EventKind.grant) this.#grant(event);
    else if (kind === EventKind.release) this.#held.of(event.object).close(event.a);
    else this.#stopWaiting(event);
  }

  isWaiting(task: number): boolean {
    return (this.#hold[task] ?? -1) >= 0;
  }

  /** Every task that waits, in the order of their ids. */
  waiting(): number[] {
    return [...this.#hold.keys()].filter((task) => this.isWaiting(task));
  }

  /** The hold that a waiting task asked for. */
  hold(task: number): number {
    return this.#hold[task] as number;
  }

  /** The lock that a waiting task asked for. */
  object(task: number): number {
    return this.#object[task] as number;
  }

  symbol(task: number): number {
    return this.#symbol[task] as number;
  }

  sinceUs(task: number): number {
    return this.#sinceUs[task] as number;
  }

  ref(task: number): EventRef {
    return { seq: this.#seq[task] as number, timeUs: this.sinceUs(task) };
  }

  who(task: number, facts: Facts): string {
    return whoName(facts, this.symbol(task), task);
  }

  /** Who holds the lock `object`. */
  holders(object: number): Holdings {
    return this.#held.of(object);
  }

  /**
   * The circle that a waiting task closes: tasks that each wait for what the next one holds, the last
   * for what the first holds. Empty if it closes none.
   */
  circle(task: number): number[] {
    const path: number[] = [];
    return this.#search(task, task, new Set(), path) ? path : [];
  }

  /** Where the chain ends that begins with whoever holds `object`. */
  chainEnd(object: number): ChainEnd {
    const seen = new Set<number>();
    const open = [object];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      const held = this.#held.of(at);
      if (held.size === 0) return 'free';
      for (let slot = held.first; slot >= 0; slot = held.behind(slot)) {
        if (!this.#isStuck(held, slot)) return 'kept';
        open.push(this.object(held.task(slot)));
      }
    }
    return 'circle';
  }

  #request(event: EventView): void {
    const { task } = event;
    this.#hold[task] = event.a;
    this.#object[task] = event.object;
    this.#symbol[task] = event.symbol;
    this.#seq[task] = event.seq;
    this.#sinceUs[task] = event.timeUs;
  }

  #grant(event: EventView): void {
    const held = this.#held.of(event.object);
    const expected = this.#stopWaiting(event);
    if (held.find(event.a) >= 0) return;
    const slot = held.open(event);
    if (!expected) held.disown(slot);
  }

  /** The wait of the event's hold is over; false if nobody waited for it. */
  #stopWaiting(event: EventView): boolean {
    if (this.#hold[event.task] !== event.a) return false;
    this.#hold[event.task] = -1;
    return true;
  }

  /** Whether a holder waits for a lock itself, within the critical section of what it holds. */
  #isStuck(held: Holdings, slot: number): boolean {
    const holder = held.task(slot);
    return this.isWaiting(holder) && this.#left[holder] !== held.hold(slot);
  }

  /** Follows the holders of what `at` waits for until `target` is among them. */
  #search(at: number, target: number, seen: Set<number>, path: number[]): boolean {
    path.push(at);
    const held = this.#held.of(this.object(at));
    for (let slot = held.first; slot >= 0; slot = held.behind(slot)) {
      const holder = held.task(slot);
      if (!this.#isStuck(held, slot)) continue;
      if (holder === target) return true;
      if (seen.has(holder)) continue;
      seen.add(holder);
      if (this.#search(holder, target, seen, path)) return true;
    }
    path.pop();
    return false;
  }
}
