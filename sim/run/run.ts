/**
 * One run: a scenario and a schedule in, a trace and a verdict out.
 *
 * This is where the engine and its observers meet, and nowhere else. The run advances in slices, so
 * that whoever drives it can show progress, step, or cancel. Invariant: the same scenario, oracle
 * and timing give the same trace, to the last bit, on every machine and in slices of any size.
 */
import { assert } from '../base/assert.ts';
import { CHECKS } from '../check/checks/index.ts';
import { Judge } from '../check/judge.ts';
import { EXPLORED, SIMULATED } from '../check/sources.ts';
import { type Oracle, fifoOracle } from '../kernel/oracle.ts';
import { LockStatsFold } from '../metrics/lock-stats.ts';
import { ReconciliationFold } from '../metrics/reconciliation.ts';
import type { Scenario } from '../scenario/schema.ts';
import { TraceDigest } from '../trace/digest.ts';
import { RunEnd } from '../trace/event.ts';
import { Recorder, type SegmentReader } from '../trace/recorder.ts';
import { ExploredRecorder } from './explored-recorder.ts';
import { factsOf } from './facts.ts';
import type { Parts } from './parts.ts';
import type { RunResult } from './result.ts';
import type { Segment } from '../trace/segment.ts';
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
  readonly #scenario: Scenario;
  readonly #recorder: Recorder;
  readonly #world: World;
  readonly #judge: Judge;
  readonly #digest = new TraceDigest();
  readonly #lockStats = new LockStatsFold();
  readonly #reconciliation: ReconciliationFold;
  #cancelled = false;
  #result: RunResult | undefined = undefined;

  constructor(scenario: Scenario, options: RunOptions) {
    this.#scenario = scenario;
    const taskNames: string[] = [];
    const { exploration, parts, readers = [] } = options;
    const explored = exploration !== undefined;
    const facts = { ...factsOf(scenario, taskNames, parts?.lock), durations: !explored };
    this.#reconciliation = new ReconciliationFold(facts);
    const observers = [this.#lockStats, this.#reconciliation];
    this.#judge = new Judge(explored ? EXPLORED : SIMULATED, facts, CHECKS, observers);
    const recording = {
      keep: options.keepTrace,
      readers: [this.#digest.read, this.#judge.read, ...readers],
    };
    this.#recorder = explored
      ? new ExploredRecorder(recording, exploration.footprints)
      : new Recorder(recording);
    const oracle = options.oracle ?? fifoOracle;
    const timing = explored ? 'abstract' : 'virtual';
    this.#world = new World(
      scenario,
      this.#recorder,
      oracle,
      timing,
      taskNames,
      parts,
      exploration,
    );
  }

  /** The present virtual time, in microseconds. */
  get nowUs(): number {
    return this.#recorder.nowUs;
  }

  /** The end of the trace that no reader has got yet; it grows and is reused. */
  get pending(): Segment {
    return this.#recorder.pending;
  }

  /** Task names by id; all of them from the start. */
  get taskNames(): readonly string[] {
    return this.#world.taskNames;
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
    const { kernel, taskNames } = this.#world;
    const end = this.#cancelled ? RunEnd.cancelled : kernel.end;
    assert(end !== undefined, 'expected a run that is over or was cancelled');
    this.#world.finish(end);
    this.#recorder.finish();
    const complete = end === RunEnd.done || end === RunEnd.stuck;
    const recorder = this.#recorder;
    const elapsedUs = recorder instanceof ExploredRecorder ? recorder.lastUs : recorder.nowUs;
    const last = { timeUs: elapsedUs, complete };
    const { verdict, checks } = this.#judge.finish(last);
    return {
      scenario: this.#scenario,
      verdict,
      checks,
      digest: this.#digest.hex(),
      complete,
      elapsedUs,
      events: this.#recorder.size,
      steps: kernel.steps,
      ticks: this.#world.signalsMade,
      trades: this.#judge.book.orders.executedCount,
      lock: this.#lockStats.finish(last, this.#judge.book),
      pnl: this.#reconciliation.finish(this.#judge.book),
      taskNames,
      segments: this.#recorder.segments,
    };
  }
}

/** Runs a scenario to its end. */
export function runScenario(scenario: Scenario, options: RunOptions): RunResult {
  const run = new Run(scenario, options);
  while (run.advance(Number.MAX_SAFE_INTEGER));
  return run.result();
}
