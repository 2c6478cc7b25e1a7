/**
 * The simulated gateway and its sockets for a live run: everything but the driver as in a world.
 */
import type { Scenario } from '../../scenario/schema.ts';
import { NONE } from '../../trace/event.ts';
import { TradingDesk } from '../../trading/desk.ts';
import { Gateway } from '../../trading/gateway.ts';
import { createMarket } from '../../trading/market.ts';
import type { GatewayReply, GatewayRequest } from '../../trading/protocol.ts';
import { Network } from '../../zmq/network.ts';
import { REP_DEFAULTS, RepSocket } from '../../zmq/rep-socket.ts';
import { ReqSocket } from '../../zmq/req-socket.ts';
import type { EngineParts } from '../engine.ts';
import type { LiveRun } from '../live-run.ts';

export class SimulatedEnd {
  readonly rep: RepSocket<GatewayRequest, GatewayReply>;
  readonly createSocket: EngineParts['createSocket'];
  readonly #desk: TradingDesk;
  readonly #gateway: Gateway;
  readonly #run: LiveRun;

  constructor(scenario: Scenario, run: LiveRun) {
    const { kernel, recorder } = run;
    const { seed, symbols, endpoint, risk } = scenario;
    const symbolNames = symbols.map(({ name }) => name);
    const { latencyUs, faults } = endpoint;
    const path = { seed, symbolNames, latencyUs, faults };
    const network = new Network<GatewayRequest, GatewayReply>(kernel, recorder, path);
    this.#run = run;
    this.rep = new RepSocket(kernel, recorder, network, REP_DEFAULTS);
    this.#desk = new TradingDesk({
      ...{ seed, recorder, balanceCents: risk.drawdown.equityCents, options: endpoint },
      symbols: symbols.map(({ name, market }) => ({
        name,
        market: createMarket(seed, name, market),
      })),
    });
    this.#gateway = new Gateway({
      ...{ seed, recorder, symbolNames, driver: kernel, socket: this.rep, desk: this.#desk },
      options: endpoint,
    });
    this.createSocket = (object, options) =>
      new ReqSocket(kernel, recorder, network, options, object);
    this.rep.bind();
  }

  /** Lets the gateway serve; its task comes after those that are there by then. */
  serve(): void {
    const task = this.#run.kernel.spawn('gateway', NONE, 'daemon', (self) =>
      this.#gateway.serve(self),
    );
    this.#run.taskNames[task.id] = 'gateway';
    this.#gatewayTask = task.id;
  }

  /** The gateway's last word. */
  readonly stampBooks = (): void => this.#desk.stampBooks(this.#gatewayTask);

  #gatewayTask: number = NONE;
}
