/**
 * The stages of the loop, in the order in which people read them, and how a stage can end.
 */
import type { Task } from '../task/schema.ts';

export const STAGE_NAMES = [
  'preflight',
  'build',
  'stress',
  'explore',
  'browser',
  'live',
  'logic-review',
  'context-review',
  'report',
  'registration',
] as const;
export type StageName = (typeof STAGE_NAMES)[number];
export type ReviewName = 'logic-review' | 'context-review';

/** What must have passed before a stage begins. The report tells of whatever happened. */
export const DEPENDENCIES: Readonly<Record<StageName, readonly StageName[]>> = {
  preflight: [],
  build: ['preflight'],
  stress: ['build'],
  explore: ['build'],
  browser: ['build'],
  live: ['build'],
  'logic-review': ['preflight'],
  'context-review': ['preflight'],
  report: [],
  registration: ['report'],
};

/**
 * What must be over before a stage begins, however it ended: a live session is judged by the wall
 * clock, so nothing else of ours may keep the processor busy beside it.
 */
export const QUIET_AFTER: Readonly<Partial<Record<StageName, readonly StageName[]>>> = {
  live: ['stress', 'explore', 'browser'],
};

/** How a stage ended; `reason` is one line for people. */
export interface StageEnd {
  readonly kind:
    | 'pass'
    /** What the stage judges is wrong. */
    | 'fail'
    /** What the stage needs did not come in time, or never can. */
    | 'die'
    | 'cancelled'
    /** Nothing was judged. */
    | 'not-run'
    /** A defect of the loop itself. */
    | 'crash';
  readonly reason: string;
}

export const passed = (reason: string): StageEnd => ({ kind: 'pass', reason });
export const failed = (reason: string): StageEnd => ({ kind: 'fail', reason });
export const died = (reason: string): StageEnd => ({ kind: 'die', reason });
export const notRun = (reason: string): StageEnd => ({ kind: 'not-run', reason });
export const CANCELLED: StageEnd = { kind: 'cancelled', reason: 'cancelled' };

/** Whether the task asks for the stage; every task asks for the preflight and the report. */
export function isAsked(task: Task, stage: StageName): boolean {
  return stage === 'report' || task.stages[stage] !== undefined;
}
