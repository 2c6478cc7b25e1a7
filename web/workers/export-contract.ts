/**
 * What the page and its export worker say to each other: what to write, how far it is, the file.
 *
 * A run is made again and a log read again, so that a file holds all of it however little the page
 * keeps; of a recording, which nobody can make again, the page hands over all that it has.
 * Invariant: a file is handed over only if what was repeated is what the page shows.
 */
import type { RunResult, Scenario } from '../../sim/index.ts';
import type { Recorded } from '../live/contract.ts';
import type { WireSegment } from './engine-contract.ts';

export const RUN_FORMATS = ['log', 'json', 'perfetto', 'events'] as const;
/** The reference's log, the document of `--json`, a trace for Perfetto, all events as CSV. */
export type RunFormat = (typeof RUN_FORMATS)[number];

/** A run to be made again and written in `format`. */
export interface RunExport {
  readonly kind: 'run';
  readonly format: RunFormat;
  readonly scenario: Scenario;
  /** The schedule that was imposed, as a link writes it; undefined for the default one. */
  readonly schedule: string | undefined;
  /** The digest that the page shows, all 32 hex digits. */
  readonly digest: string;
  /** Where somebody stopped the run; undefined where it came to an end of its own. */
  readonly stopped: StoppedRun | undefined;
  /** What the document calls it: the gallery's name, or `link`. */
  readonly name: string;
  /** The page's own address, for the link in the document. */
  readonly base: string;
  /** The first hex digits that a link promised. */
  readonly promised: string | undefined;
}

/** How far a run was when it was stopped. */
export interface StoppedRun {
  /** Atomic steps that it had made. */
  readonly steps: number;
  /** Share of its work that was done, 0 to 1. */
  readonly judged: number;
}

/** A log to be read again, all its events written as CSV. */
export interface LogEventsExport {
  readonly kind: 'log-events';
  readonly file: Blob;
  readonly patterns: readonly string[];
  /** Its symbols by the numbers that its events carry. */
  readonly symbols: readonly string[];
  /** What was judged of it: its first bytes, and the events in them. */
  readonly bytes: number;
  readonly events: number;
}

/** A run in real time, all its trace written in `format`. */
export interface RecordingExport {
  readonly kind: 'recording';
  readonly format: RunFormat;
  readonly result: RunResult;
  readonly judged: number;
  readonly recorded: Recorded;
  /** The whole trace, in order. */
  readonly segments: readonly WireSegment[];
  /** As in a `RunExport`. */
  readonly name: string;
  readonly base: string;
}

export type ExportRequest = RunExport | RecordingExport | LogEventsExport;

/** How far an export is. */
export interface ExportProgress {
  /** 0 to 1, never going back. */
  readonly done: number;
  /** Bytes of the file so far. */
  readonly bytes: number;
}

export type ExportAnswer =
  | { readonly kind: 'written'; readonly file: Blob }
  /** The run that was repeated is not the one that is shown. */
  | { readonly kind: 'other-run'; readonly expected: string; readonly got: string }
  /** The browser has no room for a file of at least so many bytes. */
  | { readonly kind: 'no-room'; readonly bytes: number }
  /** The log is no longer what was judged, or can no longer be read. */
  | { readonly kind: 'other-log'; readonly reason: string };

export interface ExportApi {
  write(
    request: ExportRequest,
    onProgress: (progress: ExportProgress) => void,
  ): Promise<ExportAnswer>;
}
