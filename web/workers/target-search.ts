/**
 * Searches the schedules of a target (a scenario, a lock) in slices, shrinks what it finds, and
 * tells it as a story.
 *
 * The clock and the turn of the event loop are given, so that it works the same in a worker and in
 * a test. Invariant: what is found depends on the target and the plan; the clock decides only when
 * a search runs out of time. Known limit: a story's inevitable step is computed in one go.
 */
import {
  assert,
  type Attempt,
  type CheckId,
  conclude,
  DEFAULT_SETTINGS,
  type Distribution,
  encodeSchedule,
  type Inevitable,
  inevitableSince,
  type PartResult,
  replay,
  scheduleOf,
  scheduleOfAttempt,
  Search,
  type SearchResult,
  type SearchSettings,
  Shrink,
  type ShrinkProgress,
  type Subject,
  type Target,
  tellStory,
} from '../../sim/index.ts';
import type { ExploreEnd, ExplorePlan, SearchProgress, Tale } from './explore-contract.ts';
import type { HelpersWatch } from './part-helpers.ts';

/** What a search needs of the world around it. */
export interface ExploreSurroundings {
  /** Milliseconds of a clock that never goes back. */
  readonly nowMs: () => number;
  /** Lets the event loop turn, so that a command can come in and progress can leave. */
  readonly turn: () => Promise<void>;
}

/** What is heard of a search on its way, in this order. */
export type TargetProgress =
  | { readonly kind: 'searching'; readonly progress: SearchProgress }
  | { readonly kind: 'found'; readonly check: CheckId; readonly schedule: string }
  | { readonly kind: 'shrinking'; readonly progress: ShrinkProgress }
  | { readonly kind: 'telling' };

/** A violation, as small as it got. */
export interface TargetViolation<T> {
  readonly check: CheckId;
  /** What it was shrunk to. */
  readonly target: Target<T>;
  readonly attempt: Attempt;
  readonly tale: Tale;
  /** Choices off the default, as found and as shrunk. */
  readonly choicesBefore: number;
  readonly choices: number;
  readonly replays: number;
  /** Whether no choice can be left out. */
  readonly minimal: boolean;
}

export interface TargetEnd<T> extends Pick<ExploreEnd, 'result' | 'reason' | 'progress'> {
  readonly violation: TargetViolation<T> | undefined;
}

type Tell = (progress: TargetProgress) => void;

/** How long to work between two turns. */
const TURN_MS = 16;
const BATCH_MAX = 4_096;
/** Four times a second is as often as anybody reads. */
const PROGRESS_EVERY_MS = 250;
const MS_PER_S = 1_000;
/** A search that is over by then needs no helpers. */
const ALONE_MS = 500;
/**
 * Atomic steps spent on since when it was inevitable: about half a second, the same everywhere, so
 * that a link tells everybody the same story.
 */
const INEVITABLE_STEPS_MAX = 200_000;
const INEVITABLE_EXECUTIONS_MAX = 2_000;

/** Goes on with a search that is large; gives the parts that were cut short. */
export type Helpers = (
  search: Search,
  watch: HelpersWatch,
) => Promise<{ readonly parts: Distribution; readonly unfinished: readonly PartResult[] }>;

export class TargetSearch {
  readonly #around: ExploreSurroundings;
  #cancelled = false;
  #toldMs = -Infinity;

  constructor(around: ExploreSurroundings) {
    this.#around = around;
  }

  /** `helpers`, where there are any, go on with a search that takes long. */
  async explore<T>(
    target: Target<T>,
    plan: ExplorePlan,
    onProgress: Tell,
    helpers?: Helpers,
  ): Promise<TargetEnd<T>> {
    this.#cancelled = false;
    this.#toldMs = -Infinity;
    const startMs = this.#around.nowMs();
    const search = new Search(target.subject, settingsOf(plan));
    const { reason, result } = await this.#search(search, plan.secondsMax, onProgress, helpers);
    const searchMs = this.#around.nowMs() - startMs;
    const progress = progressOf(result, searchMs);
    onProgress({ kind: 'searching', progress });
    const violation = await this.#violation(target, result, onProgress);
    return { result, reason, progress, violation };
  }

  /** Ends the search, or the shrinking, with what it has. */
  cancel(): void {
    this.#cancelled = true;
  }

