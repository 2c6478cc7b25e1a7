/** The breaker against a model that keeps its whole history and decides by looking back at it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BreakerState, EventKind, keepEvent, type TraceEvent } from '../../trace/event.ts';
import { Recorder } from '../../trace/recorder.ts';
import { eventsOf } from '../../trace/segment.ts';
import { Breaker, type BreakerOptions } from './breaker.ts';

const DAY_US = 86_400_000_000;
const OPTIONS: BreakerOptions = {
  rule: 'enforced',
  losses: 3,
  lossCents: 100_000,
  cooldownUs: 300_000_000,
  escalation: 2,
  halfOpenTrades: 2,
  tripsPerDay: 3,
};

class Bench {
  readonly recorder = new Recorder({ keep: true, readers: [] });
  readonly breaker: Breaker;

  constructor(options: Partial<BreakerOptions> = {}) {
    this.breaker = new Breaker(this.recorder, 4, { ...OPTIONS, ...options });
  }

  /** Results of symbol 0, one a microsecond from `fromUs`. */
  results(fromUs: number, ...profits: readonly number[]): void {
    profits.forEach((profit, n) => this.breaker.onResult(0, profit, fromUs + n));
  }

  changes(): TraceEvent[] {
    this.recorder.finish();
    const events: TraceEvent[] = [];
    for (const event of eventsOf(this.recorder.segments)) events.push(keepEvent(event));
    return events;
  }
}

/** What happened to the model, oldest first. */
type Happening =
  | { readonly kind: 'result'; readonly profit: number; readonly atUs: number }
  | { readonly kind: 'state'; readonly state: BreakerState; readonly atUs: number };

/** The specification, written to be read and not to be fast. */
class Model {
  readonly #options: BreakerOptions;
  readonly #history: Happening[] = [];

  constructor(options: BreakerOptions) {
    this.#options = options;
  }

  get state(): BreakerState {
    return this.#lastChange()?.state ?? BreakerState.closed;
  }

  look(nowUs: number): void {
    const since = this.#lastChange();
    if (since === undefined) return;
    const newDay = Math.floor(nowUs / DAY_US) > Math.floor(since.atUs / DAY_US);
    if (since.state === BreakerState.lockedOut && newDay) this.#enter(BreakerState.closed, nowUs);
    if (since.state === BreakerState.open && nowUs >= since.atUs + this.#cooldownUs(since.atUs)) {
      this.#enter(BreakerState.halfOpen, nowUs);
    }
  }

  result(profit: number, nowUs: number): void {
    this.look(nowUs);
    const { state } = this;
    this.#history.push({ kind: 'result', profit, atUs: nowUs });
    const results = this.#resultsSinceChange();
    if (state === BreakerState.closed && this.#tooMuch(results)) this.#trip(nowUs);
    if (state !== BreakerState.halfOpen) return;
    if (profit < 0) this.#trip(nowUs);
    else if (results.length >= this.#options.halfOpenTrades)
      this.#enter(BreakerState.closed, nowUs);
  }

  /** Results without a loss since the breaker became half-open. */
  get passed(): number {
    return this.#resultsSinceChange().length;
  }

  #tooMuch(results: readonly number[]): boolean {
    const lastGain = results.findLastIndex((profit) => profit >= 0);
    const row = results.slice(lastGain + 1);
    const lost = row.reduce((sum, profit) => sum - profit, 0);
    return row.length >= this.#options.losses || lost >= this.#options.lossCents;
  }

  #trip(nowUs: number): void {
    const locksOut = this.#tripsOn(nowUs).length + 1 >= this.#options.tripsPerDay;
    this.#enter(locksOut ? BreakerState.lockedOut : BreakerState.open, nowUs);
  }

  /** Trips of the same day up to `atUs`. */
  #tripsOn(atUs: number): Happening[] {
    return this.#history.filter(
      (one) =>
        one.kind === 'state' &&
        (one.state === BreakerState.open || one.state === BreakerState.lockedOut) &&
        Math.floor(one.atUs / DAY_US) === Math.floor(atUs / DAY_US),
    );
  }

  #cooldownUs(trippedUs: number): number {
    const nth = this.#tripsOn(trippedUs).length;
    return this.#options.cooldownUs * this.#options.escalation ** (nth - 1);
  }

  #lastChange(): Extract<Happening, { kind: 'state' }> | undefined {
    return this.#history.filter((one) => one.kind === 'state').at(-1);
  }

  #resultsSinceChange(): number[] {
    const from = this.#history.findLastIndex((one) => one.kind === 'state') + 1;
    return this.#history.slice(from).flatMap((one) => (one.kind === 'result' ? [one.profit] : []));
  }

  #enter(state: BreakerState, atUs: number): void {
    this.#history.push({ kind: 'state', state, atUs });
  }
}

