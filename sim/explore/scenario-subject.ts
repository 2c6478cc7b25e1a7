/**
 * The engine's own tasks as a subject: a scenario, executed in abstract time.
 *
 * One atomic step is one resumption of a task or one delivery. Every sleeping task, deadline and
 * delivery may come next, so no duration hides a race; every fault that the scenario makes possible
 * is chosen or not, up to a bound. Known limit: what one attempt builds is built anew for the next.
 */
import { CHECKS } from '../check/checks/index.ts';
import { EXPLORED } from '../check/sources.ts';
import { Footprints } from '../kernel/footprints.ts';
import type { Oracle } from '../kernel/oracle.ts';
import { factsOf } from '../run/facts.ts';
import type { Parts } from '../run/parts.ts';
import { Run } from '../run/run.ts';
import { type Exploration, World } from '../run/world.ts';
import type { Scenario } from '../scenario/schema.ts';
import { RunEnd } from '../trace/event.ts';
import { mayBefall } from '../zmq/faults.ts';
import { Attempt, type ExploredResult } from './attempt.ts';
import { NotingOracle, PlacingOracle } from './choices.ts';
import { QuickJudge } from './quick-judge.ts';
import type { Subject } from './subject.ts';

/** What bounds an execution. */
export interface Bounds {
  /** Atomic steps; an execution that needs more is cut short, and nothing is proved by it. */
  readonly stepsMax: number;
  /** Random faults of the network in one execution. */
  readonly faultsMax: number;
  /** How often a daemon (a heartbeat, another client) sleeps in one execution. */
  readonly daemonSleepsMax: number;
  /** Deadlines that pass although something else could happen, in one execution. */
  readonly deadlinesMax: number;
}

export const DEFAULT_BOUNDS: Bounds = {
  stepsMax: 5_000,
  faultsMax: 1,
  daemonSleepsMax: 2,
  deadlinesMax: 1,
};

const REQUIRED_CHECKS = CHECKS.filter(({ id }) => EXPLORED.required.has(id));

class ScenarioSubject implements Subject {
  readonly name: string;
  readonly scope: string;
  readonly reducible = true;
  readonly #scenario: Scenario;
  readonly #parts: Parts;
  readonly #bounds: Bounds;
  readonly #judge: QuickJudge;
  readonly #own = new Footprints();

  constructor(scenario: Scenario, parts: Parts, bounds: Bounds) {
    this.name = scenario.title === '' ? `${scenario.lock.name} lock` : scenario.title;
    this.scope = scopeOf(scenario, bounds);
    this.#scenario = scenario;
    this.#parts = parts;
    this.#bounds = bounds;
    const facts = { ...factsOf(scenario, [], parts.lock), durations: false };
    this.#judge = new QuickJudge(facts, REQUIRED_CHECKS);
  }

  attempt(oracle: Oracle, footprints: Footprints = this.#own): Attempt {
    const noting = new NotingOracle(oracle);
    const recorder = this.#judge.begin(footprints);
    const world = new World({
      scenario: this.#scenario,
      recorder,
      oracle: noting,
      taskNames: [],
      parts: this.#parts,
      exploration: this.#exploration(footprints),
    });
    const { kernel } = world;
    const end = kernel.run(this.#bounds.stepsMax) ? RunEnd.limit : (kernel.end ?? RunEnd.limit);
    world.finish(end);
    const complete = end === RunEnd.done || end === RunEnd.stuck;
    const { verdict, violated } = this.#judge.finish({ timeUs: recorder.lastUs, complete });
    const { steps } = kernel;
    const { choices } = noting;
    return new Attempt({ verdict, violated, choices, steps, end }, this.#witness);
  }

  readonly #witness = (oracle: Oracle): ExploredResult => {
    const exploration = this.#exploration(new Footprints());
    const placing = new PlacingOracle(
      oracle,
      (): number => run.pending.firstSeq + run.pending.size,
    );
    const run: Run = new Run(this.#scenario, {
      keepTrace: true,
      oracle: placing,
      parts: this.#parts,
      exploration,
    });
    if (run.advance(this.#bounds.stepsMax)) run.cancel();
    return { ...run.result(), choiceSeqs: placing.seqs };
  };

  #exploration(footprints: Footprints): Exploration {
    const { faultsMax, daemonSleepsMax, deadlinesMax } = this.#bounds;
    return { footprints, faultsMax, daemonSleepsMax, deadlinesMax };
  }
}

/** The engine's own tasks under `scenario`, `parts` in the place of the scenario's own. */
export function scenarioSubject(
  scenario: Scenario,
  parts: Parts = {},
  bounds: Partial<Bounds> = {},
): Subject {
  return new ScenarioSubject(scenario, parts, { ...DEFAULT_BOUNDS, ...bounds });
}

/** What is bounded here, as far as the scenario has it at all, and what a step is. */
function scopeOf(scenario: Scenario, bounds: Bounds): string {
  const { symbols, endpoint, engine, lock, socket } = scenario;
  const signals = symbols.map((symbol) => symbol.signals);
  const each = new Set(signals).size === 1 ? `${signals[0]} signals each` : signals.join(' + ');
  const limits = [`${symbols.length} symbols, ${each}`];
  const { faults } = endpoint;
  if (mayBefall(faults)) limits.push(`at most ${bounds.faultsMax} faults of the network`);
  if (lock.timeoutUs + socket.sendTimeoutUs + socket.receiveTimeoutUs > 0) {
    limits.push(`at most ${bounds.deadlinesMax} deadlines that pass early`);
  }
  if (engine.heartbeatUs + endpoint.otherClients + faults.crashes.length > 0) {
    limits.push(`at most ${bounds.daemonSleepsMax} pauses of a task that serves or disturbs`);
  }
  return (
    `${limits.join(', ')}; one atomic step is all that a task, or one delivery, does between two ` +
    'suspensions; whatever else is pending may come next.'
  );
}
