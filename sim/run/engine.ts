/**
 * The engine alone, for a driver and sockets that somebody else brings: symbol loops, the locks
 * around the socket and the aggregator, risk rules, order desks, heartbeat.
 *
 * What answers at the other end of the sockets is not its affair. Invariant: orders whose outcome
 * an earlier run left open are asked about first; no symbol signals before all of them are known.
 */
import { RandomStream } from '../base/random.ts';
import { type Driver, sleep, type TaskBody, type TaskRef } from '../kernel/task.ts';
import { type Lock, type LockImplementation, waitFor } from '../locks/contract.ts';
import { LockGuard } from '../locks/guard.ts';
import { LOCKS } from '../locks/index.ts';
import type { Scenario, SymbolSpec } from '../scenario/schema.ts';
import { EventKind, NONE, ObjectId } from '../trace/event.ts';
import type { Recorder } from '../trace/recorder.ts';
import { Aggregator } from '../trading/aggregator.ts';
import type { DeskMemory, PendingOrder } from '../trading/desk-memory.ts';
import { heartbeat, otherClient } from '../trading/heartbeat.ts';
import { type Numbering, OrderDesk } from '../trading/order-desk.ts';
import type { GatewayReply, GatewayRequest } from '../trading/protocol.ts';
import { Risk, type RiskMemory } from '../trading/risk/risk.ts';
import { Scorekeeper } from '../trading/scorekeeper.ts';
import { Signals } from '../trading/signals.ts';
import { SymbolLoop } from '../trading/symbol-loop.ts';
import type { RequestSocket, SocketOptions, SteppingClient } from '../zmq/contract.ts';
import { LazyPirate } from '../zmq/lazy-pirate.ts';

/** A driver that can be given tasks. */
export interface TaskDriver extends Driver {
  spawn(
    name: string,
    symbol: number,
    kind: 'worker' | 'daemon',
    makeBody: (self: TaskRef) => TaskBody,
  ): TaskRef;
}

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

export interface EngineParts {
  readonly scenario: Scenario;
  readonly driver: TaskDriver;
  readonly recorder: Recorder;
  /** Makes the socket of that number in the trace. */
  readonly createSocket: (
    object: number,
    options: SocketOptions,
  ) => RequestSocket<GatewayRequest, GatewayReply>;
  /** Names by task id; grows while the engine starts. */
  readonly taskNames: string[];
}

type Client = SteppingClient<GatewayRequest, GatewayReply>;

/** Pause before open outcomes are asked about once more. */
const ASK_AGAIN_US = 100_000;

