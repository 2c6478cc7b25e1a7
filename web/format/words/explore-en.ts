/** What exploring schedules, their stories and their replay say, in English. */
import { integer, plural } from '../figures.ts';

/** A story's clauses in another language; the core speaks English. */
export interface ToldWords {
  /** By the template of the clause. */
  readonly clauses: Readonly<Record<string, string | undefined>>;
  /** By the value that stands in a template's gap. */
  readonly names: Readonly<Record<string, string | undefined>>;
  /** Between two clauses, at the end of a sentence, and in an enumeration. */
  readonly between: string;
  readonly end: string;
  readonly and: string;
}

const TOLD: ToldWords | undefined = undefined;

const executions = (count: number): string => plural(count, 'execution');
const classesOf = (count: number): string => `${integer(count)} class${count === 1 ? '' : 'es'}`;
const percentOf = (share: number): string => `${Math.floor(share * 100)} %`;

export const EXPLORE_EN = {
  told: TOLD as ToldWords | undefined,
  /** The core's own sentence about what a proof holds for. */
  scopeText: (scope: string) => scope,
  intro:
    'Tries the orders in which tasks, timers and messages may come, and looks for one that ' +
    'violates a check. Durations hide no race here: whatever is pending may come next.',
  ofLog: 'A log is what happened once. To explore, open a scenario.',
  strategy: 'Strategy',
  strategies: {
    fifo: 'First in, first out',
    exhaustive: 'Exhaustive (can prove)',
    every: 'Every schedule',
    random: 'Random',
    pct: 'PCT',
    urw: 'Uniform random walk',
    portfolio: 'Portfolio',
  },
  seed: 'Seed',
  seedHint: 'Another seed draws other schedules; the same one draws the same again',
  depth: 'Depth',
  depthHint: 'How many steps have to come in one order for the bug to show',
  schedules: 'Schedules',
  seconds: 'Seconds',
  explore: 'Explore',
  cancel: 'Cancel',
  phases: {
    searching: 'Searching',
    shrinking: 'Shrinking',
    telling: 'Telling the story',
    ending: 'Ending',
  },
  found: (check: string) => `Found: ${check}.`,
  shrinkingTo: (before: number, now: number, replays: number) =>
    `${integer(before)} → ${plural(now, 'choice')} off the default, ${plural(replays, 'replay')}`,
  failed: 'The explorer\u2019s worker is gone.',
  failedMore: (reason: string) => `Reason: ${reason}. What it said so far is still here.`,
  restart: 'Explore again',
  showFound: 'Show what was found',
  showStory: 'Show its story',
  wholeScenario: 'Back to the whole scenario',
  byDefault: 'Run on the default schedule',
  elsewhere: (title: string) => `This is about \u201c${title}\u201d.`,
  untold: 'The story of this schedule could not be told.',
  tellAgain: 'Try again',
  figures: {
    heading: 'Search',
    scope: 'Scope',
    rate: 'Rate',
    rateOf: (perSecond: number) => `${integer(perSecond)}/s`,
    executions: 'Executions',
    classes: 'Classes',
    /** Not all schedules were told apart. */
    atLeast: (count: number) => `at least ${integer(count)}`,
    pruned: 'Pruned',
    prunedOf: percentOf,
    missed: 'Missed with',
    missedOf: (depth: number, bound: string) =>
      `at most ${bound}, a bug of depth ${integer(depth)}`,
    shrunk: 'Shrunk',
    shrunkOf: (before: number, now: number, replays: number) =>
      `${integer(before)} → ${plural(now, 'choice')} in ${plural(replays, 'replay')}`,
    size: 'Scenario',
    sizeOf: (symbols: number, signals: number) =>
      `${plural(symbols, 'symbol')}, ${plural(signals, 'signal')}`,
    minimal: 'No choice can be left out.',
    notMinimal: 'Shrinking was ended early: it may get smaller.',
  },
  conclusion: {
    violated: 'Violated.',
    proved: 'Proved.',
    inconclusive: 'Inconclusive.',
    notRefuted: (schedules: number) => `Not refuted in ${plural(schedules, 'schedule')}.`,
    foundAfter: (check: string, schedules: number) =>
      schedules === 0
        ? `${check}, on the first schedule tried.`
        : `${check}, after ${plural(schedules, 'schedule')}.`,
    none: 'No schedule of this scope violates a check:',
    all: (schedules: number) => `all ${plural(schedules, 'schedule')} were tried.`,
    covered: (count: number, classes: number, pruned: number) =>
      `${executions(count)} covered ${classesOf(classes)}, ${percentOf(pruned)} of the steps pruned.`,
    single: 'There is one schedule only: that proves nothing about orders.',
    differs: 'It did something else under the same choices, so nothing can be said of it.',
    noProof: 'Not a proof.',
    cancelled: 'Cancelled.',
    late: 'Its time was over.',
    unsettled: (count: number) => `${executions(count)} did not settle within their bound.`,
    unjudged: (count: number) => `${executions(count)} could not be judged to the end.`,
    bounded: 'Executions were longer than choices were left open.',
    tooMany: 'There were more classes than are remembered.',
    budget: 'More schedules find more; an exhaustive search can prove.',
    missed: (depth: number, bound: string) =>
      `A bug of depth ${integer(depth)} was missed with a probability of at most ${bound}.`,
  },
  story: {
    heading: 'Story',
    omitted: (count: number) => `${plural(count, 'step')} left out`,
    previous: 'Previous step (K)',
    next: 'Next step (J)',
    position: (at: number, of: number) => `${integer(at)} of ${integer(of)}`,
    departs: 'off the default',
    inevitable: 'inevitable from here',
    always: 'Every schedule of this scenario ends like this.',
    unknown: 'From where on it was inevitable was not computed.',
    none: 'This schedule violates nothing.',
    digestMatches: 'The digest matches the link: this is the run it promised.',
    digestDiffers: 'The digest differs from the link: this is another run.',
  },
  strip: {
    label: (choices: number, off: number) =>
      `Schedule: ${plural(choices, 'choice')}, ${integer(off)} off the default`,
    choice: (number: number, pick: number, width: number) =>
      `Choice ${integer(number)}: possibility ${integer(pick)} of ${integer(width)}`,
  },
};

/** The shape that every language has. */
export type ExploreWords = typeof EXPLORE_EN;
