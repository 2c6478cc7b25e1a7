/**
 * Counts, while a log is read, the acquisitions that found somebody else inside.
 *
 * It is the figure that lock.exclusion ends in, before the end. A log of this form has one
 * resource, and the reader forgets holds beyond its own limit, so the set of open ones stays small.
 */
import { EventKind, type EventView } from '../../sim/index.ts';

export class OverlapCount {
  readonly #inside = new Set<number>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  readonly step = (event: EventView): void => {
    const inside = this.#inside;
    if (event.kind === EventKind.enter) {
      // A hold that enters twice meets itself.
      if (inside.size > 0 && !inside.has(event.a)) this.#count += 1;
      inside.add(event.a);
    } else if (event.kind === EventKind.exit) inside.delete(event.a);
  };
}