export class Engine {
  readonly #parts: EngineParts;
  readonly #risk: Risk;
  readonly #aggregator: Aggregator;
  readonly #score: Scorekeeper;
  readonly #lock: Lock;
  readonly #client: Client;
  readonly #desks: readonly OrderDesk[];
  readonly #loops: SymbolLoop[] = [];
  /** Open orders of an earlier run that are being asked about. */
  #recovering = 0;
  #lastOrder = 0;
  #lastRequest = 0;
  #lastHold = 0;
  readonly #numbering: Numbering = {
    nextRequest: () => ++this.#lastRequest,
    nextOrder: () => ++this.#lastOrder,
  };

  constructor(parts: EngineParts) {
    const { scenario, recorder } = parts;
    const symbolCount = scenario.symbols.length;
    this.#parts = parts;
    this.#risk = new Risk(recorder, symbolCount, scenario.risk);
    this.#aggregator = new Aggregator(recorder, symbolCount, scenario.aggregator);
    this.#lock = this.#makeLock(LOCKS[scenario.lock.name], ObjectId.socket);
    this.#client = this.#makeClient(ObjectId.socket);
    const aggregatorLock =
      scenario.aggregator.lock === 'fifo'
        ? this.#makeLock(LOCKS.fifo, ObjectId.aggregator)
        : undefined;
    this.#score = new Scorekeeper(this.#aggregator, aggregatorLock, recorder);
    this.#desks = scenario.symbols.map((spec, symbol) => this.#makeDesk(spec, symbol));
  }

  /** What it would have to know again after a restart. */
  get memory(): EngineMemory {
    const desks = this.#desks.map((desk) => desk.memory);
    return { lastOrder: this.#lastOrder, desks, risk: this.#risk.memory };
  }

  /** Signals of all symbols so far. */
  get signalsMade(): number {
    return this.#loops.reduce((sum, loop) => sum + loop.signalsMade, 0);
  }

  /** How much of the work is done, 0 to 1: signals made, or time passed where time is the limit. */
  progress(): number {
    let done = 0;
    this.#loops.forEach((loop, symbol) => {
      const { signals, durationUs } = this.#parts.scenario.symbols[symbol] as SymbolSpec;
      const byTime = this.#parts.driver.nowUs / durationUs;
      done += Math.min(1, durationUs > 0 ? byTime : loop.signalsMade / signals);
    });
    return done / this.#desks.length;
  }

  /** Starts the tasks, after those of an earlier run's orders that have to come first. */
  start(recollection: Recollection | undefined): void {
    if (recollection === undefined) {
      this.#startAll();
      return;
    }
    // Told first: those orders went out under what the rules knew then.
    recollection.memory.desks.forEach(({ open }, symbol) => {
      if (open !== undefined) this.#startRecovery(open, symbol);
    });
    this.#recall(recollection);
    if (this.#recovering === 0) this.#startAll();
  }

  /** The aggregator's last word. */
  stampTotal(): void {
    this.#aggregator.stampTotal(NONE);
  }

  #recall({ memory, shiftUs }: Recollection): void {
    this.#lastOrder = memory.lastOrder;
    this.#risk.recall(memory.risk, shiftUs, this.#parts.driver.nowUs);
    this.#desks.forEach((desk, symbol) => {
      const known = memory.desks[symbol];
      if (known !== undefined) desk.recall(known);
    });
  }

  /** Lets a task of its own ask what became of an order that an earlier run left open. */
  #startRecovery({ order, effect, exposureBp }: PendingOrder, symbol: number): void {
    const { scenario, driver, recorder } = this.#parts;
    const desk = this.#desks[symbol];
    if (desk === undefined) return;
    this.#recovering += 1;
    const name = `recovery ${scenario.symbols[symbol]?.name ?? ''}`;
    const task = driver.spawn(name, symbol, 'worker', (self) => this.#recover(self, desk));
    this.#parts.taskNames[task.id] = name;
    recorder.stamp(EventKind.order, task.id, symbol, NONE, order, effect, exposureBp);
    recorder.stamp(EventKind.unknown, task.id, symbol, NONE, order, 0, 0);
  }

  /** The last one to know lets the symbols begin. */
  *#recover(self: TaskRef, desk: OrderDesk): TaskBody {
    // Until it has expired the gateway may still begin on it, after having said that it had not.
    const validUs = this.#parts.scenario.socket.receiveTimeoutUs;
    if (validUs > 0) yield sleep(validUs);
    for (;;) {
      const hold = this.#lock.request(self);
      if (yield* waitFor(this.#lock, hold)) {
        this.#stampSocket(EventKind.enter, self, hold.hold);
        yield* desk.resolve(self);
        this.#stampSocket(EventKind.exit, self, hold.hold);
        this.#lock.release(hold, self);
        yield* this.#score.bookHolding(self, self.symbol, desk.executed, undefined);
      }
      if (!desk.unresolved) break;
      yield sleep(ASK_AGAIN_US);
    }
    this.#recovering -= 1;
    if (this.#recovering === 0) this.#startAll();
  }

  #startAll(): void {
    const { engine, endpoint } = this.#parts.scenario;
    this.#parts.scenario.symbols.forEach((spec, symbol) => this.#startSymbol(spec, symbol));
    if (engine.heartbeatUs > 0) this.#startHeartbeat();
    for (let n = 0; n < endpoint.otherClients; n++) this.#startOtherClient(n);
  }

  #startSymbol(spec: SymbolSpec, symbol: number): void {
    const { scenario, driver, recorder } = this.#parts;
    const loop = new SymbolLoop({
      ...{ driver, recorder, spec, symbol, options: scenario.engine },
      ...{ lock: this.#lock, score: this.#score, risk: this.#risk },
      intervals: new RandomStream(scenario.seed, spec.name, 'interval'),
      signals: new Signals(scenario.seed, spec.name, spec.market),
      desk: this.#desks[symbol] as OrderDesk,
    });
    this.#loops.push(loop);
    this.#spawn(spec.name, symbol, 'worker', (self) => loop.run(self));
  }

  #startHeartbeat(): void {
    const { scenario, driver, recorder } = this.#parts;
    const { heartbeatLock, heartbeatUs } = scenario.engine;
    this.#spawn('heartbeat', NONE, 'daemon', (self) =>
      heartbeat(self, {
        ...{ driver, recorder, client: this.#client, risk: this.#risk },
        ...{ numbering: this.#numbering, periodUs: heartbeatUs },
        lock: heartbeatLock === 'shared' ? this.#lock : undefined,
        nextHold: () => ++this.#lastHold,
      }),
    );
  }

  #startOtherClient(n: number): void {
    const { seed, endpoint } = this.#parts.scenario;
    const client = this.#makeClient(ObjectId.sideSocket + n);
    this.#spawn(`other-${n + 1}`, NONE, 'daemon', (self) =>
      otherClient(self, {
        client,
        numbering: this.#numbering,
        thinkUs: endpoint.otherThinkUs,
        thinking: new RandomStream(seed, `other-${n + 1}`, 'think'),
      }),
    );
  }

  #makeDesk(spec: SymbolSpec, symbol: number): OrderDesk {
    const { scenario, driver, recorder } = this.#parts;
    const { socket, engine } = scenario;
    return new OrderDesk({
      ...{ driver, recorder, client: this.#client, risk: this.#risk, symbol },
      numbering: this.#numbering,
      options: { ...socket, ...engine, orderValidUs: orLimitless(socket.receiveTimeoutUs) },
      volumeMilli: spec.volumeMilli,
      roundTrip: spec.market.kind === 'reference',
    });
  }

  #makeLock(implementation: LockImplementation, object: number): Lock {
    const { scenario, driver, recorder } = this.#parts;
    const { timeoutUs, leaseUs } = scenario.lock;
    const guarded = object === ObjectId.socket;
    const options = {
      object,
      timeoutUs: guarded ? orLimitless(timeoutUs) : Infinity,
      leaseUs: guarded ? leaseUs : 0,
    };
    return new LockGuard(implementation, driver, recorder, options, () => ++this.#lastHold);
  }

  #makeClient(object: number): Client {
    const { scenario, driver, createSocket } = this.#parts;
    const { socket } = scenario;
    const options: SocketOptions = {
      ...socket,
      sendTimeoutUs: orLimitless(socket.sendTimeoutUs),
      receiveTimeoutUs: orLimitless(socket.receiveTimeoutUs),
    };
    return new LazyPirate(driver, createSocket(object, options), socket);
  }

  #stampSocket(kind: EventKind, self: TaskRef, hold: number): void {
    this.#parts.recorder.stamp(kind, self.id, self.symbol, ObjectId.socket, hold, 0, 0);
  }

  #spawn(
    name: string,
    symbol: number,
    kind: 'worker' | 'daemon',
    body: (self: TaskRef) => TaskBody,
  ): void {
    const task = this.#parts.driver.spawn(name, symbol, kind, body);
    this.#parts.taskNames[task.id] = name;
  }
}

/** In a scenario 0 stands for "no limit". */
function orLimitless(us: number): number {
  return us === 0 ? Infinity : us;
}
