/** Exit statuses, in one place, and how a command refuses what it was asked. */
import type { Problem, Result, Verdict } from '../../sim/index.ts';
import { assertUnreachable } from '../../sim/index.ts';

/** What a status says to a script; 1 is a finding about the engine under test and nothing else. */
export const Exit = {
  passed: 0,
  violated: 1,
  usage: 2,
  /** Inconclusive, cancelled or unavailable. */
  inconclusive: 3,
  internal: 70,
} as const;
export type Exit = (typeof Exit)[keyof typeof Exit];

/** Why a command did not do what it was asked, and the status that says so. */
export interface Refusal extends Problem {
  readonly exit: Exit;
}

export type Outcome<T> = Result<T, Refusal>;

/** A refusal; `usage` unless another status fits better. */
export function refuse(code: string, message: string, exit: Exit = Exit.usage): Outcome<never> {
  return { kind: 'error', error: { code, message, exit } };
}

/** The status of a verdict. */
export function exitOf(verdict: Verdict): Exit {
  switch (verdict) {
    case 'passed':
      return Exit.passed;
    case 'violated':
      return Exit.violated;
    case 'inconclusive':
      return Exit.inconclusive;
    default:
      return assertUnreachable(verdict);
  }
}
