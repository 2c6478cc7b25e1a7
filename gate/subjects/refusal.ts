/** A problem of a lock as a refusal, with the status that says whether its code is to blame. */
import type { SubjectProblem } from '../../subjects/problem.ts';
import { Exit } from '../shell/exit.ts';
import { type Outcome, refuse } from '../shell/outcome.ts';

/** Those that end a search without a word on how the lock has to be written. */
const INCONCLUSIVE: readonly string[] = [
  ...['subject-endless', 'subject-flood', 'subject-stuck', 'subject-died', 'subject-changed'],
  'interrupted',
];

/** What the command line says, and exits with. */
export function refusalOf({ code, message }: SubjectProblem): Outcome<never> {
  return refuse(code, message, INCONCLUSIVE.includes(code) ? Exit.inconclusive : Exit.usage);
}
