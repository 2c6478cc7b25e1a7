/**
 * Explores a target (a scenario, a lock) while a person may watch or interrupt: searches, shrinks
 * what it finds, tells it.
 *
 * An interrupt ends the search with what it has; during shrinking it ends the shrinking, and the
 * violation stays one, only a larger one.
 */
import { setImmediate } from 'node:timers/promises';
import {
  type Attempt,
  type CheckId,
  conclude,
  DEFAULT_SEARCH,
  follow,
  type Harvest,
  inevitableSince,
  type Liveness,
  livenessOf,
  replay,
  type Scenario,
  scheduleOf,
  Search,
  type SearchOptions,
  type SearchResult,
  type SearchTally,
  Shrink,
  type ShrinkResult,
  type Story,
  type Subject,
  type Target,
  tellStory,
  walksAll,
} from '../../sim/index.ts';
import type { Crew, Ending, Watch } from '../explore/crew.ts';
import { type CutOff, cutOff } from '../explore/cut-off.ts';
import { count, plural, rate } from '../render/figures.ts';
import type { Shell } from '../shell/shell.ts';

/** How long to work between two looks at the outside, in milliseconds. */
const TURN_MS = 30;
const REPLAYS_PER_TURN = 20;

export interface ExplorePlan {
  readonly search: Partial<SearchOptions>;
  /** Searched in place of the target's own subject, which leaves the same open and more. */
  readonly subject?: Subject;
  /** The search ends after so many seconds. */
  readonly secondsMax: number;
  /** Checks of which a violation is looked for; empty for any. */
  readonly wanted: readonly CheckId[];
}

/** A violation, as found and as small as it got. */
export interface Violation<T = Scenario> {
  readonly check: CheckId;
  /** The execution that was found. */
  readonly found: Attempt;
  readonly shrunk: ShrinkResult<T>;
  /** False if shrinking was interrupted. */
  readonly shrunkWhole: boolean;
  readonly story: Story;
  /** How the shrunk execution ended: what hangs is named with its cycle. */
  readonly liveness: Liveness;
}

export interface Exploration<T = Scenario> {
  readonly result: SearchResult;
  readonly violation: Violation<T> | undefined;
  /** What kept the first execution that did not settle; undefined if all did. */
  readonly unsettled: Liveness | undefined;
  /** Why not all could be tried that was to be; undefined if it could, or somebody ended it. */
  readonly failure: string | undefined;
  /** What was done, for those who put shards together. */
  readonly harvest: Harvest;
  /** Interrupted before anything was found. */
  readonly cancelled: boolean;
  /** Ended by its time. */
  readonly timedOut: boolean;
  readonly tookMs: number;
  /** How long the search alone took. */
  readonly searchMs: number;
}

/** What a search has come to, before anybody looks closer. */
export interface Searched {
  readonly harvest: Harvest;
  readonly ending: Ending | undefined;
  readonly failure: string | undefined;
  readonly searchMs: number;
}

/**
 * Explores until it is done, its time is over, or it is interrupted; `crew` goes on with a search
 * that turns out to be large.
 */
export async function explore<T>(
  target: Target<T>,
  plan: ExplorePlan,
  shell: Shell,
  crew?: Crew,
): Promise<Exploration<T>> {
  let searched: Searched;
  try {
    searched = await searchThrough(plan.subject ?? target.subject, plan, shell, crew);
  } finally {
    await crew?.dismiss();
  }
  return concludeExploration(target, searched, plan, shell);
}

/** Looks closer at what a search came to: concludes, shrinks what was found, tells it. */
export async function concludeExploration<T>(
  target: Target<T>,
  searched: Searched,
  { wanted, subject = target.subject }: Pick<ExplorePlan, 'wanted' | 'subject'>,
  shell: Shell,
): Promise<Exploration<T>> {
  const startMs = shell.now();
  const { harvest, ending } = await wholeOf(searched, subject, shell);
  const result = conclude(harvest);
  const finding = result.findings.find(({ violated }) => holdsAll(violated, wanted));
  const best = finding ?? result.findings[0];
  const found = best && replay(subject, scheduleOf(best.picks));
  const check = best && firstOf(best.violated, wanted);
  const reproduced = best?.reproduced === true && found?.kind === 'ok' && check !== undefined;
  const violation = reproduced
    ? await shrink(target, asIn(target, subject, found.value), check, shell)
    : undefined;
  const hanging = result.unsettled && replay(subject, scheduleOf(result.unsettled.picks));
  shell.progress(undefined);
  return {
    result,
    harvest,
    violation,
    unsettled: hanging?.kind === 'ok' ? livenessOf(subject, hanging.value) : undefined,
    failure: searched.failure,
    cancelled: ending === 'interrupted' && violation === undefined,
    timedOut: ending === 'late',
    tookMs: searched.searchMs + shell.now() - startMs,
    searchMs: searched.searchMs,
  };
}

/** What was searched in several places, cut off where its bound falls; that takes its time. */
async function wholeOf(searched: Searched, subject: Subject, shell: Shell): Promise<CutOff> {
  if (searched.ending !== undefined || searched.failure !== undefined) return searched;
  const { harvest } = searched;
  const plan = { search: harvest.heading.settings, secondsMax: Infinity };
  return cutOff(subject, harvest, new ShellWatch(plan, shell));
}

