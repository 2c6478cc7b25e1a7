/**
 * The simulated gateway with its sockets and network, under any driver.
 *
 * Invariant: its tasks come after those that are there when it begins to serve.
 */
import type { Scenario } from '../scenario/schema.ts';
import type { Recorder } from '../trace/recorder.ts';
import { TradingDesk } from '../trading/desk.ts';
import type { GatewayReply, GatewayRequest } from '../trading/protocol.ts';
import type { RequestSocket, SocketOptions } from '../zmq/contract.ts';
import type { PathOptions } from '../zmq/faults.ts';
import type { SocketParts } from '../zmq/faulty-sockets.ts';
import { Network } from '../zmq/network.ts';
import { REP_DEFAULTS, RepSocket } from '../zmq/rep-socket.ts';
import { ReqSocket } from '../zmq/req-socket.ts';
import { deskPartsOf, GatewayProcess } from './gateway-process.ts';
import type { Parts } from './parts.ts';
import type { SocketSource } from './socket-parts.ts';
import type { TaskDriver } from './task-driver.ts';
import { type Tracking, UNTRACKED } from './tracking.ts';

/** Whose tasks and events those of the gateway are. */
export interface SimulatedEndHost {
  readonly kernel: TaskDriver;
  readonly recorder: Recorder;
  /** Names by task id; grows when the gateway begins to serve. */
  readonly taskNames: string[];
}

/** What differs from a plain far end. */
export interface SimulatedEndOptions {
  /** Makes the sockets that ask, in place of the correct one. */
  readonly createSocket?: Parts['createSocket'];
  /** Decides over the network's faults in place of chance. */
  readonly choose?: PathOptions['choose'];
  readonly tracking?: Tracking;
}

export class SimulatedEnd implements SocketSource {
  readonly #taskNames: string[];
  /** What every socket that asks is made of. */
  readonly #around: Pick<
    SocketParts<GatewayRequest, GatewayReply>,
    'driver' | 'recorder' | 'network'
  >;
  readonly #createSocket: SimulatedEndOptions['createSocket'];
  readonly #gateway: GatewayProcess;

  constructor(scenario: Scenario, host: SimulatedEndHost, options: SimulatedEndOptions = {}) {
    const { kernel, recorder, taskNames } = host;
    const { createSocket, choose, tracking = UNTRACKED } = options;
    const { seed, symbols, endpoint } = scenario;
    const { latencyUs, faults } = endpoint;
    const driver = tracking.wire(kernel);
    const symbolNames = symbols.map(({ name }) => name);
    const path = { seed, symbolNames, latencyUs, faults, choose };
    const network = new Network<GatewayRequest, GatewayReply>(driver, recorder, path);
    const rep = new RepSocket(driver, recorder, network, REP_DEFAULTS);
    const desk = new TradingDesk(deskPartsOf(scenario, recorder));
    const process = { scenario, kernel, recorder, desk, socket: rep, door: rep, tracking };
    this.#taskNames = taskNames;
    this.#around = { driver, recorder, network };
    this.#createSocket = createSocket;
    this.#gateway = new GatewayProcess(process);
    rep.bind();
  }

  createSocket(
    object: number,
    options: SocketOptions,
  ): RequestSocket<GatewayRequest, GatewayReply> {
    const { driver, recorder, network } = this.#around;
    return this.#createSocket === undefined
      ? new ReqSocket(driver, recorder, network, options, object)
      : this.#createSocket({ driver, recorder, network, options, object });
  }

  /** Lets the gateway serve, and fail when the scenario says so. */
  serve(): void {
    this.#gateway.serve(this.#taskNames);
  }

  /** The gateway's last word. */
  stampBooks(): void {
    this.#gateway.stampBooks();
  }
}
