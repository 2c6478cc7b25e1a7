/**
 * The simulated gateway and its sockets in real time: everything but the driver as in a world.
 *
 * Invariant: its task comes after those that are there when it begins to serve. Known limit: other
 * than in a world nothing of it is tracked, so it is not for exploring.
 */
import { sleep, type TaskBody } from '../kernel/task.ts';
import type { Scenario } from '../scenario/schema.ts';
import { NONE } from '../trace/event.ts';
import type { Recorder } from '../trace/recorder.ts';
import { TradingDesk } from '../trading/desk.ts';
import { Gateway } from '../trading/gateway.ts';
import { createMarket } from '../trading/market.ts';
import type { GatewayReply, GatewayRequest } from '../trading/protocol.ts';
import { Network } from '../zmq/network.ts';
import { REP_DEFAULTS, RepSocket } from '../zmq/rep-socket.ts';
import { ReqSocket } from '../zmq/req-socket.ts';
import type { EngineParts } from './engine.ts';
import type { TaskDriver } from './task-driver.ts';

/** Whose tasks and events those of the gateway are. */
export interface SimulatedEndHost {
  readonly kernel: TaskDriver;
  readonly recorder: Recorder;
  /** Names by task id; grows when the gateway begins to serve. */
  readonly taskNames: string[];
}

export class SimulatedEnd {
  readonly createSocket: EngineParts['createSocket'];
  readonly #scenario: Scenario;
  readonly #host: SimulatedEndHost;
  readonly #rep: RepSocket<GatewayRequest, GatewayReply>;
  readonly #desk: TradingDesk;
  readonly #gateway: Gateway;
  #gatewayTask: number = NONE;

  constructor(scenario: Scenario, host: SimulatedEndHost) {
    const { kernel, recorder } = host;
    const { seed, symbols, endpoint, risk } = scenario;
    const symbolNames = symbols.map(({ name }) => name);
    const { latencyUs, faults } = endpoint;
    const path = { seed, symbolNames, latencyUs, faults };
    const network = new Network<GatewayRequest, GatewayReply>(kernel, recorder, path);
    this.#scenario = scenario;
    this.#host = host;
    this.#rep = new RepSocket(kernel, recorder, network, REP_DEFAULTS);
    this.#desk = new TradingDesk({
      ...{ seed, recorder, balanceCents: risk.drawdown.equityCents, options: endpoint },
      symbols: symbols.map(({ name, market }) => ({
        name,
        market: createMarket(seed, name, market),
      })),
    });
    this.#gateway = new Gateway({
      ...{ seed, recorder, symbolNames, driver: kernel, socket: this.#rep, desk: this.#desk },
      options: endpoint,
    });
    this.createSocket = (object, options) =>
      new ReqSocket(kernel, recorder, network, options, object);
    this.#rep.bind();
  }

  /** Lets the gateway serve, and fail when the scenario says so. */
  serve(): void {
    this.#gatewayTask = this.#spawn('gateway', (self) => this.#gateway.serve(self));
    const { crashes } = this.#scenario.endpoint.faults;
    if (crashes.length > 0) this.#spawn('crashes', () => this.#crash());
  }

  /** The gateway's last word. */
  readonly stampBooks = (): void => this.#desk.stampBooks(this.#gatewayTask);

  #spawn(name: string, makeBody: Parameters<TaskDriver['spawn']>[3]): number {
    const { id } = this.#host.kernel.spawn(name, NONE, 'daemon', makeBody);
    this.#host.taskNames[id] = name;
    return id;
  }

  /** Kills the gateway and brings it back, as often as the scenario says. */
  *#crash(): TaskBody {
    const crashes = [...this.#scenario.endpoint.faults.crashes].sort((x, y) => x.atUs - y.atUs);
    for (const { atUs, forUs } of crashes) {
      yield sleep(Math.max(1, atUs - this.#host.kernel.nowUs));
      this.#rep.crash();
      this.#gateway.crash();
      yield sleep(Math.max(1, forUs));
      this.#rep.restart();
      this.#gateway.restart();
    }
  }
}
