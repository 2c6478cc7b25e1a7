/** What bounds the process, and each thread, in which the code of a lock runs. */
import { SubjectProblem } from '../../subjects/problem.ts';

export interface Bounds {
  /** How long it may say nothing, once it has begun, in milliseconds. */
  readonly silentMs: number;
  /** What the heap of the process may hold, and that of each thread. */
  readonly memoryMb: number;
}

export const DEFAULT_BOUNDS: Bounds = { silentMs: 10_000, memoryMb: 512 };

/** How long it may take to begin, in milliseconds. */
export const START_MS = 120_000;

/** What is said of a lock whose step does not end. */
export function stuck(name: string, { silentMs }: Bounds): SubjectProblem {
  return new SubjectProblem(
    'subject-stuck',
    `expected each step of ${name} to end, got one that ran for ${silentMs / 1_000} s: ` +
      'look for a loop that never waits',
  );
}

/** What is said of a lock of which the process, or a thread, has died. */
export function died(name: string, { memoryMb }: Bounds): SubjectProblem {
  return new SubjectProblem(
    'subject-died',
    `expected ${name} to be explored in ${memoryMb} MB, but its process died: look for a ` +
      'loop that fills memory',
  );
}

/** What is said where somebody ended the process before it had begun. */
export function interrupted(name: string): SubjectProblem {
  return new SubjectProblem(
    'interrupted',
    `expected time to explore ${name}, got an interrupt before anything was tried`,
  );
}
