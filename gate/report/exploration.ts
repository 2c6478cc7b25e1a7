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
  inevitableSince,
  replay,
  type Scenario,
  scheduleOf,
  Search,
  type SearchOptions,
  type SearchResult,
  Shrink,
  type ShrinkResult,
  type Story,
  type Target,
  tellStory,
} from '../../sim/index.ts';
import { count, plural, rate } from '../render/figures.ts';
import type { Shell } from '../shell/shell.ts';

/** How long to work between two looks at the outside, in milliseconds. */
const TURN_MS = 30;
const REPLAYS_PER_TURN = 20;

export interface ExplorePlan {
  readonly search: Partial<SearchOptions>;
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
}

export interface Exploration<T = Scenario> {
  readonly result: SearchResult;
  readonly violation: Violation<T> | undefined;
  /** Interrupted before anything was found. */
  readonly cancelled: boolean;
  /** Ended by its time. */
  readonly timedOut: boolean;
  readonly tookMs: number;
  /** How long the search alone took. */
  readonly searchMs: number;
}

/** Explores until it is done, its time is over, or it is interrupted. */
export async function explore<T>(
  target: Target<T>,
  plan: ExplorePlan,
  shell: Shell,
): Promise<Exploration<T>> {
  const startMs = shell.now();
  const { subject } = target;
  const search = new Search(subject, { ...plan.search, stopAtFirst: plan.wanted.length === 0 });
  const ending = await searchThrough(search, plan, shell);
  const result = search.result();
  const searchMs = shell.now() - startMs;
  const finding = result.findings.find(({ violated }) => holdsAll(violated, plan.wanted));
  const best = finding ?? result.findings[0];
  const found = best && replay(subject, scheduleOf(best.picks));
  const check = best && firstOf(best.violated, plan.wanted);
  const reproduced = best?.reproduced === true && found?.kind === 'ok' && check !== undefined;
  const violation = reproduced ? await shrink(target, found.value, check, shell) : undefined;
  shell.progress(undefined);
  return {
    result,
    violation,
    cancelled: ending === 'interrupted' && violation === undefined,
    timedOut: ending === 'late',
    tookMs: shell.now() - startMs,
    searchMs,
  };
}

/** Drives the search to its end; says what ended it otherwise. */
async function searchThrough(
  search: Search,
  plan: ExplorePlan,
  shell: Shell,
): Promise<'over' | 'late' | 'interrupted'> {
  const startMs = shell.now();
  const { schedulesMax = Infinity } = plan.search;
  let batch = 1;
  for (;;) {
    const turnMs = shell.now();
    if (!search.advance(batch)) return 'over';
    const nowMs = shell.now();
    // As much as fits into a turn, learnt from the turn before.
    batch = nowMs - turnMs < TURN_MS / 2 ? Math.min(batch * 2, 4_096) : Math.max(1, batch >> 1);
    const { schedules, cut, classes, findings } = search.progress();
    const seconds = (nowMs - startMs) / 1_000;
    shell.progress(() => {
      const known = classes === undefined ? '' : `, ${count(classes)} classes`;
      const pace = `${rate(seconds > 0 ? (schedules + cut) / seconds : 0)}/s`;
      const done = Math.max(schedules / schedulesMax, seconds / plan.secondsMax);
      return {
        done: Math.min(1, done),
        detail: `${plural(schedules, 'schedule')}, ${pace}${known}`,
      };
    });
    await setImmediate();
    const isFound = findings.some(({ violated }) => holdsAll(violated, plan.wanted));
    if (isFound || seconds >= plan.secondsMax || shell.interrupt.requested) {
      search.cancel();
      if (isFound) return 'over';
      return shell.interrupt.requested ? 'interrupted' : 'late';
    }
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
  return { check, found, shrunk, shrunkWhole, story: tellStory(shrunk.attempt, check, inevitable) };
}

function holdsAll(violated: readonly CheckId[], wanted: readonly CheckId[]): boolean {
  return wanted.every((id) => violated.includes(id)) && violated.length > 0;
}

function firstOf(violated: readonly CheckId[], wanted: readonly CheckId[]): CheckId | undefined {
  return wanted.find((id) => violated.includes(id)) ?? violated[0];
}
