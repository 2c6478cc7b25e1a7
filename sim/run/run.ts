/**
 * One run: a scenario and a schedule in, a trace and a verdict out.
 *
 * This is where the engine and its observers meet, and nowhere else. The run advances in slices, so
 * that whoever drives it can show progress, step, or cancel. Invariant: the same scenario, oracle
 * and timing give the same trace, to the last bit, on every machine and in slices of any size.
 */
import { assert } from '../base/assert.ts';
import { EXPLORED, SIMULATED } from '../check/sources.ts';
import { type Oracle, fifoOracle } from '../kernel/oracle.ts';
import type { Scenario } from '../scenario/schema.ts';
import { RunEnd } from '../trace/event.ts';
import type { SegmentReader } from '../trace/recorder.ts';
import type { Segment } from '../trace/segment.ts';
import type { Parts } from './parts.ts';
import { RecordedRun } from './recorded-run.ts';
import type { RunResult } from './result.ts';
import { type Exploration, World } from './world.ts';

export interface RunOptions {
  /**
   * Keeps the whole trace for `result().segments`; else segments are let go once they are judged.
   */
  readonly keepTrace: boolean;
  /** Further readers of the trace: an export, a page. They get each segment once, in order. */
  readonly readers?: readonly SegmentReader[];
  /** Who decides what happens next; a FIFO event loop unless something else is asked for. */
  readonly oracle?: Oracle;
  /** Parts that take the place of the scenario's own. */
  readonly parts?: Parts;
  /** Runs in abstract time, where durations mean nothing and anything pending may come next. */
  readonly exploration?: Exploration;
}

export class Run {
  readonly #recorded: RecordedRun;
  readonly #world: World;
  #cancelled = false;
  #result: RunResult | undefined = undefined;

  constructor(scenario: Scenario, options: RunOptions) {
    const { keepTrace, readers = [], oracle = fifoOracle, parts = {}, exploration } = options;
    this.#recorded = new RecordedRun(scenario, {
      source: exploration === undefined ? SIMULATED : EXPLORED,
      fairness: parts.lock?.fairness,
      footprints: exploration?.footprints,
      keepTrace,
      readers,
    });
    const { recorder, taskNames } = this.#recorded;
    this.#world = new World({ scenario, recorder, oracle, taskNames, parts, exploration });
  }

  /** The present virtual time, in microseconds. */
  get nowUs(): number {
    return this.#recorded.recorder.nowUs;
  }

  /** The end of the trace that no reader has got yet; it grows and is reused. */
  get pending(): Segment {
    return this.#recorded.recorder.pending;
  }

  /** Task names by id; all of them from the start. */
  get taskNames(): readonly string[] {
    return this.#recorded.taskNames;
  }

  /** Runs up to `stepsMax` atomic steps; true while there is more to do. */
  advance(stepsMax: number): boolean {
    if (this.#result !== undefined || this.#cancelled) return false;
    return this.#world.kernel.run(stepsMax);
  }

  /** How far the run is, 0 to 1, by the signals made; never going back. */
  progress(): number {
    return this.#world.kernel.end === undefined ? this.#world.progress() : 1;
  }

  /** Cuts the run short: what has happened is judged, and the result is incomplete. */
  cancel(): void {
    this.#cancelled = this.#world.kernel.end === undefined;
  }

  /** The outcome; only once the run is over or was cancelled. */
  result(): RunResult {
    this.#result ??= this.#finish();
    return this.#result;
  }

  #finish(): RunResult {
    const { kernel, signalsMade: ticks } = this.#world;
    const { unfinished, steps } = kernel;
    const end = this.#cancelled ? RunEnd.cancelled : kernel.end;
    assert(end !== undefined, 'expected a run that is over or was cancelled');
    this.#world.stampLastWords();
    return this.#recorded.finish({ end, unfinished, steps, ticks });
  }
}

/** Runs a scenario to its end. */
export function runScenario(scenario: Scenario, options: RunOptions): RunResult {
  const run = new Run(scenario, options);
  while (run.advance(Number.MAX_SAFE_INTEGER));
  return run.result();
}
