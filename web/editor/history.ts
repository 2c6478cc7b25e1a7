/**
 * Undo and redo over whole values: what there was, what there is, what was undone.
 *
 * Invariants: undo after record gives back what was there before; redo after undo gives back what
 * was undone. Changes of one group in a row are one step. Past `STEPS_MAX` steps the oldest go.
 */

/** How many steps can be undone. */
export const STEPS_MAX = 500;

export interface History<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
  /** What the last step belongs to; undefined once it is closed. */
  readonly group: string | undefined;
}

export function startHistory<T>(present: T): History<T> {
  return { past: [], present, future: [], group: undefined };
}

/** A new present; of the same `group` as the last step, it takes that step's place. */
export function record<T>(history: History<T>, next: T, group?: string): History<T> {
  const { past, present } = history;
  if (group !== undefined && group === history.group) {
    return { past, present: next, future: [], group };
  }
  return { past: [...past, present].slice(-STEPS_MAX), present: next, future: [], group };
}

/** Whatever comes next is a step of its own. */
export function closeGroup<T>(history: History<T>): History<T> {
  return history.group === undefined ? history : { ...history, group: undefined };
}

export function undo<T>(history: History<T>): History<T> {
  const present = history.past.at(-1);
  if (present === undefined) return history;
  const future = [history.present, ...history.future];
  return { past: history.past.slice(0, -1), present, future, group: undefined };
}

export function redo<T>(history: History<T>): History<T> {
  const [present, ...future] = history.future;
  if (present === undefined) return history;
  return { past: [...history.past, history.present], present, future, group: undefined };
}
