/**
 * The end of a run, whatever came before: report, registration, and the archive's one rename.
 *
 * The report is written aside and checked before anything is registered, so that a full disk is
 * known by then; what the registration brought is added, and only then does the archive come into
 * view. If that fails, the archive before stays, and the gate does not pass.
 */
import { join } from 'node:path';
import { plural } from '../../render/figures.ts';
import { type Disk } from '../report/disk.ts';
import {
  type ArchiveFiles,
  removeStaged,
  runName,
  stageArchive,
  type StagedArchive,
} from '../report/archive.ts';
import { buildReport, type RunTimes } from '../report/build.ts';
import { drawPictures, evidenceFiles, REPORT_FILES, reportFiles } from '../report/files.ts';
import type { Report } from '../report/schema.ts';
import { verifyArchive } from '../report/verify.ts';
import { register } from '../registration/register.ts';
import type { LoopContext } from './context.ts';
import { finalText, spoken } from './lines.ts';
import { type GateOutcome, outcomeOf, type StageEnds } from './outcome.ts';
import {
  CANCELLED,
  died,
  failed,
  isAsked,
  notRun,
  passed,
  STAGE_NAMES,
  type StageEnd,
  type StageName,
} from './stage.ts';

export const ARCHIVE_FOLDER = 'docs/archive/tasks';

export interface Finish {
  readonly context: LoopContext;
  readonly disk: Disk;
  readonly withoutReview: boolean;
  readonly ends: Map<StageName, StageEnd>;
  readonly end: (stage: StageName, end: StageEnd) => void;
  readonly times: () => RunTimes;
}

export interface Finished {
  readonly outcome: GateOutcome;
  readonly report: Report;
  /** Where the archive is; undefined if it could not be written. */
  readonly archive: string | undefined;
}

/** Reports, registers, publishes. */
export async function finish(finishing: Finish): Promise<Finished> {
  const { context, end } = finishing;
  const task = join(context.root, ARCHIVE_FOLDER, `TASK_${context.found.task.task}`);
  const { files: pictures, problem } = drawPictures(context);
  if (problem !== undefined) context.facts.measured.push({ what: 'pictures', value: problem });
  const fixed: ArchiveFiles = new Map([...evidenceFiles(context), ...pictures]);
  const count = fixed.size + REPORT_FILES + 1;
  const compose = () => composed(finishing, count, [...fixed.keys()]);
  // The report says how itself ended; a person is told only once that is true.
  const written = passed(`${plural(count, 'file')}, every sum checked`);
  finishing.ends.set('report', written);
  const staged = await attempt(async () => {
    const archive = await stageArchive(finishing.disk, task, fixed);
    await archive.rewrite(compose().files);
    await check(archive);
    return archive;
  });
  // What could not be written whole must not keep a full disk full.
  const cleared = () => attempt(() => removeStaged(finishing.disk, task));
  if (staged.kind === 'error') {
    await cleared();
    return lost(finishing, staged.error, compose);
  }
  if (isAsked(context.found.task, 'registration')) {
    end('registration', await registration(context, finishing));
  }
  const { outcome, report, files } = compose();
  const published = await attempt(async () => {
    await staged.value.rewrite(files);
    await check(staged.value);
    await staged.value.publish(runName(finishing.times().startedAt, outcome.kind));
  });
  if (published.kind === 'error') {
    await cleared();
    return lost(finishing, published.error, compose);
  }
  end('report', written);
  return { outcome, report, archive: `${ARCHIVE_FOLDER}/TASK_${context.found.task.task}` };
}

interface Composed {
  readonly outcome: GateOutcome;
  readonly report: Report;
  readonly files: ArchiveFiles;
}

function composed(finishing: Finish, count: number, names: readonly string[]): Composed {
  const { context, ends, withoutReview, times } = finishing;
  const outcome = outcomeOf(context.found.task, ends, withoutReview);
  const report = buildReport(context, ends, outcome, times(), count);
  return { outcome, report, files: reportFiles(context, report, names) };
}

/** The archive that could not be written: the one before stays, and this run is no pass. */
function lost(finishing: Finish, why: StageEnd, compose: () => Composed): Finished {
  finishing.end('report', why);
  const { task } = finishing.context.found;
  if (isAsked(task, 'registration') && !finishing.ends.has('registration')) {
    finishing.end('registration', notRun('REPORT did not pass'));
  }
  const { outcome, report } = compose();
  return { outcome, report, archive: undefined };
}

async function check(archive: StagedArchive): Promise<void> {
  const verified = await verifyArchive(archive.directory);
  const faults = verified.kind === 'ok' ? verified.value.faults : [verified.error.message];
  if (faults.length > 0) throw new ArchiveFault(faults.join('; '));
}

class ArchiveFault extends Error {}

type Tried<T> =
  { readonly kind: 'ok'; readonly value: T } | { readonly kind: 'error'; readonly error: StageEnd };

/** What the disk refuses is a death; an archive that does not check is a failure. */
async function attempt<T>(work: () => Promise<T>): Promise<Tried<T>> {
  try {
    return { kind: 'ok', value: await work() };
  } catch (error) {
    if (error instanceof ArchiveFault) {
      return { kind: 'error', error: failed(`the archive does not check: ${error.message}`) };
    }
    if (error instanceof Error && 'code' in error) {
      return { kind: 'error', error: died(`cannot write the archive: ${error.message}`) };
    }
    throw error;
  }
}

/** A page tells what is known before it: its own registration is no part of it. */
async function registration(context: LoopContext, finishing: Finish): Promise<StageEnd> {
  if (context.signal.aborted) {
    context.facts.registration = { kind: 'not-run', id: null, url: null };
    return CANCELLED;
  }
  return register(context, summaryOf(finishing.context, finishing.ends, finishing.withoutReview));
}

function summaryOf(context: LoopContext, ends: StageEnds, withoutReview: boolean) {
  const { task } = context.found;
  const outcome = outcomeOf(task, ends, withoutReview);
  const { facts } = context;
  const stages = STAGE_NAMES.flatMap((stage) => {
    const end = ends.get(stage);
    return end === undefined ? [] : [`${spoken(stage)}: ${end.kind}. ${end.reason}`];
  });
  return {
    title: `Verification of task ${task.task}: ${outcome.kind}`,
    lines: [
      finalText(outcome),
      task.title,
      `Commit ${facts.tree?.commit ?? 'none'}, tree ${facts.tree?.sha256 ?? 'unknown'}`,
      ...stages,
    ].map((line) => context.guard.clean(line)),
  };
}