describe('the breaker', () => {
  const step = fc.record({
    afterUs: fc.oneof(
      fc.integer({ min: 0, max: 400_000_000 }),
      fc.constantFrom(0, 300_000_000, 600_000_000, DAY_US),
    ),
    profit: fc.oneof(fc.constantFrom(-1, 0, 1), fc.integer({ min: -70_000, max: 20_000 })),
    looks: fc.boolean(),
  });

  it('is in the state that its history says, after every step', () => {
    const options = fc.record({
      losses: fc.integer({ min: 1, max: 4 }),
      halfOpenTrades: fc.integer({ min: 1, max: 3 }),
      tripsPerDay: fc.integer({ min: 1, max: 4 }),
      escalation: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(options, fc.array(step, { maxLength: 60 }), (chosen, steps) => {
        const bench = new Bench(chosen);
        const model = new Model({ ...OPTIONS, ...chosen });
        let nowUs = 0;
        for (const { afterUs, profit, looks } of steps) {
          nowUs += afterUs;
          if (looks) {
            model.look(nowUs);
            const free = model.state === BreakerState.closed;
            const trial =
              model.state === BreakerState.halfOpen && model.passed < chosen.halfOpenTrades;
            expect(bench.breaker.admits(nowUs)).toBe(free || trial);
          } else {
            model.result(profit, nowUs);
            bench.breaker.onResult(0, profit, nowUs);
          }
          expect(bench.breaker.state).toBe(model.state);
        }
      }),
      { seed: 127, numRuns: 500 },
    );
  });

  it('stamps every change, each from the state before', () => {
    const bench = new Bench();
    bench.results(0, -1, -1, -1);
    bench.breaker.admits(300_000_002);
    bench.results(300_000_003, 5, 5);
    const { closed, open, halfOpen } = BreakerState;
    expect(bench.changes()).toMatchObject([
      { kind: EventKind.breaker, a: closed, b: open, symbol: 0 },
      { kind: EventKind.breaker, a: open, b: halfOpen },
      { kind: EventKind.breaker, a: halfOpen, b: closed, symbol: 0 },
    ]);
  });

  it('trips on the amount lost in a row, however few the losses', () => {
    const bench = new Bench();
    bench.results(0, -99_999, 1, -99_999);
    expect(bench.breaker.state).toBe(BreakerState.closed);
    bench.results(3, -1);
    expect(bench.breaker.state).toBe(BreakerState.open);
  });

  it('does not count a trade without profit as a loss', () => {
    const bench = new Bench();
    bench.results(0, -1, -1, 0, -1, -1, 0);
    expect(bench.breaker.state).toBe(BreakerState.closed);
  });

  it('cools down longer with each trip of a day, and is locked out by the last', () => {
    const bench = new Bench();
    bench.results(0, -1, -1, -1);
    expect(bench.breaker.reopensUs).toBe(2 + 300_000_000);
    bench.results(400_000_000, -1);
    expect(bench.breaker.reopensUs).toBe(400_000_000 + 600_000_000);
    bench.results(1_100_000_000, -1);
    expect(bench.breaker.state).toBe(BreakerState.lockedOut);
    expect(bench.breaker.admits(DAY_US - 1)).toBe(false);
    expect(bench.breaker.admits(DAY_US)).toBe(true);
  });

  it('half-open lets as many orders in as it tries, counting those on their way', () => {
    const bench = new Bench();
    const { breaker } = bench;
    bench.results(0, -1, -1, -1);
    for (const symbol of [0, 1]) {
      expect(breaker.admits(400_000_000)).toBe(true);
      breaker.onOrder(symbol);
    }
    expect(breaker.admits(400_000_001)).toBe(false);
    breaker.onDropped(1);
    expect(breaker.admits(400_000_002)).toBe(true);
    breaker.onResult(0, 5, 400_000_003);
    breaker.onOrder(2);
    expect(breaker.admits(400_000_004)).toBe(false);
    breaker.onResult(2, 5, 400_000_005);
    expect(breaker.state).toBe(BreakerState.closed);
  });

  it('forgets who was on trial when it opens again', () => {
    const bench = new Bench({ halfOpenTrades: 1, tripsPerDay: 9 });
    const { breaker } = bench;
    bench.results(0, -1, -1, -1);
    breaker.admits(400_000_000);
    breaker.onOrder(1);
    bench.results(400_000_001, -1);
    expect(breaker.admits(1_100_000_000)).toBe(true);
    breaker.onOrder(1);
    expect(breaker.admits(1_100_000_001)).toBe(false);
  });

  it('that is ignored changes its state all the same, and stops nobody', () => {
    const bench = new Bench({ rule: 'ignored' });
    bench.results(0, -1, -1, -1);
    expect(bench.breaker.state).toBe(BreakerState.open);
    expect(bench.breaker.admits(10)).toBe(true);
  });
});
