/** What the bench for locks of the reader's own says, in English. */
import { integer, plural } from '../figures.ts';

export const LOCK_EN = {
  title: 'Your lock',
  close: 'Close',
  locks: 'Locks',
  own: 'Your own',
  ownAbout: 'Kept in this browser',
  linked: 'From a link',
  linkedName: (at: number) => `Shared lock ${integer(at)}`,
  examples: 'Examples',
  example: {
    correct: 'Correct: a queue',
    unfair: 'Unfair: last come, first served',
    escaping: 'Escaping: released too early',
    'check-then-act': 'Check, then act',
    'lost-on-exception': 'Lost on an exception',
  },
  exampleAbout: {
    correct: 'Each release lets the first of those that wait in.',
    unfair: 'Says that it is fair, and is not.',
    escaping: '`return section()` where an `await` is due.',
    'check-then-act': 'Looks, waits a moment, and takes.',
    'lost-on-exception': 'No `finally`: a failed section keeps the lock.',
  },
  npm: 'From npm',
  /** By the name of a use. */
  use: {
    'async-lock': 'acquire(key, section), as its manual shows it',
    'async-lock-max-execution-time': 'acquire(key, section) with maxExecutionTime',
    'async-mutex': 'acquire() and the function that it resolves to',
    'async-mutex-release-unowned': 'withTimeout, and release() although the wait timed out',
    'semaphore-async-await': 'acquire() and one release()',
    'semaphore-async-await-double-release': 'acquire() and release() called twice',
  } as Readonly<Record<string, string>>,
  right: 'right use',
  breaks: 'breaks',
  changed: 'changed',
  code: 'Code of the lock',
  language: 'Language',
  languages: { ts: 'TypeScript', js: 'JavaScript' },
  revert: 'Revert',
  revertHint: 'Back to the code that it began with',
  contract: 'What it has to be',
  contractText: [
    'The module exports createLock(). It gives { acquire(who), release(who) }, or an acquire() that resolves to the function that releases, or { run(section, who) }.',
    'It may export fairness: "fifo", "unfair" or { bypass: 2 }. Without it nothing is asked of the order of waiters.',
    'It may use promises, timers and async code, and import async-lock, async-mutex and semaphore-async-await. Types are erased, not checked.',
  ],
  keys: 'Tab indents. To leave: Escape, then Tab.',
  foreign: 'This code came with a link. Read it before you run it.',
  foreignMore:
    'Nothing of it has run. It will run in a closed box: without network, without this page, ended when it does not answer.',
  run: 'Run this code',
  replay: 'Run its schedule',
  clients: 'Clients',
  rounds: 'Rounds',
  stop: 'Stop',
  abandon: 'Stop at once',
  stale: 'The code has changed since.',
  line: (line: number) => `Line ${integer(line)}`,
  problem: 'It cannot be explored.',
  intro:
    'Clients ask for your lock, hold it and give it back, in every order in which that can happen. A timer may fire at any time; two clients may come in one turn of the event loop.',
  scope: (clients: number, rounds: number) =>
    `${plural(clients, 'client')}, ${plural(rounds, 'round')} each. One atomic step is one turn of ` +
    'the event loop: a client is resumed or a timer fires, with all that follows from it. Two ' +
    'clients may be resumed in one turn; a timer may fire at any time; where the lock runs the ' +
    'section, that of one client may fail, once.',
  sizeOf: (clients: number, rounds: number) =>
    `${plural(clients, 'client')}, ${plural(rounds, 'round')}`,
  library: (name: string, version: string) => `${name} ${version}`,
  lanes: 'Who waits and who holds, turn by turn',
  waits: 'waits',
  holds: 'holds',
  shared: 'several hold',
  turn: (turn: number, of: number) => `Turn ${integer(turn)} of ${integer(of)}`,
  passes: 'This schedule violates nothing.',
  matches: 'The digest matches the link: this is the run it promised.',
  differs: 'The digest differs from the link: this is another run.',
  share: 'Share',
  shareText: 'Link with this code',
  shareReplay: 'Link with this code and the schedule that breaks it',
  copy: 'Copy link',
  length: (characters: number) => `${plural(characters, 'character')}`,
  badLink: 'This link is cut off or damaged. Your locks are unchanged.',
};

/** The shape that every language has. */
export type LockWords = typeof LOCK_EN;
