/**
 * What the page and its log worker say to each other: a file in, its events and its verdict out.
 */
import type { LogResult } from '../../sim/index.ts';
import type { Claims, WireSegment } from './engine-contract.ts';
import type { LogPreview } from './log-preview.ts';

/** How far the reading is. */
export interface LogProgress {
  readonly bytes: number;
  readonly bytesTotal: number;
  readonly events: number;
  /** Acquisitions so far that found somebody else inside: what lock.exclusion counts. */
  readonly overlaps: number;
}

/** Before the first byte. */
export function nothingRead(file: Blob): LogProgress {
  return { bytes: 0, bytesTotal: file.size, events: 0, overlaps: 0 };
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
  readonly cancelled: boolean;
  /** False where the log has more events than the page keeps: the rest are judged, not shown. */
  readonly allKept: boolean;
  readonly claims: Claims;
  /** How long the reading took, in milliseconds. */
  readonly tookMs: number;
}

export interface LogApi {
  /**
   * Reads and judges `file` to its end, or to where it is cancelled. `patterns` are the reader's
   * own forms of lines, each a regular expression that `compilePatterns` accepts.
   */
  check(
    file: Blob,
    patterns: readonly string[],
    onProgress: (progress: LogProgress) => void,
  ): Promise<LogOutcome>;
  /** Stops reading; `check` then answers with what it has. */
  cancel(): void;
  /** How the first lines of `head` are read with `patterns`. */
  preview(head: Blob, patterns: readonly string[]): Promise<LogPreview>;
}
