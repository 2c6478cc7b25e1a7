/** What the timeline, its search and the inspector say, in English. */
import { integer, plural } from '../figures.ts';

export const TIMELINE_EN = {
  help:
    'Drag or A and D to pan, W and S to zoom, F for everything, comma and full stop to step ' +
    'through events, N and Shift N for violations, square brackets to select a range, slash to ' +
    'search. Drag the ruler to select a range. The event table below holds the same.',
  wheelHint: 'Ctrl + wheel zooms',
  wheelHintMac: '\u2318 + wheel zooms',
  legend: 'Legend',
  holding: 'Holding',
  waiting: 'Waiting',
  overlap: 'More than one inside',
  unknown: 'Unknown',
  before: 'Before',
  beforeLanes: 'Before',
  compare: 'The run before',
  compareModes: { ghost: 'Ghost', beside: 'Below', off: 'Off' },
  search: {
    open: 'Search',
    label: 'Search events',
    placeholder: 'symbol:ETHUSD.s kind:fill',
    hint:
      'Words are looked for in symbols, tasks and kinds of event. Fields: symbol, kind, task, hold, ' +
      'order, ticket, amount, place. Figures may begin with > or <.',
    next: 'Next match (Enter)',
    previous: 'Previous match (Shift Enter)',
    close: 'Close the search (Esc)',
    searching: (percent: number, found: number) =>
      `${integer(found)} in the first ${percent}\u00a0%`,
    none: 'No match',
    matches: (count: number) => plural(count, 'match').replace(/matchs$/, 'matches'),
    nth: (at: number, count: number) => `${integer(at)} of ${integer(count)}`,
    unknownField: (field: string, fields: string) =>
      `Expected one of ${fields} before the colon, got \u201c${field}\u201d.`,
    badFigure: (field: string, text: string) =>
      `Expected a figure after ${field}:, got \u201c${text}\u201d.`,
    unfinished: (field: string) => `Expected something after ${field}:.`,
  },
  /** An event in one line, for a screen reader. */
  event: (kind: string, who: string, ms: string, detail: string) =>
    [who, kind, `at ${ms} milliseconds`, detail].filter((part) => part !== '').join(', '),
  insideCount: (count: number) => `${integer(count)} inside`,
  waitsFor: (holders: string, ms: string) => `for ${holders}, ${ms} ms so far`,
  waitsForNobody: (ms: string) => `${ms} ms so far, nobody inside`,
  waitEnds: {
    granted: (ms: string) => `let in after ${ms} ms`,
    timeout: (ms: string) => `gives up after ${ms} ms`,
    cancelled: (ms: string) => `withdrawn after ${ms} ms`,
    waiting: (_ms: string) => 'never let in',
  },
  heldFor: (ms: string) => `holds ${ms} ms`,
  holdsOn: 'never lets go',
  holdsStill: 'still holds',
  bargedIn: (holders: number) => `came in as number ${integer(holders)}`,
  handedOver: (who: string) => `after ${who}`,
  and: ' and ',
  logLines: 'Lines of the log',
  logLinesFailed: 'The lines cannot be read.',
  andMore: (count: number) => `and ${integer(count)} more`,
  blast: {
    title: 'Inside overlaps',
    hint: 'What was asked for or filled while more than one was inside.',
    run: 'Whole run',
    here: 'This overlap',
    overlaps: (count: number) => plural(count, 'overlap'),
    stretch: (holders: number, ms: string) => `up to ${integer(holders)} inside, ${ms} ms`,
    trades: 'Trades',
    orders: 'Orders',
    money: 'Money',
    time: 'Time, ms',
    of: (inside: string, all: string) => `${inside} of ${all}`,
    none: 'Never more than one inside, so nothing is affected.',
    noneHere: 'Not more than one inside here.',
    order: (number: number) => `order ${integer(number)}`,
  },
  range: {
    hint: 'To select a range, drag the ruler or use [ and ].',
    samples: 'Holds',
    wait: 'Wait, ms',
    hold: 'Hold, ms',
    clear: 'Clear',
  },
};

/** The shape that every language has. */
export type TimelineWords = typeof TIMELINE_EN;
