/** What each task waits for at present, by its id: at most one thing, because a task does one. */

/** How far a wait is. `fresh` was asked for by the last event, and may be granted by the next. */
export const WaitState = { none: 0, fresh: 1, queued: 2, granted: 3 } as const;
export type WaitState = (typeof WaitState)[keyof typeof WaitState];

/** Task ids are below 256. */
const TASKS = 256;
/** Begins as a double, so that late times do not change the record's shape. */
const NEVER_US = -0.5;

/** One task's wait; what it says holds unless `state` is `none`. */
export class TaskWait {
  state: WaitState = WaitState.none;
  hold = 0;
  seq = 0;
  requestUs = NEVER_US;
  grantUs = NEVER_US;
  lane = 0;
  depth = 0;
  /** Lane of whoever let go last before the grant, or 255. */
  from = 0;
}

/** A record a task, used again and again. */
export function newTaskWaits(): readonly TaskWait[] {
  return Array.from({ length: TASKS }, () => new TaskWait());
}
