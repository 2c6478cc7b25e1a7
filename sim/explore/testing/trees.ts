/**
 * Subjects that are nothing but a tree of choices: how skewed, and which schedules violate
 * something, is known beforehand, and an execution costs next to nothing.
 */
import { NotingOracle } from '../choices.ts';
import { Attempt } from '../attempt.ts';
import type { Subject } from '../subject.ts';
import { RunEnd } from '../../trace/event.ts';

/** What follows the answers so far: how many there are to choose from, 1 or less for an end. */
export type Branching = (answers: readonly number[]) => number;

/** A subject with those choices; `violates` says of which executions a check is violated. */
export function treeSubject(
  branching: Branching,
  violates: (answers: readonly number[]) => boolean = () => false,
): Subject {
  return {
    name: 'tree',
    scope: 'a tree',
    reducible: false,
    attempt: (oracle) => {
      const noting = new NotingOracle(oracle);
      const answers: number[] = [];
      for (let width = branching(answers); width > 1; width = branching(answers)) {
        answers.push(noting.choose(width, -1));
      }
      const violated = violates(answers);
      return new Attempt(
        {
          verdict: violated ? 'violated' : 'passed',
          violated: violated ? ['pnl.total'] : [],
          choices: noting.choices,
          steps: answers.length + 1,
          end: RunEnd.done,
        },
        () => {
          throw new Error('expected nobody to ask for the trace of a tree');
        },
      );
    },
  };
}

/** How many executions there are. */
export function leavesOf(branching: Branching, answers: readonly number[] = []): number {
  const width = branching(answers);
  if (width <= 1) return 1;
  let leaves = 0;
  for (let pick = 0; pick < width; pick++) leaves += leavesOf(branching, [...answers, pick]);
  return leaves;
}
