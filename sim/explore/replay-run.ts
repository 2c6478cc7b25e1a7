/**
 * A scenario replayed under a schedule, as a run like any other: with figures, readers and slices.
 *
 * It is the very execution that an exploration made: same bounds, same abstract time, same trace.
 * Invariant: it ends with what it has where an exploration would have cut it short.
 */
import { fail, ok, type Result } from '../base/result.ts';
import { Footprints } from '../kernel/footprints.ts';
import { type RunOptions, Run } from '../run/run.ts';
import type { RunResult } from '../run/result.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { Segment } from '../trace/segment.ts';
import { misfitMessage, ScheduleOracle } from './replay.ts';
import { DEFAULT_BOUNDS } from './scenario-subject.ts';
import type { Schedule } from './schedule.ts';

export class ReplayRun {
  readonly #run: Run;
  readonly #oracle: ScheduleOracle;
  #stepsLeft = DEFAULT_BOUNDS.stepsMax;

  constructor(
    scenario: Scenario,
    schedule: Schedule,
    options: Pick<RunOptions, 'keepTrace' | 'readers'>,
  ) {
    const exploration = { footprints: new Footprints(), ...DEFAULT_BOUNDS };
    this.#oracle = new ScheduleOracle(schedule);
    this.#run = new Run(scenario, { ...options, oracle: this.#oracle, exploration });
  }

  /** Task names by id; all of them from the start. */
  get taskNames(): readonly string[] {
    return this.#run.taskNames;
  }

  /** The events that no reader has taken in yet. */
  get pending(): Segment {
    return this.#run.pending;
  }

  /** Abstract time: its order is the run's, its distances mean nothing. */
  get nowUs(): number {
    return this.#run.nowUs;
  }

  /** Runs up to `stepsMax` atomic steps; true while there is more to do. */
  advance(stepsMax: number): boolean {
    const steps = Math.min(stepsMax, this.#stepsLeft);
    this.#stepsLeft -= steps;
    const goesOn = this.#run.advance(steps);
    if (goesOn && this.#stepsLeft === 0) this.#run.cancel();
    return goesOn && this.#stepsLeft > 0;
  }

  progress(): number {
    return this.#run.progress();
  }

  cancel(): void {
    this.#run.cancel();
  }

  result(): RunResult {
    return this.#run.result();
  }

  /** Whether the schedule was one of this scenario's; only once the run has come to its end. */
  fit(): Result<undefined> {
    const { misfit } = this.#oracle;
    return misfit === undefined ? ok(undefined) : fail('schedule-misfit', misfitMessage(misfit));
  }
}
