/** What each task waits for at present, by its id: at most one thing, because a task does one. */

/** How far a wait is. `fresh` was asked for by the last event, and may be granted by the next. */
export const WaitState = { none: 0, fresh: 1, queued: 2, granted: 3 } as const;
export type WaitState = (typeof WaitState)[keyof typeof WaitState];

/** Task ids are below 256. */
const TASKS = 256;

export class TaskWaits {
  readonly state = new Uint8Array(TASKS);
  readonly hold = new Uint32Array(TASKS);
  readonly seq = new Float64Array(TASKS);
  readonly requestUs = new Float64Array(TASKS);
  readonly grantUs = new Float64Array(TASKS);
  readonly lane = new Int16Array(TASKS);
  readonly depth = new Uint16Array(TASKS);
  /** Lane of whoever let go last before the grant, or 255. */
  readonly from = new Uint8Array(TASKS);
}
