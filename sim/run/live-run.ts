/**
 * A run in real time, over sockets that somebody else brings: recorded and checked, not replayable.
 *
 * The engine, the judge and the statistics are those of a simulated run; only the driver and the
 * sockets differ. Invariant: events are stamped by one thread in the order in which they happened
 * there, so the trace has one total order.
 */
import { assert } from '../base/assert.ts';
import { CHECKS } from '../check/checks/index.ts';
import { Judge } from '../check/judge.ts';
import { LIVE } from '../check/sources.ts';
import { type RealTimeEnd, RealTimeKernel, type WallClock } from '../kernel/real-time.ts';
import { LockStatsFold } from '../metrics/lock-stats.ts';
import { ReconciliationFold } from '../metrics/reconciliation.ts';
import type { Scenario } from '../scenario/schema.ts';
import { TraceDigest } from '../trace/digest.ts';
import { EventKind, NONE, RunEnd } from '../trace/event.ts';
import { Recorder, type SegmentReader } from '../trace/recorder.ts';
import { Engine, type EngineMemory, type EngineParts, type Recollection } from './engine.ts';
import { factsOf } from './facts.ts';
import type { RunResult } from './result.ts';

export interface LiveRunOptions {
  readonly wall: WallClock;
  /** Further readers of the trace; they get each segment once, in order. */
  readonly readers: readonly SegmentReader[];
  /** Called between turns of the kernel, when no step is under way. */
  readonly betweenTurns?: (() => void) | undefined;
}

export interface LiveStart {
  readonly createSocket: EngineParts['createSocket'];
  /** What an earlier run knew, if there was one. */
  readonly recollection?: Recollection | undefined;
}

export class LiveRun {
  readonly kernel: RealTimeKernel;
  /** For whoever stamps what the other end of the sockets does. */
  readonly recorder: Recorder;
  /** Names by task id; grows as tasks start. */
  readonly taskNames: string[] = [];
  readonly #scenario: Scenario;
  readonly #judge: Judge;
  readonly #digest = new TraceDigest();
  readonly #lockStats = new LockStatsFold();
  readonly #reconciliation: ReconciliationFold;
  #engine: Engine | undefined = undefined;
  #result: RunResult | undefined = undefined;

  constructor(scenario: Scenario, { wall, readers, betweenTurns }: LiveRunOptions) {
    const facts = factsOf(scenario, this.taskNames);
    this.#scenario = scenario;
    this.#reconciliation = new ReconciliationFold(facts);
    const observers = [this.#lockStats, this.#reconciliation];
    this.#judge = new Judge(LIVE, facts, CHECKS, observers);
    const judging = [this.#digest.read, this.#judge.read];
    this.recorder = new Recorder({ keep: false, readers: [...judging, ...readers] });
    const { timeLimitUs } = scenario;
    this.kernel = new RealTimeKernel({
      ...{ clock: this.recorder, wall, timeLimitUs },
      ...(betweenTurns === undefined ? {} : { betweenTurns }),
    });
  }

  /** What the engine would have to know again after a restart; undefined before the start. */
  get memory(): EngineMemory | undefined {
    return this.#engine?.memory;
  }

  /** Starts; `finished` is called once, when the run is over. */
  start({ createSocket, recollection }: LiveStart, finished: (end: RealTimeEnd) => void): void {
    assert(this.#engine === undefined, 'expected to be started once');
    const { kernel: driver, recorder, taskNames } = this;
    const scenario = this.#scenario;
    this.#engine = new Engine({ scenario, driver, recorder, createSocket, taskNames });
    this.#engine.start(recollection);
    driver.start(finished);
  }

  /** Cuts the run short: what has happened is judged. */
  stop(): void {
    this.kernel.stop();
  }

  /** How far the run is, 0 to 1. */
  progress(): number {
    return this.kernel.end === undefined ? (this.#engine?.progress() ?? 0) : 1;
  }

  /**
   * The outcome, once the run is over. `lastWords` stamps what the other end has to say of the run:
   * its books, and executions that nobody was told of.
   */
  result(lastWords: () => void): RunResult {
    this.#result ??= this.#finish(lastWords);
    return this.#result;
  }

  #finish(lastWords: () => void): RunResult {
    const { kernel, recorder } = this;
    const end = kernel.end;
    assert(end !== undefined, 'expected a run that is over, and not by a crash');
    this.#engine?.stampTotal();
    lastWords();
    recorder.stamp(EventKind.end, NONE, NONE, NONE, kernel.unfinished, end, 0);
    recorder.finish();
    const complete = end === RunEnd.done || end === RunEnd.stuck;
    const elapsedUs = recorder.nowUs;
    const last = { timeUs: elapsedUs, complete };
    const { verdict, checks } = this.#judge.finish(last);
    return {
      scenario: this.#scenario,
      verdict,
      checks,
      digest: this.#digest.hex(),
      complete,
      elapsedUs,
      events: recorder.size,
      steps: kernel.steps,
      ticks: this.#engine?.signalsMade ?? 0,
      trades: this.#judge.book.orders.executedCount,
      lock: this.#lockStats.finish(last, this.#judge.book),
      pnl: this.#reconciliation.finish(this.#judge.book),
      taskNames: this.taskNames,
      segments: [],
    };
  }
}
