/**
 * The reference gateway: the simulated gateway's own desk, task and faults behind real sockets.
 *
 * A REP socket answers the six actions; where the scenario drops, doubles or delays messages a
 * ROUTER takes its place. A PUB socket publishes prices. Invariant: what it does to a request, and
 * when, is decided by the same code and the same random streams as in a simulated run. It can share
 * kernel and recorder with an engine in the same process; then its executions and faults stand in
 * the trace of that run, in the one order.
 */
import {
  deskPartsOf,
  Directory,
  GatewayProcess,
  mayBefall,
  type RealTimeKernel,
  type Recorder,
  type Scenario,
  TradingDesk,
} from '../../sim/index.ts';
import { type DeskJournal, DurableDesk } from './durable-desk.ts';
import type { Front, FrontParts } from './front.ts';
import { TickPublisher } from './publisher.ts';
import { RepFront } from './rep-front.ts';
import { RouterFront } from './router-front.ts';

export interface GatewayParts {
  readonly kernel: RealTimeKernel;
  readonly recorder: Recorder;
  readonly scenario: Scenario;
  /** Seed of the uuids that it reads as numbers of its own. */
  readonly uuidSeed: number;
  /** The instant that time 0 of the run stands for, in microseconds since 1970. */
  readonly originUs: () => number;
  /** Where its executions are kept, if they are to outlive the process. */
  readonly journal?: DeskJournal | undefined;
}

/** Where it listens: a host, and ports of which 0 is any free one. */
export interface GatewayPlace {
  readonly host: string;
  readonly port: number;
  readonly pubPort: number;
}

/** The addresses of its two sockets, for clients. */
export interface GatewayAddresses {
  readonly requests: string;
  readonly ticks: string;
}

export class ReferenceGateway {
  readonly #front: Front;
  readonly #publisher: TickPublisher;
  readonly #process: GatewayProcess;

  constructor(parts: GatewayParts) {
    const { kernel, recorder, scenario, uuidSeed, originUs, journal } = parts;
    const deskParts = deskPartsOf(scenario, recorder);
    const directory = new Directory(
      uuidSeed,
      deskParts.symbols.map(({ name }) => name),
    );
    const recorded = (): Promise<void> | undefined => journal?.recorded;
    const frontParts: FrontParts = { kernel, recorder, directory, originUs, recorded };
    this.#front = meddles(scenario)
      ? new RouterFront(frontParts, scenario)
      : new RepFront(frontParts);
    this.#publisher = new TickPublisher(kernel, deskParts.symbols);
    this.#process = new GatewayProcess({
      ...{ scenario, kernel, recorder, socket: this.#front.socket },
      desk:
        journal === undefined
          ? new TradingDesk(deskParts)
          : new DurableDesk(deskParts, directory, journal),
      door: { crash: () => this.#crash(), restart: () => this.#restart() },
    });
  }

  /** Opens both sockets. */
  async open({ host, port, pubPort }: GatewayPlace): Promise<GatewayAddresses> {
    const ticks = await this.#publisher.open(addressOf(host, pubPort));
    try {
      return { requests: await this.#front.open(addressOf(host, port)), ticks };
    } catch (error) {
      this.#publisher.close();
      throw error;
    }
  }

  /** Spawns its tasks: the one that serves, and the one that kills and revives it. */
  serve(taskNames: string[]): void {
    this.#process.serve(taskNames);
  }

  /** Its last word: the books of every symbol and of the account. */
  stampBooks(): void {
    this.#process.stampBooks();
  }

  close(): void {
    this.#front.close();
    this.#publisher.close();
  }

  #crash(): void {
    this.#publisher.up = false;
    this.#front.crash();
  }

  #restart(): void {
    this.#front.restart();
    this.#publisher.up = true;
  }
}

/** Whether a scenario does to messages what REP cannot. */
function meddles({ endpoint: { latencyUs, faults } }: Scenario): boolean {
  return latencyUs[1] > 0 || mayBefall(faults);
}

function addressOf(host: string, port: number): string {
  const literal = host.includes(':') ? `[${host}]` : host;
  return `tcp://${literal}:${port === 0 ? '*' : port}`;
}
