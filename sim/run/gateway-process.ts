/**
 * A scenario's gateway behind whatever socket: its desk, the task that serves, and its crashes.
 *
 * The simulated end of a run and the reference gateway on real sockets are the same process behind
 * other doors. Known limit: a crash whose time has passed when it begins to serve does not come.
 */
import { sleep, type TaskBody } from '../kernel/task.ts';
import type { Scenario } from '../scenario/schema.ts';
import { NONE } from '../trace/event.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { DeskParts, TradingDesk } from '../trading/desk.ts';
import { Gateway, type GatewayParts } from '../trading/gateway.ts';
import { createMarket } from '../trading/market.ts';
import { spawnNamed, type TaskDriver } from './task-driver.ts';
import { type Tracking, UNTRACKED } from './tracking.ts';

export interface GatewayProcessParts {
  readonly scenario: Scenario;
  readonly kernel: TaskDriver;
  readonly recorder: Recorder;
  readonly desk: TradingDesk;
  readonly socket: GatewayParts['socket'];
  /** What dies and comes back with the process: its end of the connections. */
  readonly door: { crash(): void; restart(): void };
  readonly tracking?: Tracking;
}

export class GatewayProcess {
  readonly #parts: GatewayProcessParts;
  readonly #gateway: Gateway;
  #task: number = NONE;

  constructor(parts: GatewayProcessParts) {
    const { scenario, kernel: driver, recorder, desk, socket } = parts;
    const { seed, endpoint: options } = scenario;
    const symbolNames = scenario.symbols.map(({ name }) => name);
    this.#parts = parts;
    this.#gateway = new Gateway({ seed, driver, recorder, socket, desk, symbolNames, options });
  }

  /** Spawns its tasks, the one that serves and the one that kills and revives it. */
  serve(taskNames: string[]): void {
    const { scenario, kernel, tracking = UNTRACKED } = this.#parts;
    const host = { driver: kernel, taskNames };
    const serving = spawnNamed(host, 'gateway', NONE, 'daemon', (self) =>
      tracking.server(this.#gateway.serve(self)),
    );
    this.#task = serving.id;
    if (scenario.endpoint.faults.crashes.length === 0) return;
    spawnNamed(host, 'crashes', NONE, 'daemon', () => tracking.meddler(this.#crash(kernel.nowUs)));
  }

  /** Its last word: the books of every symbol and of the account. */
  stampBooks(): void {
    this.#parts.desk.stampBooks(this.#task);
  }

  /** Kills it and brings it back, as often as the scenario says from `sinceUs` on. */
  *#crash(sinceUs: number): TaskBody {
    const { scenario, kernel, door } = this.#parts;
    const crashes = scenario.endpoint.faults.crashes
      .filter(({ atUs }) => atUs >= sinceUs)
      .sort((x, y) => x.atUs - y.atUs);
    for (const { atUs, forUs } of crashes) {
      yield sleep(Math.max(1, atUs - kernel.nowUs));
      door.crash();
      this.#gateway.crash();
      yield sleep(Math.max(1, forUs));
      door.restart();
      this.#gateway.restart();
    }
  }
}

/** What the scenario's trading desk is made of: its markets, its balance and its habits. */
export function deskPartsOf(scenario: Scenario, recorder: Recorder): DeskParts {
  const { seed, endpoint: options, risk } = scenario;
  const symbols = scenario.symbols.map(({ name, market }) => ({
    name,
    market: createMarket(seed, name, market),
  }));
  return { seed, recorder, symbols, balanceCents: risk.drawdown.equityCents, options };
}
