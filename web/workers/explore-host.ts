/**
 * Searches the schedules of a scenario in slices, shrinks what it finds, and tells it as a story.
 *
 * The clock and the turn of the event loop are given, so that it works the same in a worker and in
 * a test. Invariant: what is found depends on the scenario and the plan; the clock decides only
 * when a search runs out of time. Known limit: a story's inevitable step is computed in one go.
 */
import {
  assert,
  type Attempt,
  type CheckId,
  decodeSchedule,
  encodeSchedule,
  galleryEntry,
  type Inevitable,
  inevitableSince,
  replay,
  type Scenario,
  scenarioSubject,
  scenarioTarget,
  scheduleOf,
  scheduleOfAttempt,
  Search,
  type SearchResult,
  Shrink,
  type Subject,
  tellStory,
} from '../../sim/index.ts';
import type { Work } from './engine-contract.ts';
import type {
  ExploreApi,
  ExploreEnd,
  ExplorePlan,
  ExploreProgress,
  SearchProgress,
  Size,
  Telling,
  Told,
  Violation,
} from './explore-contract.ts';

type Tell = (progress: ExploreProgress) => void;

/** What the host needs of the world around it. */
export interface ExploreSurroundings {
  /** Milliseconds of a clock that never goes back. */
  readonly nowMs: () => number;
  /** Lets the event loop turn, so that a command can come in and progress can leave. */
  readonly turn: () => Promise<void>;
}

/** How long to work between two turns. */
const TURN_MS = 16;
const BATCH_MAX = 4_096;
/** Four times a second is as often as anybody reads. */
const PROGRESS_EVERY_MS = 250;
const MS_PER_S = 1_000;
/**
 * Atomic steps spent on since when it was inevitable: about half a second, the same everywhere, so
 * that a link tells everybody the same story.
 */
const INEVITABLE_STEPS_MAX = 200_000;
const INEVITABLE_EXECUTIONS_MAX = 2_000;

export class ExploreHost implements ExploreApi {
  readonly #around: ExploreSurroundings;
  #cancelled = false;
  #toldMs = -Infinity;

  constructor(around: ExploreSurroundings) {
    this.#around = around;
  }

  async explore(work: Work, plan: ExplorePlan, onProgress: Tell): Promise<ExploreEnd> {
    this.#cancelled = false;
    this.#toldMs = -Infinity;
    const scenario = scenarioOf(work);
    onProgress({ kind: 'opened', scenario });
    const subject = scenarioSubject(scenario);
    const startMs = this.#around.nowMs();
    const { strategy, depth, schedulesMax } = plan;
    const search = new Search(subject, { strategy, depth, schedulesMax });
    const reason = await this.#search(search, plan.secondsMax, onProgress);
    const searchMs = this.#around.nowMs() - startMs;
    const result = search.result();
    const progress = progressOf(result, searchMs);
    onProgress({ kind: 'searching', progress });
    const violation = await this.#violation(scenario, subject, result, onProgress);
    return { scenario, result, reason, progress, violation };
  }

  cancel(): void {
    this.#cancelled = true;
  }

  tell(scenario: Scenario, schedule: string): Telling {
    const choices = decodeSchedule(schedule);
    if (choices.kind === 'error') return { kind: 'misfit', problem: choices.error };
    const subject = scenarioSubject(scenario);
    const attempt = replay(subject, choices.value);
    if (attempt.kind === 'error') return { kind: 'misfit', problem: attempt.error };
    const [check] = attempt.value.violated;
    return { kind: 'told', told: told(scenario, subject, attempt.value, check) };
  }

  async #search(
    search: Search,
    secondsMax: number,
    onProgress: Tell,
  ): Promise<ExploreEnd['reason']> {
    const startMs = this.#around.nowMs();
    let batch = 1;
    for (;;) {
      const turnMs = this.#around.nowMs();
      if (!search.advance(batch)) return 'over';
      const nowMs = this.#around.nowMs();
      // As much as fits into a turn, learnt from the turn before.
      const isQuick = nowMs - turnMs < TURN_MS / 2;
      batch = isQuick ? Math.min(batch * 2, BATCH_MAX) : Math.max(1, batch >> 1);
      this.#report(onProgress, () => ({
        kind: 'searching',
        progress: progressOf(search.result(), nowMs - startMs),
      }));
      await this.#around.turn();
      const isLate = nowMs - startMs >= secondsMax * MS_PER_S;
      if (!this.#cancelled && !isLate) continue;
      search.cancel();
      return this.#cancelled ? 'cancelled' : 'late';
    }
  }

  async #violation(
    scenario: Scenario,
    subject: Subject,
    { findings }: SearchResult,
    onProgress: Tell,
  ): Promise<Violation | undefined> {
    const [finding] = findings;
    const [check] = finding?.violated ?? [];
    if (finding?.reproduced !== true || check === undefined) return undefined;
    const schedule = scheduleOf(finding.picks);
    const attempt = replay(subject, schedule);
    assert(attempt.kind === 'ok', 'expected a schedule that was reproduced to fit');
    onProgress({ kind: 'found', found: { scenario, check, schedule: encodeSchedule(schedule) } });
    return this.#shrink(scenario, attempt.value, check, onProgress);
  }

  /** Shrinks; whoever cancels gets the smallest so far. */
  async #shrink(
    scenario: Scenario,
    found: Attempt,
    check: CheckId,
    onProgress: Tell,
  ): Promise<Violation> {
    const shrinking = new Shrink(scenarioTarget(scenario), found, check);
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
    return {
      check,
      told: told(target.value, target.subject, attempt, check),
      choicesBefore,
      choices: schedule.length,
      before: sizeOf(scenario),
      after: sizeOf(target.value),
      replays,
      minimal,
    };
  }

  #report(onProgress: Tell, progress: () => ExploreProgress): void {
    const nowMs = this.#around.nowMs();
    if (nowMs - this.#toldMs < PROGRESS_EVERY_MS) return;
    this.#toldMs = nowMs;
    onProgress(progress());
  }
}

function told(
  scenario: Scenario,
  subject: Subject,
  attempt: Attempt,
  check: CheckId | undefined,
): Told {
  const { picks, widths } = attempt.choices;
  return {
    scenario,
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
  const { schedules, cut, classes, prunedShare, guarantee } = result;
  return {
    schedules,
    executions: schedules + cut,
    classes,
    prunedShare,
    missed: guarantee && { depth: guarantee.depth, bound: guarantee.missBound },
    elapsedMs,
  };
}

function scenarioOf(work: Work): Scenario {
  if (work.kind === 'scenario') return work.scenario;
  const { scenario } = galleryEntry(work.name);
  return work.seed === undefined ? scenario : { ...scenario, seed: work.seed };
}

function sizeOf({ symbols }: Scenario): Size {
  return {
    symbols: symbols.length,
    signals: symbols.reduce((sum, { signals }) => sum + signals, 0),
  };
}
