/**
 * Builds everything that a scenario describes: tasks, locks, sockets, gateway, risk and aggregator.
 *
 * The world is the system under test; nothing here judges it. Invariant: the parts are made and
 * started in a fixed order, so that task numbers and the default schedule depend on the scenario
 * only.
 */
import { RandomStream } from '../base/random.ts';
import type { Footprints } from '../kernel/footprints.ts';
import { Kernel, type Timing } from '../kernel/kernel.ts';
import type { Oracle } from '../kernel/oracle.ts';
import { type Driver, sleep, type TaskBody, type TaskRef } from '../kernel/task.ts';
import type { Lock, LockImplementation } from '../locks/contract.ts';
import { LockGuard } from '../locks/guard.ts';
import { LOCKS } from '../locks/index.ts';
import type { Scenario, SymbolSpec } from '../scenario/schema.ts';
import { EventKind, type FaultKind, NONE, ObjectId, type RunEnd } from '../trace/event.ts';
import type { Recorder } from '../trace/recorder.ts';
import { Aggregator } from '../trading/aggregator.ts';
import { TradingDesk } from '../trading/desk.ts';
import { Gateway } from '../trading/gateway.ts';
import { heartbeat, otherClient } from '../trading/heartbeat.ts';
import { createMarket } from '../trading/market.ts';
import { type Numbering, OrderDesk } from '../trading/order-desk.ts';
import type { GatewayReply, GatewayRequest } from '../trading/protocol.ts';
import { Risk } from '../trading/risk/risk.ts';
import { Scorekeeper } from '../trading/scorekeeper.ts';
import { Signals } from '../trading/signals.ts';
import { SymbolLoop } from '../trading/symbol-loop.ts';
import type { RequestSocket, SocketOptions, SteppingClient } from '../zmq/contract.ts';
import type { SocketParts } from '../zmq/faulty-sockets.ts';
import { LazyPirate, type PirateOptions } from '../zmq/lazy-pirate.ts';
import { Network } from '../zmq/network.ts';
import { REP_DEFAULTS, RepSocket } from '../zmq/rep-socket.ts';
import { ReqSocket } from '../zmq/req-socket.ts';
import type { Parts } from './parts.ts';
import {
  type Touch,
  touchOf,
  tracked,
  trackedServer,
  TrackedAggregator,
  TrackedClient,
  TrackedDriver,
  TrackedLock,
  TrackedRisk,
} from './tracked.ts';

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

type Client = SteppingClient<GatewayRequest, GatewayReply>;

export class World {
  readonly kernel: Kernel;
  /** Names by task id; grows while the world starts. */
  readonly taskNames: string[];
  readonly #scenario: Scenario;
  readonly #parts: Parts;
  readonly #recorder: Recorder;
  readonly #network: Network<GatewayRequest, GatewayReply>;
  readonly #rep: RepSocket<GatewayRequest, GatewayReply>;
  readonly #desk: TradingDesk;
  readonly #gateway: Gateway;
  readonly #aggregator: Aggregator;
  readonly #risk: Risk;
  readonly #numbering: Numbering;
  readonly #symbolNames: readonly string[];
  readonly #nextHold: () => number;
  readonly #exploration: Exploration | undefined;
  /** The driver of all that lies on the wire. */
  readonly #wire: Driver;
  readonly #touchWire: Touch;
  readonly #loops: SymbolLoop[] = [];
  #faultsLeft: number;
  #gatewayTask: TaskRef | undefined = undefined;

