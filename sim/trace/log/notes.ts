/** Puts what was odd about a log into sentences; nothing here changes a verdict. */
import { formatMs } from '../../base/time.ts';
import type { LineSplitter } from './line-splitter.ts';
import { LINE_BYTES_MAX } from './line-splitter.ts';
import type { LogEvents } from './log-events.ts';
import { OPEN_HOLDS_MAX } from './open-holds.ts';
import { PATTERN_LINE_MAX } from './pattern.ts';
import { counted, type LogNote, noteOf, type Oddity } from './summary.ts';

/** What the notes are made of. */
export interface Oddities {
  readonly splitter: LineSplitter;
  readonly events: LogEvents;
  readonly malformed: Oddity;
  /** Lines that were too long for the patterns. */
  readonly tooLong: Oddity;
  readonly unusable: Oddity;
}

/** The notes, those about lost lines first. */
export function logNotes(oddities: Oddities): LogNote[] {
  return [...lineNotes(oddities), ...holdNotes(oddities.events), ...timeNotes(oddities.events)];
}

function lineNotes({ splitter, events, malformed, tooLong, unusable }: Oddities): LogNote[] {
  const long = { count: splitter.longLines, line: splitter.firstLongLine };
  const last = { count: splitter.incomplete ? 1 : 0, line: splitter.lines + 1 };
  return [
    ...noteOf('truncated', last, 'The last line does not end and was left out.'),
    ...noteOf(
      'long-line',
      long,
      `${counted(long.count, 'line')} of more than ${LINE_BYTES_MAX} bytes left out.`,
    ),
    ...noteOf(
      'malformed-lock-line',
      malformed,
      `${counted(malformed.count, 'line')} with a lock's marker but without [SYMBOL] and lock_id ` +
        'left out.',
    ),
    ...noteOf(
      'long-for-pattern',
      tooLong,
      `${counted(tooLong.count, 'line')} of more than ${PATTERN_LINE_MAX} characters not ` +
        'tried on the patterns.',
    ),
    ...noteOf(
      'unusable-match',
      unusable,
      `${counted(unusable.count, 'line')} where a pattern gave no symbol or no readable amount ` +
        'left out.',
    ),
    ...noteOf(
      'unreadable-amount',
      events.unreadable,
      `${counted(events.unreadable.count, 'line')} about money whose amount is no number left out.`,
    ),
  ];
}

function holdNotes({ holds }: LogEvents): LogNote[] {
  return [
    ...noteOf(
      'repeated-lock-id',
      { count: holds.repeatedIds, line: 0 },
      `${counted(holds.repeatedIds, 'acquisition')} under a lock_id that was open already; such ` +
        'holds are told apart by symbol.',
    ),
    ...noteOf(
      'unknown-lock-id',
      { count: holds.unknownIds, line: 0 },
      `${counted(holds.unknownIds, 'release')} of a lock_id that was not open.`,
    ),
    ...noteOf(
      'holds-forgotten',
      { count: holds.forgotten, line: 0 },
      `More than ${OPEN_HOLDS_MAX} holds were open at once; ` +
        `${counted(holds.forgotten, 'hold')} forgotten, the oldest first.`,
    ),
  ];
}

function timeNotes({ clock, untimed, enters, exits }: LogEvents): LogNote[] {
  const lockLines = enters + exits;
  const some = untimed.count < lockLines ? untimed : { count: 0, line: 0 };
  const none = untimed.count === lockLines ? untimed : { count: 0, line: 0 };
  return [
    ...noteOf('untimed', none, 'No lock line has a time stamp, so durations are not known.'),
    ...noteOf(
      'partly-untimed',
      some,
      `${counted(some.count, 'lock line')} of ${lockLines} without a time stamp.`,
    ),
    ...noteOf(
      'late-lines',
      { count: clock.lateLines, line: 0 },
      `${counted(clock.lateLines, 'line')} stamped earlier than the line before (by ` +
        `${formatMs(clock.lateUsMax)} ms at most); the order of the lines counts.`,
    ),
    ...noteOf(
      'clock-set-back',
      { count: clock.setBacks, line: 0 },
      `The clock went back ${counted(clock.setBacks, 'time')}; time goes on from where it was.`,
    ),
    ...noteOf(
      'midnight',
      { count: clock.midnights, line: 0 },
      `The time of day passed midnight ${counted(clock.midnights, 'time')}.`,
    ),
  ];
}
