/** What sharing, exports and recent runs say, in English. */
import type { RunFormat } from '../../workers/export-contract.ts';
import { integer, plural } from '../figures.ts';

/** A format's name, and what to do with it. */
type FormatWords = Readonly<
  Record<RunFormat | 'reconciliation' | 'checks', readonly [string, string]>
>;

const FORMATS: FormatWords = {
  log: [
    'Text log',
    'In the reference\u2019s form: its own grep works on it, and so does check-log',
  ],
  json: ['JSON report', 'What lab run --json prints: verdict, checks, figures, scenario'],
  perfetto: ['Perfetto trace', 'Open it at ui.perfetto.dev'],
  events: ['Events, CSV', 'Every event of the trace, in order'],
  reconciliation: ['Reconciliation, CSV', 'Ledger and aggregator, every digit'],
  checks: ['Checks, CSV', 'Verdict, counts and evidence of each check'],
};

const LOG_FORMATS: Partial<FormatWords> = {
  json: ['JSON report', 'What lab check-log --json prints'],
  events: ['Events, CSV', 'Every event that was read, with its line'],
};

export const SHARE_EN = {
  title: 'Share this run',
  titleLog: 'Share what was judged',
  close: 'Close',
  link: {
    heading: 'Link',
    what: 'In the link',
    scenario: 'Scenario and seed',
    schedule: 'Schedule',
    digest: 'Expected digest',
    digestHint: 'Whoever opens it sees whether the same run came out',
    view: 'What is looked at',
    length: (count: number) => plural(count, 'character'),
    long: 'Some chat programs cut links of more than 2,000 characters.',
    recorded:
      'A recording cannot be replayed: the link gives its scenario, and promises no digest.',
    copy: 'Copy link',
    label: 'The link',
  },
  embed: {
    heading: 'Embed',
    hint: 'The run alone, in a page of your own.',
    copy: 'Copy snippet',
    label: 'HTML to embed',
    title: (name: string) => `Interlock: ${name}`,
  },
  evidence: {
    copy: 'Copy evidence as Markdown',
    hint: 'For a pull request or a chat: verdict, violated checks, figures, link.',
  },
  log: {
    never: 'A log\u2019s content never goes into a link.',
    evidence:
      'The Markdown quotes names, times and line numbers out of the evidence below, and nothing ' +
      'else of the log. Read it before you pass it on.',
    label: 'Evidence as Markdown',
  },
  copied: 'Copied',
  copyFailed: 'Copying was refused: the text is selected, copy it by hand.',
  exports: {
    heading: 'Exports',
    notYet: 'There is something to export once the run is over.',
    hint: 'The run is repeated for each file, so nothing is left out however long it was.',
    hintRecorded: 'Written from the recording itself, since nobody can make it again.',
    hintLog: 'Written here, from the log as it was judged.',
    formats: FORMATS,
    logFormats: LOG_FORMATS,
    save: 'Save',
    saveLabel: (format: string) => `Save ${format}`,
    cancel: 'Cancel',
    cancelLabel: (format: string) => `Cancel ${format}`,
    progress: (percent: number, size: string) => `${percent} %, ${size}`,
    written: (size: string) => `Saved, ${size}`,
    sameRun: 'same digest',
    cancelled: 'Cancelled, nothing saved',
    otherRun: (got: string) =>
      `Not saved: repeating the run gave another digest (${got}\u2026). Run it again, then export.`,
    otherLog: (reason: string) =>
      `Not saved: the log is no longer what was judged (${reason}). Open it again, then export.`,
    noRoom: (size: string) =>
      `Not saved: the browser has no room for more than ${size}. A private window keeps files in ` +
      'memory only: use a usual one, or another format.',
    died: (reason: string) => `Not saved: the export\u2019s worker is gone (${reason}). Try again.`,
  },
  markdown: {
    verdicts: { violated: 'violated', inconclusive: 'inconclusive' },
    heading: (title: string) => `Interlock: ${title}`,
    seed: (seed: number) => `seed ${seed}`,
    columns: ['Check', 'Verdict', 'Violations', 'Examined'],
    atEvent: (ms: string, seq: number) => `at ${ms} ms, event ${seq}`,
    atLine: (line: number) => `line ${line}`,
    lock: (acquires: number, releases: number, most: number) =>
      `${plural(acquires, 'acquisition')}, ${plural(releases, 'release')}, at most ` +
      `${integer(most)} inside at once`,
    lockName: 'Lock',
    capacity: (held: string, span: string, ratio: string) =>
      `held ${held} ms within ${span} ms (${ratio}\u00d7)`,
    untimed: 'holding times unknown',
    pnlName: 'PnL',
    pnl: (ledger: string, aggregator: string, difference: string) =>
      `ledger ${ledger}, aggregator ${aggregator}, difference ${difference}`,
    pnlLedger: (ledger: string) => `ledger ${ledger}, no aggregator\u2019s total`,
    digest: 'Digest',
    replay: 'Repeat it',
    recording: 'Recording, not replayable',
    scenario: 'Its scenario',
  },
  recent: {
    heading: 'Recent runs',
    kept: 'Kept in this browser only: the last 50, and never the content of a log.',
    notKept: 'This browser keeps nothing here: the list lasts until the page is closed.',
    empty: 'Nothing here yet. What you run or open is listed here.',
    loading: 'Reading the list',
    run: 'Run',
    log: 'Log',
    seed: (seed: number) => `seed ${seed}`,
    untitled: 'Untitled scenario',
    logAgain: 'The log itself was not kept: open the file again.',
    open: (title: string) => `Run again: ${title}`,
    remove: 'Delete',
    removeLabel: (title: string) => `Delete ${title} from the list`,
    removeAll: 'Delete all',
    removed: (count: number) => `${plural(count, 'entry').replace('entrys', 'entries')} deleted.`,
    undo: 'Undo',
    verdicts: { passed: 'Passed', violated: 'Violated', inconclusive: 'Inconclusive' },
    locale: 'en-GB',
  },
};

export type ShareWords = typeof SHARE_EN;
