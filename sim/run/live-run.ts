/**
 * A run in real time, over sockets that somebody else brings: recorded and checked, not replayable.
 *
 * The engine, the judge and the statistics are those of a simulated run; only the driver and the
 * sockets differ. Invariant: events are stamped by one thread in the order in which they happened
 * there, so the trace has one total order.
 */
import { assert } from '../base/assert.ts';
import { type RealTimeEnd, RealTimeKernel, type WallClock } from '../kernel/real-time.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { Recorder, SegmentReader } from '../trace/recorder.ts';
import type { EngineMemory, Recollection } from './account.ts';
import { Engine } from './engine.ts';
import type { GatewayClient } from './parts.ts';
import { RecordedRun } from './recorded-run.ts';
import type { RunResult } from './result.ts';
import { pirateOn, type SocketSource } from './socket-parts.ts';

export interface LiveRunOptions {
  readonly wall: WallClock;
  /** Further readers of the trace; they get each segment once, in order. */
  readonly readers: readonly SegmentReader[];
  /** Called between turns of the kernel, when no step is under way. */
  readonly betweenTurns?: (() => void) | undefined;
}

export interface LiveStart {
  readonly sockets: SocketSource;
  /** What an earlier run knew, if there was one. */
  readonly recollection?: Recollection | undefined;
}

export class LiveRun {
  readonly kernel: RealTimeKernel;
  readonly #scenario: Scenario;
  readonly #recorded: RecordedRun;
  #engine: Engine | undefined = undefined;
  #result: RunResult | undefined = undefined;

  constructor(scenario: Scenario, { wall, readers, betweenTurns }: LiveRunOptions) {
    this.#scenario = scenario;
    this.#recorded = new RecordedRun(scenario, { readers });
    const { timeLimitUs } = scenario;
    this.kernel = new RealTimeKernel({
      ...{ clock: this.recorder, wall, timeLimitUs },
      ...(betweenTurns === undefined ? {} : { betweenTurns }),
    });
  }

  /** For whoever stamps what the other end of the sockets does. */
  get recorder(): Recorder {
    return this.#recorded.recorder;
  }

  /** Names by task id; grows as tasks start. */
  get taskNames(): string[] {
    return this.#recorded.taskNames;
  }

  /** What the engine would have to know again after a restart; undefined before the start. */
  get memory(): EngineMemory | undefined {
    return this.#engine?.memory;
  }

  /** Starts; `finished` is called once, when the run is over. */
  start({ sockets, recollection }: LiveStart, finished: (end: RealTimeEnd) => void): void {
    assert(this.#engine === undefined, 'expected to be started once');
    const { kernel: driver, recorder, taskNames } = this;
    const scenario = this.#scenario;
    const createClient = (object: number): GatewayClient =>
      pirateOn(scenario, driver, sockets, object);
    this.#engine = new Engine({ scenario, driver, recorder, createClient, taskNames });
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
    const { end, unfinished, steps } = this.kernel;
    assert(end !== undefined, 'expected a run that is over, and not by a crash');
    this.#engine?.stampTotal();
    lastWords();
    const ticks = this.#engine?.signalsMade ?? 0;
    return this.#recorded.finish({ end, unfinished, steps, ticks });
  }
}
