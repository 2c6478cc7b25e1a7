/**
 * The book of all locks and resources: who waits, who was granted, who is inside, and since when.
 *
 * It is kept once for all who read a trace, and is up to date with an event before they see it. It
 * believes every event, right or wrong, and judges none: what an event opened or closed stands in
 * `opened` and `closed`, so that a reader can tell a first release from a second.
 */
import { EventKind, type EventView } from './event.ts';
import { type Holding, Holdings } from './holdings.ts';

/** In place of a time in microseconds. A double, like the times. */
export const NOT_OWED = -0.5;

/** One lock, or one resource: what stands in the object column. */
export class ObjectState {
  /** Asked for and not yet granted, oldest first. */
  readonly waiting = new Holdings();
  /** Granted and not yet released. */
  readonly held = new Holdings();
  /** Entered and not yet exited. */
  readonly inside = new Holdings();
  /** Since when a lock that is free has left its waiters waiting; NOT_OWED while it has not. */
  owedSinceUs = NOT_OWED;
  /** How often it was free and waited for, be it for an instant. */
  debts = 0;

  constructor(readonly object: number) {}
}

/** The kinds that the book is made from. */
export const LOCK_KINDS: readonly EventKind[] = [
  ...[EventKind.request, EventKind.grant, EventKind.release, EventKind.timeout],
  ...[EventKind.cancel, EventKind.enter, EventKind.exit],
];

const OF_LOCKS = Array.from({ length: Math.max(...LOCK_KINDS) + 1 }, (_, kind) =>
  LOCK_KINDS.includes(kind as EventKind),
);

export function isOfLocks(kind: EventKind): boolean {
  return OF_LOCKS[kind] === true;
}

export class LockBook {
  readonly #objects: (ObjectState | undefined)[] = [];
  /** By task: its last wait that is not over, and the hold whose critical section it left last. */
  readonly #waits: (Holding | undefined)[] = [];
  readonly #left: number[] = [];
  /** Whether anybody has ever entered anything. */
  entered = false;
  /** What the last event opened, if it was not open; a wait, a grant or a stay inside. */
  opened: Holding | undefined = undefined;
  /** What the last event closed, if it was open; readable until the next event. */
  closed: Holding | undefined = undefined;
  /** The lock's `owedSinceUs` before the last grant, time-out or withdrawal. */
  owedBeforeUs = NOT_OWED;

  /** The lock or resource with that number. */
  of(object: number): ObjectState {
    return this.#objects[object] ?? this.#add(object);
  }

  /** Every lock and resource that was seen. */
  all(): ObjectState[] {
    return this.#objects.filter((state) => state !== undefined);
  }

  /** What `task` waits for: the lock that it asked for last. */
  waitOf(task: number): Holding | undefined {
    return this.#waits[task];
  }

  /** Every task's wait, in the order of their ids. */
  waits(): Holding[] {
    return this.#waits.filter((wait) => wait !== undefined);
  }

  /** The hold whose critical section `task` left last, or -1. */
  leftLast(task: number): number {
    return this.#left[task] ?? -1;
  }

  /** Takes in an event of one of LOCK_KINDS. */
  step(event: EventView): void {
    const state = this.#objects[event.object] ?? this.#add(event.object);
    const kind = event.kind;
    if (kind === EventKind.enter) {
      this.entered = true;
      this.closed = undefined;
      this.opened = state.inside.open(event);
    } else if (kind === EventKind.exit) {
      this.#left[event.task] = event.a;
      this.opened = undefined;
      this.closed = state.inside.close(event.a);
    } else {
      if (kind === EventKind.request) this.#request(event, state);
      else if (kind === EventKind.grant) this.#grant(event, state);
      else if (kind === EventKind.release) {
        this.opened = undefined;
        this.closed = state.held.close(event.a);
      } else {
        this.opened = undefined;
        this.#stopWaiting(event, state);
      }
      settleDebt(state, event.timeUs);
    }
  }

  #request(event: EventView, state: ObjectState): void {
    const wait = state.waiting.open(event);
    this.closed = undefined;
    this.opened = wait;
    this.#waits[event.task] = wait;
  }

  #grant(event: EventView, state: ObjectState): void {
    const held = state.held.open(event);
    const wait = this.#stopWaiting(event, state);
    this.opened = held;
    if (wait === undefined) return;
    if (held !== undefined) held.asked = true;
    const { first } = state.waiting;
    if (first !== undefined && first.seq < wait.seq) overtake(state.waiting, wait.seq);
  }

  #stopWaiting(event: EventView, state: ObjectState): Holding | undefined {
    const wait = state.waiting.close(event.a);
    this.closed = wait;
    this.owedBeforeUs = state.owedSinceUs;
    if (wait !== undefined && this.#waits[wait.task] === wait) this.#waits[wait.task] = undefined;
    return wait;
  }

  #add(object: number): ObjectState {
    const state = new ObjectState(object);
    this.#objects[object] = state;
    return state;
  }
}

/** A lock owes a grant from when it is free and waited for until it is not. */
function settleDebt(state: ObjectState, nowUs: number): void {
  if (state.held.size > 0 || state.waiting.size === 0) state.owedSinceUs = NOT_OWED;
  else if (state.owedSinceUs === NOT_OWED) {
    state.owedSinceUs = nowUs;
    state.debts += 1;
  }
}

/** Whoever asked before `seq` was overtaken by the one that was let in. */
function overtake(waiting: Holdings, seq: number): void {
  for (let at = 0; at < waiting.size; at++) {
    const waiter = waiting.at(at) as Holding;
    if (waiter.seq > seq) return;
    waiter.overtaken += 1;
  }
}