/** An attempt of another subject as one of the target's own. */
function asIn<T>(target: Target<T>, subject: Subject, found: Attempt): Attempt {
  return subject === target.subject ? found : follow(subject, found, target.subject);
}

/** Drives the search to its end; says what ended it otherwise. */
async function searchThrough(
  subject: Subject,
  plan: ExplorePlan,
  shell: Shell,
  crew: Crew | undefined,
): Promise<Searched> {
  const startMs = shell.now();
  const search = new Search(subject, { ...plan.search, wanted: plan.wanted });
  const watch = new ShellWatch(plan, shell);
  let batch = 1;
  let turnMs = startMs;
  while (search.advance(batch)) {
    const nowMs = shell.now();
    // As much as fits into a turn, learnt from the turn before.
    batch = nowMs - turnMs < TURN_MS / 2 ? Math.min(batch * 2, 4_096) : Math.max(1, batch >> 1);
    watch.show(search.progress());
    await setImmediate();
    const { ending } = watch;
    if (ending !== undefined) {
      const harvest = search.harvest();
      return { harvest, ending, failure: undefined, searchMs: shell.now() - startMs };
    }
    const isLarge = crew !== undefined && search.isParted && nowMs - startMs >= crew.afterMs;
    if (isLarge && crew.isReady()) {
      const parts = search.handOver();
      const { unfinished, failure } = await crew.work(parts, watch);
      const harvest = parts.harvest(unfinished);
      const { ending: early } = watch;
      return {
        ...(parts.isOver ? await cutOff(subject, harvest, watch) : { harvest, ending: early }),
        failure,
        searchMs: shell.now() - startMs,
      };
    }
    turnMs = shell.now();
  }
  const harvest = search.harvest();
  return { harvest, ending: undefined, failure: undefined, searchMs: shell.now() - startMs };
}

/** Ends a search by its time or an interrupt, and shows how far it is. */
class ShellWatch implements Watch {
  readonly #plan: Pick<ExplorePlan, 'search' | 'secondsMax'>;
  readonly #shell: Shell;
  readonly #startMs: number;
  /** The most that was shown: what is tried anew in parts is not shown as lost. */
  #shown = 0;

  constructor(plan: Pick<ExplorePlan, 'search' | 'secondsMax'>, shell: Shell) {
    this.#plan = plan;
    this.#shell = shell;
    this.#startMs = shell.now();
  }

  get ending(): Ending | undefined {
    if (this.#shell.interrupt.requested) return 'interrupted';
    return this.#seconds >= this.#plan.secondsMax ? 'late' : undefined;
  }

  show({ schedules, cut, classes }: SearchTally): void {
    const { search, secondsMax } = this.#plan;
    const { schedulesMax, strategy, toldApartMax } = { ...DEFAULT_SEARCH, ...search };
    this.#shown = Math.max(this.#shown, schedules);
    this.#shell.progress(() => {
      const seconds = this.#seconds;
      const least = !walksAll(strategy) && this.#shown > toldApartMax ? 'at least ' : '';
      const known = classes === undefined ? '' : `, ${least}${plural(classes, 'class', 'classes')}`;
      const pace = `${rate(seconds > 0 ? (schedules + cut) / seconds : 0)}/s`;
      const done = Math.max(this.#shown / schedulesMax, seconds / secondsMax);
      const detail = `${plural(this.#shown, 'schedule')}, ${pace}${known}`;
      return { done: Math.min(1, done), detail };
    });
  }

  get #seconds(): number {
    return (this.#shell.now() - this.#startMs) / 1_000;
  }
}

async function shrink<T>(
  target: Target<T>,
  found: Attempt,
  check: CheckId,
  shell: Shell,
): Promise<Violation<T>> {
  const shrinking = new Shrink(target, found, check);
  while (!shell.interrupt.requested && shrinking.advance(REPLAYS_PER_TURN)) {
    const { replays, choicesBefore, choices } = shrinking.progress;
    shell.progress(() => ({
      done: undefined,
      detail: `shrinking: ${choicesBefore} to ${choices} choices in ${count(replays)} replays`,
    }));
    await setImmediate();
  }
  const shrunkWhole = shrinking.progress.phase === 'over';
  shrinking.cancel();
  const shrunk = shrinking.result();
  const { subject } = shrunk.target;
  const inevitable = inevitableSince(subject, shrunk.attempt, check);
  const story = tellStory(shrunk.attempt, check, inevitable);
  const liveness = livenessOf(subject, shrunk.attempt);
  return { check, found, shrunk, shrunkWhole, story, liveness };
}

function holdsAll(violated: readonly CheckId[], wanted: readonly CheckId[]): boolean {
  return wanted.every((id) => violated.includes(id)) && violated.length > 0;
}

function firstOf(violated: readonly CheckId[], wanted: readonly CheckId[]): CheckId | undefined {
  return wanted.find((id) => violated.includes(id)) ?? violated[0];
}
