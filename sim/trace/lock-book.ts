/**
 * The book of all locks and resources: who waits, who was granted, who is inside, and since when.
 *
 * It is kept once for all who read a trace, and is up to date with an event before they see it. It
 * believes every event, right or wrong, and judges none: what an event opened or closed stands in
 * `opened` and `closed`, so that a reader can tell a first release from a second.
 */
import { EventKind, type EventView } from './event.ts';
import { type Holding, Holdings } from './holdings.ts';

/** One lock, or one resource: what stands in the object column. */
export class ObjectState {
  /** Asked for and not yet granted, oldest first. */
  readonly waiting = new Holdings();
  /** Granted and not yet released. */
  readonly held = new Holdings();
  /** Entered and not yet exited. */
  readonly inside = new Holdings();

  constructor(readonly object: number) {}
}

/** The kinds that the book is made from. */
export const BOOK_KINDS: readonly EventKind[] = [
  ...[EventKind.request, EventKind.grant, EventKind.release, EventKind.timeout],
  ...[EventKind.cancel, EventKind.enter, EventKind.exit],
];

export class LockBook {
  readonly #objects: (ObjectState | undefined)[] = [];
  /** By task: the hold whose critical section it left last. */
  readonly #left: number[] = [];
  /** What the last event opened, if it was not open; a wait, a grant or a stay inside. */
  opened: Holding | undefined = undefined;
  /** What the last event closed, if it was open; readable until the next event. */
  closed: Holding | undefined = undefined;

  /** The lock or resource with that number. */
  of(object: number): ObjectState {
    return this.#objects[object] ?? this.#add(object);
  }

  /** Every lock and resource that was seen. */
  all(): ObjectState[] {
    return this.#objects.filter((state) => state !== undefined);
  }

  /** The hold whose critical section `task` left last, or -1. */
  leftLast(task: number): number {
    return this.#left[task] ?? -1;
  }

  /** Takes in an event of one of BOOK_KINDS. */
  step(event: EventView): void {
    const state = this.#objects[event.object] ?? this.#add(event.object);
    const kind = event.kind;
    if (kind === EventKind.enter) {
      this.closed = undefined;
      this.opened = openOnce(state.inside, event);
    } else if (kind === EventKind.exit) {
      this.#left[event.task] = event.a;
      this.opened = undefined;
      this.closed = state.inside.close(event.a);
    } else if (kind === EventKind.request) {
      this.closed = undefined;
      this.opened = openOnce(state.waiting, event);
    } else if (kind === EventKind.grant) {
      this.closed = state.waiting.close(event.a);
      this.opened = openOnce(state.held, event);
      if (this.closed !== undefined) overtake(state.waiting, this.closed.seq);
    } else if (kind === EventKind.release) {
      this.opened = undefined;
      this.closed = state.held.close(event.a);
    } else {
      this.opened = undefined;
      this.closed = state.waiting.close(event.a);
    }
  }

  #add(object: number): ObjectState {
    const state = new ObjectState(object);
    this.#objects[object] = state;
    return state;
  }
}

function openOnce(holdings: Holdings, event: EventView): Holding | undefined {
  if (holdings.size > 0 && holdings.find(event.a) !== undefined) return undefined;
  return holdings.open(event);
}

/** Whoever asked before `seq` was overtaken by the one that was let in. */
function overtake(waiting: Holdings, seq: number): void {
  for (let at = 0; at < waiting.size; at++) {
    const waiter = waiting.at(at) as Holding;
    if (waiter.seq > seq) return;
    waiter.overtaken += 1;
  }
}
