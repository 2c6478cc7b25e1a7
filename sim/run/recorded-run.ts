/**
 * Judges a run as it is recorded: its trace, whoever stamps it, and what it comes to.
 *
 * Checks, statistics and digest are the same for a simulated, an explored and a live run.
 * Invariant: the trace is whole and in order before it is judged for good. Known limit: of a run in
 * real time there is a digest, and no schedule that would lead to it again.
 */
import { CHECKS } from '../check/checks/index.ts';
import type { CheckId, Source } from '../check/contract.ts';
import { Judge } from '../check/judge.ts';
import { LIVE } from '../check/sources.ts';
import type { Footprints } from '../kernel/footprints.ts';
import type { Fairness } from '../locks/contract.ts';
import { LockStatsFold } from '../metrics/lock-stats.ts';
import { ReconciliationFold } from '../metrics/reconciliation.ts';
import type { Scenario } from '../scenario/schema.ts';
import { TraceDigest } from '../trace/digest.ts';
import { EventKind, NONE, RunEnd } from '../trace/event.ts';
import { Recorder, type SegmentReader } from '../trace/recorder.ts';
import { ExploredRecorder } from './explored-recorder.ts';
import { factsOf } from './facts.ts';
import type { RunResult } from './result.ts';

export interface RecordedRunOptions {
  /** Further readers of the trace; they get each segment once, in order. */
  readonly readers: readonly SegmentReader[];
  /** What the recording can show at all. */
  readonly source?: Source;
  /** What the lock promises that stands in place of the scenario's. */
  readonly fairness?: Fairness | undefined;
  /** Keeps the whole trace for the result; else segments are let go once they are judged. */
  readonly keepTrace?: boolean;
  /** Where an explored run notes what its steps do; its durations mean nothing. */
  readonly footprints?: Footprints | undefined;
}

/** What whoever ran it has to say at the end. */
export interface RecordedEnd {
  readonly end: RunEnd;
  /** Tasks that had to finish and did not. */
  readonly unfinished: number;
  readonly steps: number;
  /** Signals of all symbols. */
  readonly ticks: number;
}

export class RecordedRun {
  readonly recorder: Recorder;
  /** Names by task id; may grow while the run goes on. */
  readonly taskNames: string[] = [];
  readonly #scenario: Scenario;
  readonly #judge: Judge;
  readonly #digest = new TraceDigest();
  readonly #lockStats = new LockStatsFold();
  readonly #reconciliation: ReconciliationFold;
  /** Where judging ended, if it ended before the run did. */
  #judgedUs: number | undefined = undefined;

  constructor(scenario: Scenario, options: RecordedRunOptions) {
    const { readers, source = LIVE, fairness, keepTrace: keep = false, footprints } = options;
    const given = { ...factsOf(scenario, this.taskNames), durations: footprints === undefined };
    const facts = fairness === undefined ? given : { ...given, fairness };
    this.#scenario = scenario;
    this.#reconciliation = new ReconciliationFold(facts);
    const observers = [this.#lockStats, this.#reconciliation];
    this.#judge = new Judge(source, facts, CHECKS, observers);
    const judge: SegmentReader = (segment) => {
      if (this.#judgedUs === undefined) this.#judge.read(segment);
    };
    const recording = { keep, readers: [this.#digest.read, judge, ...readers] };
    this.recorder =
      footprints === undefined
        ? new Recorder(recording)
        : new ExploredRecorder(recording, footprints);
  }

  /**
   * Judges nothing that is stamped from now on: a part of what happened is missing there, and a
   * check would blame the engine for what nobody saw.
   */
  judgeNoFurther(): void {
    if (this.#judgedUs !== undefined) return;
    this.recorder.handOver();
    this.#judgedUs = this.recorder.nowUs;
  }

  /** Orders executed so far, each counted once; of what the readers have got. */
  get trades(): number {
    return this.#judge.book.orders.executedCount;
  }

  /** Required checks that are violated already, by what the readers have got. */
  violated(): readonly CheckId[] {
    return this.#judge.violated();
  }

  /** Stamps the end and judges; call once, after everything else was stamped. */
  finish({ end, unfinished, steps, ticks }: RecordedEnd): RunResult {
    const { recorder } = this;
    recorder.stamp(EventKind.end, NONE, NONE, NONE, unfinished, end, 0);
    recorder.finish();
    const isWhole = this.#judgedUs === undefined;
    const complete = isWhole && (end === RunEnd.done || end === RunEnd.stuck);
    const elapsedUs = recorder instanceof ExploredRecorder ? recorder.lastUs : recorder.nowUs;
    const last = { timeUs: this.#judgedUs ?? elapsedUs, complete };
    const { verdict, checks } = this.#judge.finish(last);
    return {
      scenario: this.#scenario,
      ...{ verdict, checks, digest: this.#digest.hex(), complete, elapsedUs, steps, ticks },
      events: recorder.size,
      trades: this.trades,
      lock: this.#lockStats.finish(last, this.#judge.book),
      pnl: this.#reconciliation.finish(this.#judge.book),
      taskNames: this.taskNames,
      segments: recorder.segments,
    };
  }
}
