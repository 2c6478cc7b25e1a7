/**
 * Explores a lock in this process and prints what came of it.
 *
 * Whoever calls it bounds its time and memory: the code of the lock may do anything.
 */
import {
  type AsyncScope,
  DEFAULT_SEARCH,
  encodeSchedule,
  fifoOracle,
  formatLockLink,
  type LockLink,
} from '../../sim/index.ts';
import { isTypeScript } from '../../subjects/parse.ts';
import type { Crew } from '../explore/crew.ts';
import { commandLine } from '../render/command-line.ts';
import { exitOfReport, type Expectation, expectedOf } from '../report/expectation.ts';
import { type ExplorePlan, explore, type Violation } from '../report/exploration.ts';
import { checksOf, verdictOf } from '../report/explore-report.ts';
import type { Exit } from '../shell/exit.ts';
import type { Outcome } from '../shell/outcome.ts';
import type { Shell } from '../shell/shell.ts';
import type { Bounds } from './bounds.ts';
import type { SubjectReport } from './report.ts';
import { subjectDocument, subjectJunit, subjectLines } from './report.ts';
import type { SubjectSource } from './source.ts';
import { guardedLater, type LoadedSubject, loadSubject } from './subject-file.ts';

/** All that an exploration of a lock needs to know, as data. */
export interface SubjectJob {
  readonly source: SubjectSource;
  readonly scope: AsyncScope;
  readonly plan: ExplorePlan;
  /** Threads; 1 for none. */
  readonly workers: number;
  readonly expectation: Expectation | undefined;
  readonly reporter: 'text' | 'json' | 'junit';
  /** The words of the command line that ask for the same again. */
  readonly again: readonly string[];
}

/** Explores the lock, prints the outcome, and gives its status. */
export async function exploreHere(
  job: SubjectJob,
  base: string,
  bounds: Bounds,
  shell: Shell,
): Promise<Outcome<Exit>> {
  const { source, plan, expectation } = job;
  // A link says by itself how often its lock is used.
  const scope = source.link === undefined ? job.scope : scopeOf(source.link);
  const loaded = await loadSubject(source, scope);
  if (loaded.kind === 'error') return loaded;
  const { target, text, settle } = loaded.value;
  const outcome = await guardedLater(source.path, async () => {
    const crew = await crewOf({ ...job, scope }, loaded.value, bounds, shell);
    const explored = await explore(target, plan, shell, crew);
    settle();
    return explored;
  });
  if (outcome.kind === 'error') return outcome;
  const exploration = outcome.value;
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

/** Who goes on with a search that is large: nobody where one thread was asked for. */
async function crewOf(
  { source, scope, plan, workers }: SubjectJob,
  { fingerprint }: LoadedSubject,
  bounds: Bounds,
  shell: Shell,
): Promise<Crew | undefined> {
  if (workers === 1) return undefined;
  const { path, name, link } = source;
  const { shard: _, ...settings } = { ...DEFAULT_SEARCH, ...plan.search, wanted: plan.wanted };
  const parts = { source: { path, name, link }, scope, settings, fingerprint };
  // Loaded here, because only this needs threads.
  const { subjectCrew } = await import('./crew.ts');
  return subjectCrew({ job: parts, workers, bounds, note: (line) => shell.note(line) });
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
