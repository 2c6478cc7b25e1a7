/**
 * The engine alone, for a driver and clients that somebody else brings: symbol loops, the lock
 * around the socket, and the account that they share.
 *
 * What answers at the other end of the sockets is not its affair. Invariant: orders whose outcome
 * an earlier run left open are asked about first; no symbol signals before all of them are known.
 */
import { RandomStream } from '../base/random.ts';
import { sleep, type TaskBody, type TaskRef } from '../kernel/task.ts';
import { type Lock, type LockImplementation, waitFor } from '../locks/contract.ts';
import { LOCKS } from '../locks/index.ts';
import type { Scenario, SymbolSpec } from '../scenario/schema.ts';
import { EventKind, NONE, ObjectId } from '../trace/event.ts';
import type { PendingOrder } from '../trading/desk-memory.ts';
import type { OrderDesk } from '../trading/order-desk.ts';
import { Signals } from '../trading/signals.ts';
import { SymbolLoop } from '../trading/symbol-loop.ts';
import { Account, type AccountParts, type EngineMemory, type Recollection } from './account.ts';
import { guardedLock } from './socket-parts.ts';
import { spawnNamed } from './task-driver.ts';
import { UNTRACKED } from './tracking.ts';

export interface EngineParts extends Omit<AccountParts, 'nextHold'> {
  /** The lock around the socket, in place of the scenario's own. */
  readonly lock?: LockImplementation | undefined;
}

/** Pause before open outcomes are asked about once more. */
const ASK_AGAIN_US = 100_000;

export class Engine {
  readonly #parts: EngineParts;
  readonly #account: Account;
  readonly #lock: Lock;
  readonly #loops: SymbolLoop[] = [];
  /** Open orders of an earlier run that are being asked about. */
  #recovering = 0;
  #lastHold = 0;

  constructor(parts: EngineParts) {
    const { scenario, driver, recorder, createClient, taskNames, tracking = UNTRACKED } = parts;
    const { lock = LOCKS[scenario.lock.name] } = parts;
    const nextHold = tracking.counter('holds', () => ++this.#lastHold);
    const around = { scenario, driver, recorder, createClient, nextHold, taskNames, tracking };
    this.#parts = parts;
    this.#lock = guardedLock(around, lock, ObjectId.socket);
    this.#account = new Account(around);
  }

  /** What it would have to know again after a restart. */
  get memory(): EngineMemory {
    return this.#account.memory;
  }

  /** Signals of all symbols so far. */
  get signalsMade(): number {
    return this.#loops.reduce((sum, loop) => sum + loop.signalsMade, 0);
  }

  /** How much of the work is done, 0 to 1: signals made, or time passed where time is the limit. */
  progress(): number {
    const { scenario, driver } = this.#parts;
    const signals = this.#loops.map((loop) => loop.signalsMade);
    return workDone(scenario, signals, driver.nowUs);
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
    this.#account.recall(recollection);
    if (this.#recovering === 0) this.#startAll();
  }

  /** Starts the symbols alone, where nothing is left of an earlier run. */
  startSymbols(): void {
    this.#parts.scenario.symbols.forEach((spec, symbol) => this.#startSymbol(spec, symbol));
  }

  /** Starts what asks the gateway beside the symbols. */
  startBeside(): void {
    this.#account.startBeside(this.#lock);
  }

  /** The aggregator's last word. */
  stampTotal(): void {
    this.#account.stampTotal();
  }

  /** Lets a task of its own ask what became of an order that an earlier run left open. */
  #startRecovery({ order, effect, exposureBp }: PendingOrder, symbol: number): void {
    const { scenario, recorder } = this.#parts;
    const desk = this.#account.desks[symbol];
    if (desk === undefined) return;
    this.#recovering += 1;
    const name = `recovery ${scenario.symbols[symbol]?.name ?? ''}`;
    const body = (self: TaskRef): TaskBody => this.#recover(self, desk);
    const task = spawnNamed(this.#parts, name, symbol, 'worker', body);
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
        yield* this.#account.score.bookHolding(self, self.symbol, desk.executed, undefined);
      }
      if (!desk.unresolved) break;
      yield sleep(ASK_AGAIN_US);
    }
    this.#recovering -= 1;
    if (this.#recovering === 0) this.#startAll();
  }

  #startAll(): void {
    this.startSymbols();
    this.startBeside();
  }

  #startSymbol(spec: SymbolSpec, symbol: number): void {
    const { scenario, driver, recorder } = this.#parts;
    const { score, risk, desks } = this.#account;
    const loop = new SymbolLoop({
      driver,
      recorder,
      options: scenario.engine,
      spec,
      symbol,
      intervals: new RandomStream(scenario.seed, spec.name, 'interval'),
      signals: new Signals(scenario.seed, spec.name, spec.market),
      lock: this.#lock,
      desk: desks[symbol] as OrderDesk,
      score,
      risk,
    });
    this.#loops.push(loop);
    spawnNamed(this.#parts, spec.name, symbol, 'worker', (self) => loop.run(self));
  }

  #stampSocket(kind: EventKind, self: TaskRef, hold: number): void {
    this.#parts.recorder.stamp(kind, self.id, self.symbol, ObjectId.socket, hold, 0, 0);
  }
}

/**
 * How much of a scenario's work is done, 0 to 1, after so many signals of each symbol and so much
 * time.
 */
export function workDone(scenario: Scenario, signals: readonly number[], nowUs: number): number {
  let done = 0;
  scenario.symbols.forEach((spec, symbol) => {
    const byTime = nowUs / spec.durationUs;
    const bySignals = (signals[symbol] ?? 0) / spec.signals;
    done += Math.min(1, spec.durationUs > 0 ? byTime : bySignals);
  });
  return done / scenario.symbols.length;
}
