/**
 * Explores a lock in this process and prints what came of it.
 *
 * Whoever calls it bounds its time and memory: the code of the lock may do anything.
 */
import {
  type AsyncScope,
  encodeSchedule,
  fifoOracle,
  formatLockLink,
  type LockLink,
} from '../../sim/index.ts';
import { isTypeScript } from '../../subjects/parse.ts';
import { commandLine } from '../render/command-line.ts';
import { exitOfReport, type Expectation, expectedOf } from '../report/expectation.ts';
import {
  type Exploration,
  type ExplorePlan,
  explore,
  type Violation,
} from '../report/exploration.ts';
import { checksOf, verdictOf } from '../report/explore-report.ts';
import type { Exit } from '../shell/exit.ts';
import type { Outcome } from '../shell/outcome.ts';
import type { Shell } from '../shell/shell.ts';
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
export async function exploreHere(
  job: SubjectJob,
  base: string,
  shell: Shell,
): Promise<Outcome<Exit>> {
  const { source, plan, expectation } = job;
  // A link says by itself how often its lock is used.
  const scope = source.link === undefined ? job.scope : scopeOf(source.link);
  const loaded = await loadSubject(source, scope);
  if (loaded.kind === 'error') return loaded;
  const { target, text } = loaded.value;
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
    url: linkOf(base, source, text, exploration.violation),
    again: commandLine(job.again),
  };
  shell.print(told(report, job.reporter, shell));
  return { kind: 'ok', value: exitOfReport(report) };
}

/** How often the lock of a link is used. */
export function scopeOf({ lock: { clients, rounds } }: LockLink): AsyncScope {
  return { clients, rounds };
}

/** The link of what was found in a lock of one file; none where the page could not run it. */
function linkOf(
  base: string,
  { kind, path }: SubjectSource,
  text: string | undefined,
  violation: Violation<AsyncScope> | undefined,
): string | undefined {
  if (violation === undefined || text === undefined || kind === 'library') return undefined;
  const { target, schedule, attempt } = violation.shrunk;
  const lock = {
    source: text,
    language: isTypeScript(path) ? 'ts' : 'js',
    ...target.value,
  } as const;
  const parts = { lock, schedule: encodeSchedule(schedule), digest: attempt.digest };
  const link = formatLockLink(base, parts);
  return link.kind === 'ok' ? link.value : undefined;
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