  constructor(
    scenario: Scenario,
    recorder: Recorder,
    oracle: Oracle,
    timing: Timing,
    taskNames: string[] = [],
    parts: Parts = {},
    exploration?: Exploration,
  ) {
    const { seed, endpoint, risk, timeLimitUs } = scenario;
    this.#scenario = scenario;
    this.taskNames = taskNames;
    this.#parts = parts;
    this.#recorder = recorder;
    this.#symbolNames = scenario.symbols.map((symbol) => symbol.name);
    this.kernel = new Kernel({ clock: recorder, oracle, timing, timeLimitUs, ...exploration });
    this.#exploration = exploration;
    this.#faultsLeft = exploration?.faultsMax ?? 0;
    this.#touchWire = this.#touchOf('wire');
    this.#wire = this.#driverOf(this.#touchWire);
    this.#numbering = newNumbering(this.#touchOf('numbers'));
    this.#nextHold = newCounter(this.#touchOf('holds'));
    this.#network = new Network(this.#wire, recorder, {
      seed,
      symbolNames: this.#symbolNames,
      latencyUs: endpoint.latencyUs,
      faults: endpoint.faults,
      ...(exploration === undefined ? {} : { choose: (kind) => this.#chooseFault(kind) }),
    });
    this.#rep = new RepSocket(this.#wire, recorder, this.#network, REP_DEFAULTS);
    this.#desk = new TradingDesk({
      seed,
      recorder,
      symbols: scenario.symbols.map(({ name, market }) => ({
        name,
        market: createMarket(seed, name, market),
      })),
      balanceCents: risk.drawdown.equityCents,
      options: endpoint,
    });
    this.#gateway = new Gateway({
      seed,
      driver: this.kernel,
      recorder,
      socket: this.#rep,
      desk: this.#desk,
      symbolNames: this.#symbolNames,
      options: endpoint,
    });
    const count = scenario.symbols.length;
    const { aggregator } = scenario;
    this.#risk =
      exploration === undefined
        ? new Risk(recorder, count, risk)
        : new TrackedRisk(recorder, count, risk, this.#touchOf('risk'));
    this.#aggregator =
      exploration === undefined
        ? new Aggregator(recorder, count, aggregator)
        : new TrackedAggregator(recorder, count, aggregator, this.#touchOf('aggregator'));
    this.#start();
  }

  /** How much of the work is done, 0 to 1: signals made, or time passed where time is the limit. */
  progress(): number {
    let done = 0;
    this.#loops.forEach((loop, symbol) => {
      const { signals, durationUs } = this.#scenario.symbols[symbol] as SymbolSpec;
      done += durationUs > 0 ? this.kernel.nowUs / durationUs : loop.signalsMade / signals;
    });
    return Math.min(1, done / this.#loops.length);
  }

  /** Signals of all symbols so far. */
  get signalsMade(): number {
    return this.#loops.reduce((sum, loop) => sum + loop.signalsMade, 0);
  }

  /** The last words of aggregator and gateway, and why it is over; call once, at the end. */
  finish(end: RunEnd): void {
    this.#aggregator.stampTotal(NONE);
    this.#desk.stampBooks(this.#gatewayTask?.id ?? NONE);
    this.#recorder.stamp(EventKind.end, NONE, NONE, NONE, this.kernel.unfinished, end, 0);
  }

  #start(): void {
    const { endpoint, engine } = this.#scenario;
    const exploration = this.#exploration;
    this.#rep.bind();
    const own = this.#parts.lock ?? LOCKS[this.#scenario.lock.name];
    const lock = this.#lock(own, ObjectId.socket);
    const client = this.#client(ObjectId.socket);
    const aggregatorLock =
      this.#scenario.aggregator.lock === 'fifo'
        ? this.#lock(LOCKS.fifo, ObjectId.aggregator)
        : undefined;
    const score = new Scorekeeper(this.#aggregator, aggregatorLock, this.#recorder);
    this.#scenario.symbols.forEach((_, symbol) => this.#startSymbol(symbol, lock, client, score));
    this.#gatewayTask = this.#spawn('gateway', NONE, 'daemon', (self) =>
      exploration === undefined
        ? this.#gateway.serve(self)
        : trackedServer(this.#gateway.serve(self), this.#touchWire),
    );
    if (endpoint.faults.crashes.length > 0) {
      this.#spawn('crashes', NONE, 'daemon', () =>
        exploration === undefined ? this.#crash() : tracked(this.#crash(), this.#touchWire),
      );
    }
    if (engine.heartbeatUs > 0) this.#startHeartbeat(lock, client);
    for (let n = 0; n < endpoint.otherClients; n++) this.#startOtherClient(n);
  }

  #startSymbol(symbol: number, lock: Lock, client: Client, score: Scorekeeper): void {
    const { seed, symbols, engine, socket } = this.#scenario;
    const spec = symbols[symbol] as SymbolSpec;
    const driver = this.kernel;
    const recorder = this.#recorder;
    const risk = this.#risk;
    const desk = new OrderDesk({
      driver,
      recorder,
      client,
      risk,
      numbering: this.#numbering,
      // Field by field: worlds are built by the thousand, and spreading is slow.
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
    const loop = new SymbolLoop({
      driver,
      recorder,
      options: engine,
      spec,
      symbol,
      intervals: new RandomStream(seed, spec.name, 'interval'),
      signals: new Signals(seed, spec.name, spec.market),
      lock,
      desk,
      score,
      risk,
    });
    this.#loops.push(loop);
    this.#spawn(spec.name, symbol, 'worker', (self) => loop.run(self));
  }

  #startHeartbeat(lock: Lock, client: Client): void {
    const { engine } = this.#scenario;
    this.#spawn('heartbeat', NONE, 'daemon', (self) =>
      heartbeat(self, {
        driver: this.kernel,
        recorder: this.#recorder,
        client,
        numbering: this.#numbering,
        risk: this.#risk,
        lock: engine.heartbeatLock === 'shared' ? lock : undefined,
        periodUs: engine.heartbeatUs,
        nextHold: this.#nextHold,
      }),
    );
  }

  #startOtherClient(n: number): void {
    const { seed, endpoint } = this.#scenario;
    const client = this.#client(ObjectId.sideSocket + n);
    this.#spawn(`other-${n + 1}`, NONE, 'daemon', (self) =>
      otherClient(self, {
        client,
        numbering: this.#numbering,
        thinkUs: endpoint.otherThinkUs,
        thinking: new RandomStream(seed, `other-${n + 1}`, 'think'),
      }),
    );
  }

  /** Kills the gateway and brings it back, as often as the scenario says. */
  *#crash(): TaskBody {
    const crashes = [...this.#scenario.endpoint.faults.crashes].sort((x, y) => x.atUs - y.atUs);
    for (const { atUs, forUs } of crashes) {
      yield sleep(Math.max(1, atUs - this.kernel.nowUs));
      this.#rep.crash();
      this.#gateway.crash();
      yield sleep(Math.max(1, forUs));
      this.#rep.restart();
      this.#gateway.restart();
    }
  }

  #lock(implementation: LockImplementation, object: number): Lock {
    const { timeoutUs, leaseUs } = this.#scenario.lock;
    const guarded = object === ObjectId.socket;
    const options = {
      object,
      timeoutUs: guarded ? orLimitless(timeoutUs) : Infinity,
      leaseUs: guarded ? leaseUs : 0,
    };
    const touch = this.#touchOf(`lock.${object}`);
    const driver = this.#driverOf(touch);
    const guard = new LockGuard(implementation, driver, this.#recorder, options, this.#nextHold);
    return this.#exploration === undefined ? guard : new TrackedLock(guard, touch);
  }

  #client(object: number): Client {
    const { socket } = this.#scenario;
    const options: SocketOptions = {
      profile: socket.profile,
      sendTimeoutUs: orLimitless(socket.sendTimeoutUs),
      receiveTimeoutUs: orLimitless(socket.receiveTimeoutUs),
      lingerUs: socket.lingerUs,
      immediate: socket.immediate,
      relaxed: socket.relaxed,
      correlate: socket.correlate,
    };
    const { createSocket = newReqSocket, createClient = newClient } = this.#parts;
    const driver = this.#wire;
    const recorder = this.#recorder;
    const network = this.#network;
    const req = createSocket({ driver, recorder, network, options, object });
    const client = createClient(driver, req, socket);
    return this.#exploration === undefined ? client : new TrackedClient(client, this.#touchWire);
  }

  /** The kernel, or the kernel with deliveries that note what they use. */
  #driverOf(touch: Touch): Driver {
    return this.#exploration === undefined ? this.kernel : new TrackedDriver(this.kernel, touch);
  }

  #touchOf(name: string): Touch {
    return this.#exploration === undefined
      ? () => undefined
      : touchOf(this.#exploration.footprints, name);
  }

  /** Whether a fault befalls a message now; the wire is in use already. */
  #chooseFault(kind: FaultKind): number {
    if (this.#faultsLeft === 0) return 0;
    const pick = this.kernel.choose(2, kind);
    this.#faultsLeft -= pick;
    return pick;
  }

  #spawn(
    name: string,
    symbol: number,
    kind: 'worker' | 'daemon',
    body: (self: TaskRef) => TaskBody,
  ): TaskRef {
    const task = this.kernel.spawn(name, symbol, kind, body);
    this.taskNames[task.id] = name;
    return task;
  }
}

function newReqSocket(
  parts: SocketParts<GatewayRequest, GatewayReply>,
): RequestSocket<GatewayRequest, GatewayReply> {
  const { driver, recorder, network, options, object } = parts;
  return new ReqSocket(driver, recorder, network, options, object);
}

function newClient(
  driver: Driver,
  socket: RequestSocket<GatewayRequest, GatewayReply>,
  options: PirateOptions,
): Client {
  return new LazyPirate(driver, socket, options);
}

/** In a scenario 0 stands for "no limit". */
function orLimitless(us: number): number {
  return us === 0 ? Infinity : us;
}

function newCounter(touch: Touch): () => number {
  let last = 0;
  return () => {
    touch();
    return ++last;
  };
}

function newNumbering(touch: Touch): Numbering {
  return { nextRequest: newCounter(touch), nextOrder: newCounter(touch) };
}
