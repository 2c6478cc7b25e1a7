/**
 * Explores a lock in this process and prints what came of it.
 *
 * Whoever calls it bounds its time and memory: the code of the lock may do anything.
 */
import { fifoOracle } from '../../sim/index.ts';
import { commandLine } from '../render/command-line.ts';
import { exitOfReport, type Expectation, expectedOf } from '../report/expectation.ts';
import { type Exploration, type ExplorePlan, explore } from '../report/exploration.ts';
import { checksOf, verdictOf } from '../report/explore-report.ts';
import type { Exit } from '../shell/exit.ts';
import type { Outcome } from '../shell/outcome.ts';
import type { Shell } from '../shell/shell.ts';
import type { AsyncScope } from '../../sim/index.ts';
import type { SubjectReport } from './report.ts';
import { subjectDocument, subjectJunit, subjectLines } from './report.ts';
import type { SubjectSource } from './source.ts';
import { guarded, loadSubject } from './subject-file.ts';

/** All that an exploration of a lock needs to know, as data. */
export interface SubjectJob {
  readonly source: SubjectSource;
  readonly scope: AsyncScope;
  readonly plan: ExplorePlan;
  readonly expectation: Expectation | undefined;
  readonly reporter: 'text' | 'json' | 'junit';
  /** The words of the command line that ask for the same again. */
  readonly again: readonly string[];
}

/** Explores the lock, prints the outcome, and gives its status. */
export async function exploreHere(job: SubjectJob, shell: Shell): Promise<Outcome<Exit>> {
  const { source, scope, plan, expectation } = job;
  const loaded = await loadSubject(source.path, source.name, scope);
  if (loaded.kind === 'error') return loaded;
  const { target } = loaded.value;
  let exploration: Exploration<AsyncScope> | undefined;
  let outcome: Outcome<undefined> = { kind: 'ok', value: undefined };
  try {
    exploration = await explore(target, plan, shell);
  } catch (error) {
    outcome = guarded(source.path, () => {
      throw error;
    });
  }
  if (outcome.kind === 'error') return outcome;
  if (exploration === undefined) throw new Error('expected an exploration or its problem');
  const verdict = verdictOf(exploration);
  const byDefault = () => target.subject.attempt(fifoOracle).checks;
  const checks = checksOf(exploration, byDefault);
  const report: SubjectReport = {
    exploration,
    source,
    scope,
    verdict,
    cancelled: exploration.cancelled,
    expected: expectation && expectedOf(expectation, verdict, checks),
    again: commandLine(job.again),
  };
  shell.print(told(report, job.reporter, shell));
  return { kind: 'ok', value: exitOfReport(report) };
}

function told(report: SubjectReport, reporter: SubjectJob['reporter'], shell: Shell): string[] {
  switch (reporter) {
    case 'json':
      return [JSON.stringify(subjectDocument(report), null, 2)];
    case 'junit':
      return subjectJunit(report);
    case 'text':
      return subjectLines(shell.style, report);
  }
}
