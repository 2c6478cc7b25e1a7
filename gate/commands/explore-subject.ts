/**
 * `lab explore --subject FILE` and `--library NAME`: searches the schedules of a lock that is not
 * ours, in a process that can be ended.
 */
import type { AsyncScope } from '../../sim/index.ts';
import { parseExpectation } from '../report/expectation.ts';
import type { Exit } from '../shell/exit.ts';
import type { Outcome } from '../shell/outcome.ts';
import type { Shell } from '../shell/shell.ts';
import type { SubjectJob } from '../subjects/explore-here.ts';
import { findSubject, type SubjectRequest } from '../subjects/source.ts';
import { superviseSubject } from '../subjects/supervise.ts';
import { planOf, type SearchWords, words } from './explore.ts';

export interface SubjectOptions extends SearchWords {
  /** Threads. */
  readonly workers: number;
}

/** The exploration that is asked for, as data. */
export function subjectJob(
  request: SubjectRequest,
  scope: AsyncScope,
  options: SubjectOptions,
): Outcome<SubjectJob> {
  const expectation = parseExpectation(options.expect);
  if (expectation.kind === 'error') return expectation;
  const source = findSubject(request);
  if (source.kind === 'error') return source;
  const { kind, name } = request;
  const size = ['--clients', String(scope.clients), '--rounds', String(scope.rounds)];
  return {
    kind: 'ok',
    value: {
      source: source.value,
      scope,
      plan: planOf(options, expectation.value),
      workers: options.workers,
      expectation: expectation.value,
      reporter: options.reporter,
      again: ['explore', `--${kind}`, name, ...size, ...words(options)],
    },
  };
}

/** Explores the lock and prints the outcome. */
export async function exploreSubjectCommand(
  request: SubjectRequest,
  scope: AsyncScope,
  options: SubjectOptions,
  shell: Shell,
): Promise<Outcome<Exit>> {
  const job = subjectJob(request, scope, options);
  return job.kind === 'error' ? job : superviseSubject(job.value, shell);
}
