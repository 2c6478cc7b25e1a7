/**
 * What reading a log came to: what it carried, what was odd about it, and whether it can be judged.
 *
 * Plain data, so that whoever judges decides what follows from it.
 */
import type { Problem } from '../../base/result.ts';
import { type EventKind } from '../event.ts';

/** Something odd that did not stop the reading. */
export interface LogNote {
  /** Stable identifier, kebab-case. */
  readonly code: string;
  /** How often, and the first line it was seen in (0 where that means nothing). */
  readonly count: number;
  readonly line: number;
  /** One sentence for people. */
  readonly text: string;
}

/** How often something was met, and in which line first (0 for never). */
export interface Met {
  readonly count: number;
  readonly line: number;
}

export interface LogSummary {
  readonly bytes: number;
  /** Complete lines. */
  readonly lines: number;
  /** Symbols by the numbers that the events carry, in order of appearance. */
  readonly symbolNames: readonly string[];
  /** Lock lines: acquisitions and releases, and how many of both had a time stamp. */
  readonly enters: number;
  readonly exits: number;
  readonly timedLockLines: number;
  /** Lock lines whose time is not what their stamps say, because the clock went back. */
  readonly shiftedLockLines: number;
  /** Lines that speak of a lock and could not be read: how many, and the first of them. */
  readonly unreadLockLines: Met;
  /** The same of final sums that are no number. */
  readonly unreadTotals: Met;
  readonly fills: number;
  /** Lines that report an error of the socket's state. */
  readonly stateErrors: number;
  /** Whether the final sum of all trades, and the aggregator's final total, were printed. */
  readonly ledgerTotal: boolean;
  readonly aggregatorTotal: boolean;
  /** Holds that were open at the end. */
  readonly openHolds: number;
  /** The time of the last event, in microseconds since the first time stamp. */
  readonly endUs: number;
  /** Whether the last line was cut off, and therefore dropped. */
  readonly truncated: boolean;
  /** Kinds of which at least one event was read. */
  readonly seen: ReadonlySet<EventKind>;
  /**
   * Kinds on whose events a check may rely. `fill` and `metrics` are never among them: a log names
   * neither the order nor the cause, so those events serve to reconcile and prove nothing.
   */
  readonly carries: ReadonlySet<EventKind>;
  readonly notes: readonly LogNote[];
  /** Why the log cannot be judged at all, or undefined. */
  readonly problem: Problem | undefined;
}

/** What an accepted line looks like, for messages. */
export const SAMPLE_LINE =
  '2026-01-18 15:10:41,123 - [DEBUG] - [ZMQ_LOCK_ACQUIRE] [BTCUSD.s] lock_id=ff7a1187 access#1';

/** Counts occurrences of one oddity and remembers the first line. */
export class Oddity implements Met {
  count = 0;
  line = 0;

  meet(line: number): void {
    if (this.count === 0) this.line = line;
    this.count += 1;
  }
}

/** A note if something was met: `text` is written for `count` occurrences. */
export function noteOf(code: string, met: Met, text: string): LogNote[] {
  return met.count === 0 ? [] : [{ code, count: met.count, line: met.line, text }];
}

/** `3 lines`, `1 line`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

const SIGNATURES: readonly (readonly [string, readonly number[], string])[] = [
  ['gzip', [0x1f, 0x8b], 'decompress it first: gunzip -c FILE | check-log -'],
  ['zip', [0x50, 0x4b, 3, 4], 'unpack it first'],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd], 'decompress it first: zstd -dc FILE | check-log -'],
  ['UTF-16', [0xff, 0xfe], 'save it as UTF-8: iconv -f UTF-16 -t UTF-8 FILE | check-log -'],
  ['UTF-16', [0xfe, 0xff], 'save it as UTF-8: iconv -f UTF-16 -t UTF-8 FILE | check-log -'],
];

/** Why nothing in a log was recognised, from its first bytes. */
export function unrecognised(head: readonly number[], bytes: number, binary: boolean): Problem {
  if (bytes === 0) {
    return {
      code: 'empty-log',
      message: `expected a log, got an empty file; an accepted line looks like: ${SAMPLE_LINE}`,
    };
  }
  const signature = SIGNATURES.find(([, magic]) => magic.every((byte, at) => head[at] === byte));
  if (signature !== undefined) {
    return {
      code: 'encoded-log',
      message: `expected plain text, got ${signature[0]}; ${signature[2]}`,
    };
  }
  return {
    code: 'no-lock-lines',
    message:
      `expected at least one lock line, got none${binary ? ' but binary data' : ''}; ` +
      `an accepted line looks like: ${SAMPLE_LINE}; for another form give --pattern`,
  };
}
