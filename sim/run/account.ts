/**
 * What all symbols of an engine share: risk rules, order desks, aggregator, and the tasks beside
 * them.
 *
 * Which lock guards the socket and which client asks the gateway is decided outside, and so is who
 * runs the symbols: loops on the same driver, or in threads of their own. Invariant: orders and
 * requests are numbered here, so that a number is unique within a run.
 */
import { RandomStream } from '../base/random.ts';
import type { TaskBody, TaskRef } from '../kernel/task.ts';
import type { Lock } from '../locks/contract.ts';
import { LOCKS } from '../locks/index.ts';
import type { Scenario, SymbolSpec } from '../scenario/schema.ts';
import { NONE, ObjectId } from '../trace/event.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { Aggregator } from '../trading/aggregator.ts';
import type { DeskMemory } from '../trading/desk-memory.ts';
import { heartbeat, otherClient } from '../trading/heartbeat.ts';
import { type Numbering, OrderDesk } from '../trading/order-desk.ts';
import type { Risk, RiskMemory } from '../trading/risk/risk.ts';
import { Scorekeeper } from '../trading/scorekeeper.ts';
import type { GatewayClient } from './parts.ts';
import { guardedLock, orLimitless } from './socket-parts.ts';
import { spawnNamed, type TaskDriver } from './task-driver.ts';
import { type Tracking, UNTRACKED } from './tracking.ts';

/** What an engine has to know again after a restart; times on the clock of its run. */
export interface EngineMemory {
  /** The highest number that an order has had. */
  readonly lastOrder: number;
  /** By symbol, in the scenario's order. */
  readonly desks: readonly DeskMemory[];
  readonly risk: RiskMemory;
}

/**
 * A memory, and by how much its clock is ahead of this run's, in microseconds (below 0: behind).
 */
export interface Recollection {
  readonly memory: EngineMemory;
  readonly shiftUs: number;
}

export interface AccountParts {
  readonly scenario: Scenario;
  readonly driver: TaskDriver;
  readonly recorder: Recorder;
  /** Makes the client on the socket of that number in the trace. */
  readonly createClient: (object: number) => GatewayClient;
  /** Numbers holds that no lock elsewhere has numbered. */
  readonly nextHold: () => number;
  /** Names by task id; grows as tasks start. */
  readonly taskNames: string[];
  readonly tracking?: Tracking;
}

export class Account {
  readonly risk: Risk;
  readonly score: Scorekeeper;
  /** By symbol. */
  readonly desks: readonly OrderDesk[];
  readonly #parts: AccountParts;
  readonly #aggregator: Aggregator;
  readonly #client: GatewayClient;
  #lastOrder = 0;
  #lastRequest = 0;
  readonly #numbering: Numbering;

  constructor(parts: AccountParts) {
    const { scenario, driver, recorder, nextHold, tracking = UNTRACKED } = parts;
    const symbolCount = scenario.symbols.length;
    this.#parts = parts;
    this.#numbering = {
      nextRequest: tracking.counter('numbers', () => ++this.#lastRequest),
      nextOrder: tracking.counter('numbers', () => ++this.#lastOrder),
    };
    this.risk = tracking.risk(recorder, symbolCount, scenario.risk);
    this.#aggregator = tracking.aggregator(recorder, symbolCount, scenario.aggregator);
    this.#client = this.#makeClient(ObjectId.socket);
    const around = { scenario, driver, recorder, nextHold, tracking };
    const lock =
      scenario.aggregator.lock === 'fifo'
        ? guardedLock(around, LOCKS.fifo, ObjectId.aggregator)
        : undefined;
    this.score = new Scorekeeper(this.#aggregator, lock, recorder);
    this.desks = scenario.symbols.map((spec, symbol) => this.#makeDesk(spec, symbol));
  }

  /** What it would have to know again after a restart. */
  get memory(): EngineMemory {
    const desks = this.desks.map((desk) => desk.memory);
    return { lastOrder: this.#lastOrder, desks, risk: this.risk.memory };
  }

  /** Knows again what an earlier run knew. */
  recall({ memory, shiftUs }: Recollection): void {
    this.#lastOrder = memory.lastOrder;
    this.risk.recall(memory.risk, shiftUs, this.#parts.driver.nowUs);
    this.desks.forEach((desk, symbol) => {
      const known = memory.desks[symbol];
      if (known !== undefined) desk.recall(known);
    });
  }

  /** Starts what asks the gateway beside the symbols; a heartbeat may use the socket's lock. */
  startBeside(socketLock: Lock): void {
    const { engine, endpoint } = this.#parts.scenario;
    if (engine.heartbeatUs > 0) this.#startHeartbeat(socketLock);
    for (let n = 0; n < endpoint.otherClients; n++) this.#startOtherClient(n);
  }

  /** The aggregator's last word. */
  stampTotal(): void {
    this.#aggregator.stampTotal(NONE);
  }

  #startHeartbeat(socketLock: Lock): void {
    const { scenario, driver, recorder, nextHold } = this.#parts;
    const { heartbeatLock, heartbeatUs } = scenario.engine;
    this.#spawn('heartbeat', (self) =>
      heartbeat(self, {
        ...{ driver, recorder, client: this.#client, risk: this.risk, nextHold },
        ...{ numbering: this.#numbering, periodUs: heartbeatUs },
        lock: heartbeatLock === 'shared' ? socketLock : undefined,
      }),
    );
  }

  #startOtherClient(n: number): void {
    const { seed, endpoint } = this.#parts.scenario;
    const client = this.#makeClient(ObjectId.sideSocket + n);
    const name = `other-${n + 1}`;
    this.#spawn(name, (self) =>
      otherClient(self, {
        client,
        numbering: this.#numbering,
        thinkUs: endpoint.otherThinkUs,
        thinking: new RandomStream(seed, name, 'think'),
      }),
    );
  }

  #makeClient(object: number): GatewayClient {
    const { createClient, tracking = UNTRACKED } = this.#parts;
    return tracking.client(createClient(object));
  }

  #makeDesk(spec: SymbolSpec, symbol: number): OrderDesk {
    const { scenario, driver, recorder } = this.#parts;
    const { socket, engine } = scenario;
    return new OrderDesk({
      driver,
      recorder,
      client: this.#client,
      risk: this.risk,
      numbering: this.#numbering,
      // Field by field: runs are made by the thousand, and spreading is slow.
      options: {
        lostOrder: socket.lostOrder,
        resendId: socket.resendId,
        queryFirst: engine.queryFirst,
        failedQuery: engine.failedQuery,
        orderValidUs: orLimitless(socket.receiveTimeoutUs),
      },
      symbol,
      volumeMilli: spec.volumeMilli,
      roundTrip: spec.market.kind === 'reference',
    });
  }

  #spawn(name: string, body: (self: TaskRef) => TaskBody): void {
    spawnNamed(this.#parts, name, NONE, 'daemon', body);
  }
}
