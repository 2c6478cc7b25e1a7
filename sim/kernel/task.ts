/**
 * A task is a generator that yields one suspension at a time; between two suspensions it runs
 * alone.
 *
 * That is the atomic step of everything that Interlock claims. There are two suspensions only:
 * sleep, and park until somebody wakes the task or its deadline passes. Locks, sockets and
 * mailboxes are ordinary objects that remember whom to wake, so the same generators run under any
 * driver.
 */

export type Suspension =
  | { readonly kind: 'sleep'; readonly us: number }
  /** `works`: the time is what is waited for, work that a wake-up cuts short, and no deadline. */
  | { readonly kind: 'park'; readonly timeoutUs: number; readonly works?: boolean };

/**
 * What a task is resumed with: true if it was woken (or slept enough), false if its deadline
 * passed.
 */
export type Woken = boolean;

/** The code of a task. A sub-task of it has the same shape and is run by `yield*`. */
export type TaskBody<T = void> = Generator<Suspension, T, Woken>;

/** Sleep for `us` whole microseconds; 0 lets the others that are ready go first. */
export function sleep(us: number): Suspension {
  return { kind: 'sleep', us };
}

/** Wait to be woken, for `timeoutUs` at most; Infinity waits for ever. */
export function park(timeoutUs: number): Suspension {
  return { kind: 'park', timeoutUs };
}

/** Who a task is, for those who stamp events on its behalf and wake it. */
export interface TaskRef {
  /** 0 to 254; part of every event that the task causes. */
  readonly id: number;
  readonly name: string;
  /** Index of the task's symbol, or NONE. */
  readonly symbol: number;
}

/** What the parts of a run ask of whatever drives them: virtual, exploring or real-time. */
export interface Driver {
  /** The time of the present step in microseconds. */
  readonly nowUs: number;
  /**
   * Wakes a parked task; nothing happens to one that is not parked. A wake-up says "look again": it
   * may be meant for an earlier wait, so whoever waits for a condition checks it after waking.
   */
  wake(task: TaskRef): void;
  /** Calls `deliver` after `us` microseconds, as a step of its own; the result withdraws it. */
  after(us: number, deliver: () => void): () => void;
  /**
   * Decides between `count` >= 1 possibilities that are not tasks: a delivery order, a fault, of
   * kind `about`.
   */
  choose(count: number, about?: number): number;
}
