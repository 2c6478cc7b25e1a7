/**
 * What the page and its log worker say to each other: a file in, its events and its verdict out.
 */
import type { LogResult } from '../../sim/index.ts';
import type { Claims, WireSegment } from './engine-contract.ts';

/** How far the reading is. */
export interface LogProgress {
  readonly bytes: number;
  readonly bytesTotal: number;
  readonly events: number;
}

/** A stretch of a log's events; `lines` holds the line number of each, as Float64. */
export interface LogStretch extends WireSegment {
  readonly lines: ArrayBuffer;
}

/** What a log came to, as far as it was read. */
export interface LogOutcome {
  readonly result: LogResult;
  readonly stretches: readonly LogStretch[];
  /** Bytes that were read; fewer than there are if the reading was cancelled. */
  readonly progress: LogProgress;
  /** False where the log has more events than the page keeps: the rest are judged, not shown. */
  readonly allKept: boolean;
  readonly claims: Claims;
}

export interface LogApi {
  /** Reads and judges `file` to its end, or to where it is cancelled. */
  check(file: Blob, onProgress: (progress: LogProgress) => void): Promise<LogOutcome>;
  /** Stops reading; `check` then answers with what it has. */
  cancel(): void;
}
