/**
 * The loop of one symbol: pause, decide, take the lock, ask the gateway, give the lock back, book.
 *
 * This is the engine that every driver runs. It sees locks and the gateway only through their
 * contracts, and every option that makes it faulty is named in `EngineOptions`, so that a defect
 * and its repair differ in one word. Known limit: one order at a time a symbol.
 */
import type { RandomStream } from '../base/random.ts';
import { type Driver, park, sleep, type TaskBody, type TaskRef } from '../kernel/task.ts';
import { type Hold, type Lock, waitFor } from '../locks/contract.ts';
import { EventKind, NONE, ObjectId, Outcome } from '../trace/event.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { OrderDesk } from './order-desk.ts';
import type { Risk } from './risk/risk.ts';
import type { Scorekeeper } from './scorekeeper.ts';
import type { Signals } from './signals.ts';

export interface EngineOptions {
  /** Where a signal's work is done: outside the lock, or while holding it. */
  readonly work: 'outside' | 'inside';
  /** Whether the lock is given back in every case, only after a success, or once too often. */
  readonly release: 'always' | 'on-success' | 'twice';
  /** In which order the socket's and the aggregator's locks are taken. */
  readonly lockOrder: 'one-by-one' | 'nested' | 'crossed';
}

export interface LoopSpec {
  /** Pause between two signals in microseconds, shortest and longest. */
  readonly intervalUs: readonly [number, number];
  readonly signals: number;
  /** Makes signals for this long instead, in microseconds; 0 counts signals. */
  readonly durationUs: number;
}

/** What a loop asks of its order desk, which may stand in another thread. */
export type LoopDesk = Pick<
  OrderDesk,
  'begin' | 'resume' | 'missed' | 'resolve' | 'unresolved' | 'executed'
>;

/** What a loop asks of who brings its fills to the aggregator. */
export type LoopScore = Pick<
  Scorekeeper,
  'immediate' | 'book' | 'enter' | 'leave' | 'bookHolding' | 'finish'
>;

/** What a loop tells the risk rules. */
export type LoopRisk = Pick<Risk, 'onError' | 'onLatency'>;

export interface LoopParts {
  readonly driver: Driver;
  readonly recorder: Pick<Recorder, 'stamp'>;
  readonly options: EngineOptions;
  readonly spec: LoopSpec;
  readonly symbol: number;
  readonly intervals: RandomStream;
  readonly signals: Signals;
  readonly lock: Lock;
  readonly desk: LoopDesk;
  readonly score: LoopScore;
  readonly risk: LoopRisk;
}

/** How often a finished symbol asks once more for an order whose outcome is still open. */
const LAST_QUESTIONS = 10;
const LAST_QUESTION_PAUSE_US = 100_000;

export class SymbolLoop {
  readonly #parts: LoopParts;
  readonly #workInside: boolean;
  readonly #bookInside: boolean;
  /** True for a symbol that takes the aggregator's lock before the socket's. */
  readonly #crossed: boolean;
  /** Signals made so far. */
  signalsMade = 0;

  constructor(parts: LoopParts) {
    const { options, symbol } = parts;
    this.#parts = parts;
    this.#workInside = options.work === 'inside';
    this.#bookInside = options.lockOrder !== 'one-by-one';
    this.#crossed = options.lockOrder === 'crossed' && symbol % 2 === 1;
  }

  /**
   * The task's body. The signal's whole course stands in one generator: delegating costs its half.
   */
  *run(self: TaskRef): TaskBody {
    const { driver, recorder, spec, symbol, intervals, signals, lock, desk, score, risk } =
      this.#parts;
    const [shortest, longest] = spec.intervalUs;
    for (let n = 1; spec.durationUs > 0 || n <= spec.signals; n++) {
      const workUs = intervals.between(shortest, longest);
      if (!this.#workInside) yield sleep(workUs);
      const startUs = driver.nowUs;
      if (spec.durationUs > 0 && startUs >= spec.durationUs) break;
      this.signalsMade = n;
      signals.next();
      recorder.stamp(EventKind.signal, self.id, symbol, NONE, n, signals.wantsTrade ? 1 : 0, 0);
      const scoreHold = this.#crossed ? yield* score.enter(self) : undefined;
      const hold = lock.request(self);
      while (hold.state === 'waiting') if (!(yield park(lock.timeoutUs))) lock.expire(hold);
      if (hold.state !== 'gave-up') {
        this.#stampSocket(EventKind.enter, self, hold);
        if (this.#workInside) yield sleep(workUs);
        let wait = desk.begin(self, signals);
        while (wait !== undefined) wait = desk.resume(self, yield wait);
        if (this.#bookInside) yield* score.bookHolding(self, symbol, desk.executed, scoreHold);
        this.#stampSocket(EventKind.exit, self, hold);
        this.#release(self, hold);
        if (!this.#bookInside) {
          if (score.immediate) score.book(self, symbol, desk.executed);
          else yield* score.bookHolding(self, symbol, desk.executed, undefined);
        }
      } else {
        desk.missed();
        if (scoreHold !== undefined) score.leave(self, scoreHold);
        risk.onError(driver.nowUs);
      }
      risk.onLatency(driver.nowUs - startUs, driver.nowUs);
      recorder.stamp(EventKind.settle, self.id, symbol, NONE, n, desk.executed.outcome, 0);
    }
    for (let n = 0; desk.unresolved && n < LAST_QUESTIONS; n++) {
      yield sleep(LAST_QUESTION_PAUSE_US);
      yield* this.#askOnceMore(self);
    }
    yield* score.finish(self, symbol);
  }

  /** Asks for an open outcome outside any signal, in a critical section of its own. */
  *#askOnceMore(self: TaskRef): TaskBody {
    const { lock, desk, score, symbol } = this.#parts;
    const hold = lock.request(self);
    if (!(yield* waitFor(lock, hold))) return;
    this.#stampSocket(EventKind.enter, self, hold);
    yield* desk.resolve(self);
    this.#stampSocket(EventKind.exit, self, hold);
    this.#release(self, hold);
    yield* score.bookHolding(self, symbol, desk.executed, undefined);
  }

  #release(self: TaskRef, hold: Hold): void {
    const { options, lock, desk } = this.#parts;
    const { outcome } = desk.executed;
    if (
      options.release === 'on-success' &&
      (outcome === Outcome.failed || outcome === Outcome.unknown)
    )
      return;
    lock.release(hold, self);
    if (options.release === 'twice') lock.release(hold, self);
  }

  #stampSocket(kind: EventKind, self: TaskRef, hold: Hold): void {
    const { recorder, symbol } = this.#parts;
    recorder.stamp(kind, self.id, symbol, ObjectId.socket, hold.hold, 0, 0);
  }
}
