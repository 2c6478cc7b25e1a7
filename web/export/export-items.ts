/**
 * The files that can be had of a run or a log: what each is called, and how it is made.
 *
 * Tables of what the page shows anyway are made at once; what holds the whole run is made by
 * repeating it in a worker.
 */
import type { Reconciliation } from '../../sim/index.ts';
import { reconciliationCsv } from '../format/csv.ts';
import {
  type ExportRequest,
  type RecordingExport,
  RUN_FORMATS,
  type RunExport,
} from '../workers/export-contract.ts';
import { checksCsv } from './checks-csv.ts';
import { type ExportFormat, exportFileName } from './file-name.ts';
import { logReport } from './log-report.ts';
import type { EndedRun, SharedLog, ShareSubject, SharedRun } from './share-subject.ts';

export interface ExportItem {
  readonly format: ExportFormat;
  readonly fileName: string;
  readonly making: Making;
}

export type Making =
  | { readonly kind: 'at-once'; readonly type: string; readonly text: () => string }
  | { readonly kind: 'in-worker'; readonly request: ExportRequest };

type Requests = readonly (RunExport | RecordingExport)[];

const CSV = 'text/csv;charset=utf-8';

/** The files, in the order in which they are offered; `base` is the page's address. */
export function exportItems(subject: ShareSubject, base: string): readonly ExportItem[] {
  if (subject.kind === 'log') return logItems(subject);
  return subject.ended === undefined ? [] : runItems(subject, subject.ended, base);
}

function runItems(run: SharedRun, ended: EndedRun, base: string): ExportItem[] {
  const { scenario, name, title, recording } = run;
  const { result } = ended;
  const subject = { kind: 'run', name: name ?? title, seed: scenario.seed } as const;
  const requests =
    recording === undefined ? repeated(run, ended, base) : recordedFormats(run, ended, base);
  return [
    ...requests.map((request): ExportItem => ({
      format: request.format,
      fileName: exportFileName(subject, request.format),
      making: { kind: 'in-worker', request },
    })),
    ...moneyItem(result.pnl, exportFileName(subject, 'reconciliation'), false),
    {
      format: 'checks',
      fileName: exportFileName(subject, 'checks'),
      making: { kind: 'at-once', type: CSV, text: () => checksCsv(result.checks) },
    },
  ];
}

/** What makes a run again, in each format. */
function repeated(run: SharedRun, { result, judged }: EndedRun, base: string): Requests {
  const { scenario, schedule, promised } = run;
  const isStopped = !result.complete && judged < 1;
  const stopped = isStopped ? { steps: result.steps, judged } : undefined;
  const more = { schedule, stopped, promised, digest: result.digest };
  return RUN_FORMATS.map((format) => ({
    kind: 'run',
    ...{ format, scenario, name: run.name ?? 'link', base, ...more },
  }));
}

/** All of a recording, in each format; none where the page does not have all of it. */
function recordedFormats(run: SharedRun, { result, judged }: EndedRun, base: string): Requests {
  const { name = 'link', recording } = run;
  if (recording?.segments === undefined) return [];
  const { segments, recorded } = recording;
  return RUN_FORMATS.map((format) => ({
    ...{ kind: 'recording', format, result, judged, recorded, segments, name, base },
  }));
}

function logItems({ name, file, patterns, log }: SharedLog): ExportItem[] {
  const subject = { kind: 'log', name } as const;
  const { result, progress } = log;
  const request: ExportRequest = {
    kind: 'log-events',
    file,
    patterns,
    symbols: result.symbolNames,
    bytes: progress.bytes,
    events: progress.events,
  };
  return [
    {
      format: 'json',
      fileName: exportFileName(subject, 'json'),
      making: { kind: 'at-once', type: 'application/json', text: () => logReport(name, log) },
    },
    {
      format: 'events',
      fileName: exportFileName(subject, 'events'),
      making: { kind: 'in-worker', request },
    },
    ...moneyItem(result.pnl, exportFileName(subject, 'reconciliation'), true),
    {
      format: 'checks',
      fileName: exportFileName(subject, 'checks'),
      making: { kind: 'at-once', type: CSV, text: () => checksCsv(result.checks) },
    },
  ];
}

function moneyItem(
  pnl: Reconciliation | undefined,
  fileName: string,
  isLog: boolean,
): ExportItem[] {
  if (pnl === undefined) return [];
  const text = (): string => reconciliationCsv(pnl, isLog);
  return [{ format: 'reconciliation', fileName, making: { kind: 'at-once', type: CSV, text } }];
}
