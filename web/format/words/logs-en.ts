/** What opening, reading and following a log says, in English. */
import { integer, plural } from '../figures.ts';

export const LOGS_EN = {
  heading: 'Your own log',
  drop: 'Drop a log anywhere on the page, or',
  choose: 'Choose a file',
  paste: 'Paste text',
  stays: 'It never leaves this device.',
  examples: 'Real logs',
  exampleNames: {
    escaping: 'A lock that escapes',
    exclusive: 'A lock that excludes',
    gap: 'A PnL gap',
  },
  form: 'What a line looks like',
  formHint: 'Accepted lines look like this, in any mix of others; time and level may be missing:',
  present: {
    heading: 'Open log',
    reload: 'Read again',
    follow: 'Follow',
    followHint:
      'Looks once a second, and judges the log again from its first line when it has grown',
    cancel: 'Cancel',
    /** `size`: of the file; `events` and `overlaps` so far. */
    reading: (percent: number, events: number, overlaps: number) =>
      `${percent} % read, ${plural(events, 'event')}, ${plural(overlaps, 'overlap')} so far`,
    whole: 'Read to its end.',
    partly: (percent: number) => `Cancelled: the first ${percent} % were judged.`,
    progress: 'Share of the log that was read',
  },
  follow: {
    watching: 'Following: all that there is was judged.',
    grown: 'The file has grown: judging it again from its first line.',
    replaced: 'The file was shortened or replaced: judging the new one from its first line.',
    paused: 'Paused while this page is out of sight.',
    missing: 'The file is not there at the moment; looking for it.',
    stale:
      'The file has changed since it was chosen, and this browser lets a page see a chosen file ' +
      'only as it was. Choose it again; to follow a file, use a browser with its own file picker ' +
      'for pages (Chrome, Edge).',
    gone: 'The file is no longer there. Choose it again.',
    refused: 'The browser no longer allows reading this file. Choose it again.',
  },
  stuck: (percent: number) =>
    `A pattern is too slow: it did not come back from a line after the first ${percent} % of the ` +
    'log. Nothing could be kept. Change the pattern: a repetition inside a repetition, such as ' +
    '(a+)+, is the usual reason.',
  pasteDialog: {
    title: 'Paste a log',
    label: 'Text of the log',
    hint: 'Also works without this dialog: paste more than 200 characters anywhere on the page.',
    judge: 'Judge it',
    cancel: 'Cancel',
    none: 'Nothing to judge yet.',
    lines: (count: number) => plural(count, 'line'),
  },
  problem: {
    'empty-log': 'The log is empty.',
    'no-lock-lines': 'No line of this log is one that can be judged.',
    'encoded-log': 'This is no plain text: unpack or convert the file first.',
    other: 'This log cannot be judged.',
    looks: 'An accepted line looks like this:',
    otherForm: 'Does your engine write it differently?',
    map: 'Say how its lines read',
  },
  patterns: {
    title: 'Other forms of lines',
    button: 'Other forms of lines',
    inUse: (count: number) => `${plural(count, 'pattern')} of yours in use`,
    hint:
      'Regular expressions whose named groups say what a line means. The first that matches ' +
      'counts; what none matches is read in the usual form. Kept in this browser.',
    groups:
      'acquire and release (both, with symbol), fill (its amount, with symbol), books, total, ' +
      'error; further symbol, id, time.',
    label: (number: number) => `Pattern ${number}`,
    add: 'Add a pattern',
    remove: 'Remove',
    removeLabel: (number: number) => `Remove pattern ${number}`,
    example: 'Fill in an example',
    use: 'Use these',
    useNone: 'Use the usual form only',
    cancel: 'Cancel',
    pair: (missing: string) =>
      `Only one end of a hold is read: add a pattern with the group (?<${missing}>\u2026).`,
    matches: (count: number, of: number) => `matches ${integer(count)} of ${plural(of, 'line')}`,
    tryOn: 'Lines to try them on',
    tryOnLog: (name: string, lines: number, read: number) =>
      `The first ${plural(lines, 'line')} of ${name}, ${integer(read)} of them read:`,
    tryOnText: (lines: number, read: number) =>
      `${plural(lines, 'line')}, ${integer(read)} of them read:`,
    stale: 'As it was read before this change:',
    hideSkipped: 'Hide what is skipped',
    trying: 'Trying',
    slow:
      'A pattern takes longer than a second for these lines, so a whole log would never end. ' +
      'Change it: a repetition inside a repetition, such as (a+)+, is the usual reason.',
    died: 'The worker that tries the patterns is gone. Change something to try again.',
    columns: { line: 'Line', read: 'Read as', text: 'Text' },
    unusable: 'matched, but without a symbol or a readable amount',
    usual: 'usual form',
    skipped: 'skipped',
    commandLine: 'The same on the command line',
  },
};

export type LogsWords = typeof LOGS_EN;
