/** The files of an archive: what the stages left, pictures, and the three forms of the report. */
import { basename } from 'node:path';
import * as v from 'valibot';
import type { LoopContext } from '../run/context.ts';
import type { ArchiveFiles } from './archive.ts';
import { junitOf } from './junit.ts';
import { markdownOf } from './markdown.ts';
import { type Report, reportSchema } from './schema.ts';
import { seriesOf } from './series.ts';
import { lockSvg, pnlSvg } from './svg.ts';

export interface Drawn {
  readonly files: ArchiveFiles;
  /** Why there are no pictures. */
  readonly problem: string | undefined;
}

/** The pictures of the archived run, if there is one and it comes to the same digest again. */
export function drawPictures({ facts }: LoopContext): Drawn {
  const { mainRun } = facts;
  if (mainRun === undefined) return { files: new Map(), problem: 'no run to draw' };
  const series = seriesOf(mainRun.scenario, mainRun.digest);
  if (series.kind === 'error') return { files: new Map(), problem: series.error };
  const files = new Map([
    ['evidence/pictures/lock.svg', lockSvg(series.value)],
    ['evidence/pictures/pnl.svg', pnlSvg(series.value)],
  ]);
  return { files, problem: undefined };
}

/** The task and what the stages left, without keys; a log that nobody wrote is empty. */
export function evidenceFiles({ evidence, guard, found }: LoopContext): ArchiveFiles {
  const always = [
    ['STRESS_TEST.log', ''],
    [`evidence/${basename(found.file)}`, found.text],
  ] as const;
  return new Map(
    [...always, ...evidence].map(([name, content]) => [
      name,
      typeof content === 'string' ? guard.clean(content) : content,
    ]),
  );
}

/** The report for people, for scripts, and for test viewers. */
export function reportFiles(
  { guard }: LoopContext,
  report: Report,
  /** Names of all the other files. */
  names: readonly string[],
): ArchiveFiles {
  // What does not fit its own schema is a defect of ours and must not be archived.
  const checked = v.parse(reportSchema, report);
  const json = `${JSON.stringify(checked, null, 2)}\n`;
  return new Map([
    ['report.json', guard.clean(json)],
    ['VERIFY_REPORT.md', guard.clean(markdownOf(report, names))],
    ['junit.xml', guard.clean(junitOf(report))],
  ]);
}

export const REPORT_FILES = 3;
