/**
 * A binary heap of timers that knows where each one stands, so that a timer can be withdrawn.
 *
 * Order: due time, then the sequence in which they were set. Set and withdraw cost O(log n) in the
 * number of timers that are pending now, because withdrawn ones leave at once.
 */
import { assert } from './assert.ts';

/** Something that comes due. `index` belongs to the heap: -1 while the timer is not pending. */
export interface Timed {
  dueUs: number;
  seq: number;
  index: number;
}

export class TimerHeap<T extends Timed> {
  readonly #items: T[] = [];

  get size(): number {
    return this.#items.length;
  }

  /** The timer that comes due first, or undefined. */
  peek(): T | undefined {
    return this.#items[0];
  }

  /** Every pending timer, in no particular order; valid until the next change. */
  pending(): readonly T[] {
    return this.#items;
  }

  push(item: T): void {
    assert(item.index === -1, 'expected a timer that is not pending yet');
    this.#items.push(item);
    this.#up(this.#items.length - 1, item);
  }

  pop(): T | undefined {
    const first = this.#items[0];
    if (first !== undefined) this.remove(first);
    return first;
  }

  /** Withdraws a pending timer. */
  remove(item: T): void {
    const items = this.#items;
    const at = item.index;
    assert(at >= 0, 'expected a pending timer');
    const last = items.pop() as T;
    item.index = -1;
    if (last === item) return;
    this.#down(at, last);
    if (last.index === at) this.#up(at, last);
  }

  #up(from: number, item: T): void {
    const items = this.#items;
    let at = from;
    while (at > 0) {
      const parentAt = (at - 1) >> 1;
      const parent = items[parentAt] as T;
      if (!before(item, parent)) break;
      items[at] = parent;
      parent.index = at;
      at = parentAt;
    }
    items[at] = item;
    item.index = at;
  }

  #down(from: number, item: T): void {
    const items = this.#items;
    const size = items.length;
    let at = from;
    for (;;) {
      let childAt = 2 * at + 1;
      if (childAt >= size) break;
      let child = items[childAt] as T;
      const rightAt = childAt + 1;
      if (rightAt < size) {
        const right = items[rightAt] as T;
        if (before(right, child)) {
          child = right;
          childAt = rightAt;
        }
      }
      if (!before(child, item)) break;
      items[at] = child;
      child.index = at;
      at = childAt;
    }
    items[at] = item;
    item.index = at;
  }
}

function before(a: Timed, b: Timed): boolean {
  return a.dueUs < b.dueUs || (a.dueUs === b.dueUs && a.seq < b.seq);
}
