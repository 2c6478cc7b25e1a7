/**
 * The circuit breaker: after too many or too costly losses in a row, nobody trades for a while.
 *
 * closed -> open after `losses` losses in a row, or losses in a row that add up to `lossCents`.
 * open -> half-open when the cool-down is over; it grows by `escalation` with each trip of a day.
 * half-open -> closed after `halfOpenTrades` results without a loss, -> open with the first loss.
 * The trip that makes it `tripsPerDay` locks it out until the next day of virtual time. A profit of
 * 0 is no loss. It is one breaker for all symbols; a symbol has one order at a time.
 */
import { BreakerState, EventKind, NONE } from '../../trace/event.ts';
import type { Recorder } from '../../trace/recorder.ts';

export interface BreakerOptions {
  /** `ignored` is the defect that changes state as it should and lets everybody through. */
  readonly rule: 'enforced' | 'ignored';
  readonly losses: number;
  readonly lossCents: number;
  readonly cooldownUs: number;
  readonly escalation: number;
  readonly halfOpenTrades: number;
  readonly tripsPerDay: number;
}

/** What a breaker has to know again after a restart; times on the clock of its run. */
export interface BreakerMemory {
  readonly state: BreakerState;
  readonly losses: number;
  readonly lossCents: number;
  readonly reopensUs: number;
  readonly dayEndsUs: number;
  readonly tripsToday: number;
  readonly passed: number;
}

const DAY_US = 86_400_000_000;
/** Longer than any run; keeps an escalated cool-down a safe number. */
const COOLDOWN_US_MAX = 1_000 * DAY_US;

export class Breaker {
  readonly #recorder: Recorder;
  readonly #options: BreakerOptions;
  #state: BreakerState = BreakerState.closed;
  /** The present row of losses: how many, and how much. */
  #losses = 0;
  #lossCents = 0;
  #reopensUs = 0;
  #dayEndsUs = DAY_US;
  #tripsToday = 0;
  /** Half-open: results without a loss so far, and symbols whose order is on trial. */
  #passed = 0;
  #trials = 0;
  readonly #onTrial: Uint8Array;

  constructor(recorder: Recorder, symbolCount: number, options: BreakerOptions) {
    this.#recorder = recorder;
    this.#options = options;
    this.#onTrial = new Uint8Array(symbolCount);
  }

  get state(): BreakerState {
    return this.#state;
  }

  /** When the cool-down ends, in virtual time; meaningful while open. */
  get reopensUs(): number {
    return this.#reopensUs;
  }

  /** What it knows, orders on trial left out. */
  get memory(): BreakerMemory {
    return {
      state: this.#state,
      losses: this.#losses,
      lossCents: this.#lossCents,
      reopensUs: this.#reopensUs,
      dayEndsUs: this.#dayEndsUs,
      tripsToday: this.#tripsToday,
      passed: this.#passed,
    };
  }

  /** Knows again what an earlier run knew; `shiftUs` turns its times into those of this run. */
  recall(memory: BreakerMemory, shiftUs: number): void {
    if (memory.state !== this.#state) this.#enter(memory.state, NONE);
    this.#losses = memory.losses;
    this.#lossCents = memory.lossCents;
    this.#reopensUs = memory.reopensUs + shiftUs;
    this.#dayEndsUs = memory.dayEndsUs + shiftUs;
    this.#tripsToday = memory.tripsToday;
    this.#passed = memory.passed;
  }

  /** Whether a new order may be placed now; a cool-down or a day that is over is noticed here. */
  admits(nowUs: number): boolean {
    this.#notice(nowUs);
    const { rule, halfOpenTrades } = this.#options;
    if (rule === 'ignored' || this.#state === BreakerState.closed) return true;
    if (this.#state !== BreakerState.halfOpen) return false;
    return this.#passed + this.#trials < halfOpenTrades;
  }

  /** An order of `symbol` was admitted and is on its way. */
  onOrder(symbol: number): void {
    if (this.#state !== BreakerState.halfOpen || this.#onTrial[symbol] === 1) return;
    this.#onTrial[symbol] = 1;
    this.#trials += 1;
  }

  /** The order of `symbol` came to nothing: its trial may go to another. */
  onDropped(symbol: number): void {
    if (this.#onTrial[symbol] === 0) return;
    this.#onTrial[symbol] = 0;
    this.#trials -= 1;
  }

  /** A trade of `symbol` realised `profitCents`. */
  onResult(symbol: number, profitCents: number, nowUs: number): void {
    this.#notice(nowUs);
    this.onDropped(symbol);
    const { losses, lossCents, halfOpenTrades } = this.#options;
    if (this.#state === BreakerState.closed) {
      this.#losses = profitCents < 0 ? this.#losses + 1 : 0;
      this.#lossCents = profitCents < 0 ? this.#lossCents - profitCents : 0;
      if (this.#losses >= losses || this.#lossCents >= lossCents) this.#trip(symbol, nowUs);
    } else if (this.#state === BreakerState.halfOpen) {
      if (profitCents < 0) {
        this.#trip(symbol, nowUs);
      } else {
        this.#passed += 1;
        if (this.#passed >= halfOpenTrades) this.#enter(BreakerState.closed, symbol);
      }
    }
  }

  #trip(symbol: number, nowUs: number): void {
    const { cooldownUs, escalation, tripsPerDay } = this.#options;
    let lastsUs = cooldownUs;
    for (let n = 0; n < this.#tripsToday; n++) {
      lastsUs = Math.min(lastsUs * escalation, COOLDOWN_US_MAX);
    }
    this.#tripsToday += 1;
    this.#reopensUs = nowUs + lastsUs;
    const locksOut = this.#tripsToday >= tripsPerDay;
    this.#enter(locksOut ? BreakerState.lockedOut : BreakerState.open, symbol);
  }

  /** Follows the clock: a new day forgets the trips, a cool-down ends. */
  #notice(nowUs: number): void {
    if (nowUs >= this.#dayEndsUs) {
      this.#dayEndsUs = (Math.floor(nowUs / DAY_US) + 1) * DAY_US;
      this.#tripsToday = 0;
      if (this.#state === BreakerState.lockedOut) this.#enter(BreakerState.closed, NONE);
    }
    if (this.#state === BreakerState.open && nowUs >= this.#reopensUs) {
      this.#enter(BreakerState.halfOpen, NONE);
    }
  }

  #enter(state: BreakerState, symbol: number): void {
    const from = this.#state;
    this.#state = state;
    this.#losses = 0;
    this.#lossCents = 0;
    this.#passed = 0;
    this.#trials = 0;
    this.#onTrial.fill(0);
    this.#recorder.stamp(EventKind.breaker, NONE, symbol, NONE, from, state, 0);
  }
}
