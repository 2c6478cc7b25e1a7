/**
 * Everything that a scenario describes, under the virtual driver: engine, sockets and gateway.
 *
 * The world is the system under test; nothing here judges it. Invariant: the parts are made and
 * started in a fixed order, so that task numbers and the default schedule depend on the scenario
 * only. An explorer makes worlds by the thousand: its parts offer methods. A function kept in a
 * field, over a constructor's variables, was seen to keep each world from being collected soon, at
 * half the speed of a search.
 */
import type { Footprints } from '../kernel/footprints.ts';
import { Kernel } from '../kernel/kernel.ts';
import type { Oracle } from '../kernel/oracle.ts';
import type { Scenario } from '../scenario/schema.ts';
import { EventKind, type FaultKind, NONE, type RunEnd } from '../trace/event.ts';
import type { Recorder } from '../trace/recorder.ts';
import { Engine } from './engine.ts';
import type { Parts } from './parts.ts';
import { SimulatedEnd } from './simulated-end.ts';
import { pirateOn } from './socket-parts.ts';
import { FootprintTracking, UNTRACKED } from './tracking.ts';

/** What bounds an explored world, and where it notes what its steps do. */
export interface Exploration {
  readonly footprints: Footprints;
  /** How many random faults of the network may befall messages in one run. */
  readonly faultsMax: number;
  /** How often a daemon (a heartbeat, another client) may sleep in one run. */
  readonly daemonSleepsMax: number;
  /** How many deadlines may pass early in one run; further ones pass when all else is quiet. */
  readonly deadlinesMax: number;
}

export interface WorldParts {
  readonly scenario: Scenario;
  readonly recorder: Recorder;
  readonly oracle: Oracle;
  /** Names by task id; grows while the world starts. */
  readonly taskNames: string[];
  /** Parts that take the place of the scenario's own. */
  readonly parts: Parts;
  /** In abstract time, where anything pending may come next, instead of virtual time. */
  readonly exploration: Exploration | undefined;
}

export class World {
  readonly kernel: Kernel;
  readonly #recorder: Recorder;
  readonly #engine: Engine;
  readonly #end: SimulatedEnd;

  constructor({ scenario, recorder, oracle, taskNames, parts, exploration }: WorldParts) {
    const explored = exploration !== undefined;
    const kernel = new Kernel({
      clock: recorder,
      oracle,
      timing: explored ? 'abstract' : 'virtual',
      timeLimitUs: scenario.timeLimitUs,
      ...exploration,
    });
    const tracking = explored ? new FootprintTracking(exploration.footprints) : UNTRACKED;
    const wire = tracking.wire(kernel);
    const { createSocket, createClient } = parts;
    const choose = explored ? boundedFaults(kernel, exploration.faultsMax) : undefined;
    const host = { kernel, recorder, taskNames };
    const end = new SimulatedEnd(scenario, host, { createSocket, choose, tracking });
    this.kernel = kernel;
    this.#recorder = recorder;
    this.#end = end;
    this.#engine = new Engine({
      scenario,
      driver: kernel,
      recorder,
      createClient: (object) => pirateOn(scenario, wire, end, object, createClient),
      taskNames,
      tracking,
      lock: parts.lock,
    });
    this.#engine.startSymbols();
    end.serve();
    this.#engine.startBeside();
  }

  /** How much of the work is done, 0 to 1: signals made, or time passed where time is the limit. */
  progress(): number {
    return this.#engine.progress();
  }

  /** Signals of all symbols so far. */
  get signalsMade(): number {
    return this.#engine.signalsMade;
  }

  /** The last words of aggregator and gateway; call once, at the end. */
  stampLastWords(): void {
    this.#engine.stampTotal();
    this.#end.stampBooks();
  }

  /** The last words, and why it is over, for a world that nobody else ends. */
  finish(end: RunEnd): void {
    this.stampLastWords();
    this.#recorder.stamp(EventKind.end, NONE, NONE, NONE, this.kernel.unfinished, end, 0);
  }
}

/** Decides by the oracle whether a fault befalls a message, so often in all. */
function boundedFaults(kernel: Kernel, faultsMax: number): (kind: FaultKind) => number {
  let left = faultsMax;
  return (kind) => {
    if (left === 0) return 0;
    const pick = kernel.choose(2, kind);
    left -= pick;
    return pick;
  };
}