  async #search(
    search: Search,
    secondsMax: number,
    onProgress: Tell,
    helpers: Helpers | undefined,
  ): Promise<Pick<ExploreEnd, 'reason' | 'result'>> {
    const startMs = this.#around.nowMs();
    const isLateAt = (nowMs: number): boolean => nowMs - startMs >= secondsMax * MS_PER_S;
    let batch = 1;
    for (;;) {
      const turnMs = this.#around.nowMs();
      if (!search.advance(batch)) return { reason: 'over', result: search.result() };
      const nowMs = this.#around.nowMs();
      // As much as fits into a turn, learnt from the turn before.
      const isQuick = nowMs - turnMs < TURN_MS / 2;
      batch = isQuick ? Math.min(batch * 2, BATCH_MAX) : Math.max(1, batch >> 1);
      this.#report(onProgress, () => ({
        kind: 'searching',
        progress: progressOf(search.result(), nowMs - startMs),
      }));
      await this.#around.turn();
      if (this.#cancelled || isLateAt(nowMs)) {
        return { reason: this.#cancelled ? 'cancelled' : 'late', result: search.result() };
      }
      if (helpers === undefined || !search.isParted || nowMs - startMs < ALONE_MS) continue;
      const { parts, unfinished } = await helpers(search, {
        isEnding: () => this.#cancelled || isLateAt(this.#around.nowMs()),
        show: ({ schedules, cut, classes }) =>
          this.#report(onProgress, () => {
            const known = progressOf(search.result(), this.#around.nowMs() - startMs);
            const progress = {
              ...known,
              schedules,
              executions: schedules + cut,
              classes: classes ?? known.classes,
            };
            return { kind: 'searching', progress };
          }),
      });
      const reason = parts.isOver ? 'over' : this.#cancelled ? 'cancelled' : 'late';
      return { reason, result: conclude(parts.harvest(unfinished)) };
    }
  }

  async #violation<T>(
    target: Target<T>,
    { findings }: SearchResult,
    onProgress: Tell,
  ): Promise<TargetViolation<T> | undefined> {
    const [finding] = findings;
    const [check] = finding?.violated ?? [];
    if (finding?.reproduced !== true || check === undefined) return undefined;
    const schedule = scheduleOf(finding.picks);
    const attempt = replay(target.subject, schedule);
    assert(attempt.kind === 'ok', 'expected a schedule that was reproduced to fit');
    onProgress({ kind: 'found', check, schedule: encodeSchedule(schedule) });
    return this.#shrink(target, attempt.value, check, onProgress);
  }

  /** Shrinks; whoever cancels gets the smallest so far. */
  async #shrink<T>(
    whole: Target<T>,
    found: Attempt,
    check: CheckId,
    onProgress: Tell,
  ): Promise<TargetViolation<T>> {
    const shrinking = new Shrink(whole, found, check);
    this.#toldMs = -Infinity;
    let goesOn = true;
    while (goesOn && !this.#cancelled) {
      const untilMs = this.#around.nowMs() + TURN_MS;
      while (goesOn && this.#around.nowMs() < untilMs) goesOn = shrinking.advance(1);
      const { progress } = shrinking;
      this.#report(onProgress, () => ({ kind: 'shrinking', progress }));
      await this.#around.turn();
    }
    shrinking.cancel();
    onProgress({ kind: 'shrinking', progress: shrinking.progress });
    onProgress({ kind: 'telling' });
    await this.#around.turn();
    const { target, attempt, schedule, choicesBefore, replays, minimal } = shrinking.result();
    const tale = taleOf(target.subject, attempt, check);
    const choices = schedule.length;
    return { check, target, attempt, tale, choicesBefore, choices, replays, minimal };
  }

  #report(onProgress: Tell, progress: () => TargetProgress): void {
    const nowMs = this.#around.nowMs();
    if (nowMs - this.#toldMs < PROGRESS_EVERY_MS) return;
    this.#toldMs = nowMs;
    onProgress(progress());
  }
}

/** What all who do a part of the search have to agree on. */
export function settingsOf({ strategy, seed, depth, schedulesMax }: ExplorePlan): SearchSettings {
  return { ...DEFAULT_SETTINGS, strategy, seed, depth, schedulesMax };
}

/** What an attempt tells of `check`, or of no check. */
export function taleOf(subject: Subject, attempt: Attempt, check: CheckId | undefined): Tale {
  const { picks, widths } = attempt.choices;
  return {
    schedule: encodeSchedule(scheduleOfAttempt(attempt)),
    digest: attempt.digest,
    marks: { picks: [...picks], widths: [...widths], seqs: [...attempt.result.choiceSeqs] },
    story: check && tellStory(attempt, check, turningPoint(subject, attempt, check)),
  };
}

function turningPoint(subject: Subject, attempt: Attempt, check: CheckId): Inevitable {
  const affordable = Math.floor(INEVITABLE_STEPS_MAX / Math.max(1, attempt.steps));
  const executionsMax = Math.min(INEVITABLE_EXECUTIONS_MAX, affordable);
  return inevitableSince(subject, attempt, check, executionsMax);
}

function progressOf(result: SearchResult, elapsedMs: number): SearchProgress {
  const { schedules, cut, coverage, prunedShare, guarantee } = result;
  return {
    schedules,
    executions: schedules + cut,
    classes: coverage?.classes ?? result.classes,
    toldApart: coverage?.schedules,
    prunedShare,
    missed: guarantee && { depth: guarantee.depth, bound: guarantee.missBound },
    elapsedMs,
  };
}
