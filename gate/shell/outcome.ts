/** How a command ends: with a status, or refusing what it was asked. */
import { assertUnreachable, type Problem, type Result, type Verdict } from '../../sim/index.ts';
import { Exit } from './exit.ts';

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
