/**
 * The aggregator: correct as it should be set, and wrong in exactly the way that each mistake
 * names.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../base/random.ts';
import { Kernel } from '../kernel/kernel.ts';
import { fifoOracle, type Oracle } from '../kernel/oracle.ts';
import { sleep, type TaskBody, type TaskRef } from '../kernel/task.ts';
import { type Lock, waitFor } from '../locks/contract.ts';
import { fifo } from '../locks/fifo.ts';
import { LockGuard } from '../locks/guard.ts';
import { EventKind, keepEvent, ObjectId, type TraceEvent } from '../trace/event.ts';
import { Recorder } from '../trace/recorder.ts';
import { eventsOf } from '../trace/segment.ts';
import { Aggregator, type AggregatorOptions } from './aggregator.ts';

const SOUND: AggregatorOptions = {
  kind: 'incremental',
  every: 5,
  finalFlush: true,
  arithmetic: 'decimal',
  update: 'atomic',
  suspendUs: 0,
  isolation: 'symbol',
};
const SYMBOLS = 3;

interface Fill {
  readonly symbol: number;
  readonly profit: number;
}
const fills = fc.array(
  fc.record({
    symbol: fc.integer({ min: 0, max: SYMBOLS - 1 }),
    profit: fc.integer({ min: -10_000, max: 20_000 }),
  }),
  { maxLength: 60 },
);
const sumOf = (list: readonly Fill[], of?: number): number =>
  list.reduce(
    (sum, { symbol, profit }) => sum + (of === undefined || symbol === of ? profit : 0),
    0,
  );

function recorded(recorder: Recorder): TraceEvent[] {
  recorder.finish();
  const events: TraceEvent[] = [];
  for (const event of eventsOf(recorder.segments)) events.push(keepEvent(event));
  return events;
}

/** Each fill is a signal of its own, and every symbol is done at the end. */
function feed(options: Partial<AggregatorOptions>, list: readonly Fill[]) {
  const recorder = new Recorder({ keep: true, readers: [] });
  const aggregator = new Aggregator(recorder, SYMBOLS, { ...SOUND, ...options });
  list.forEach(({ symbol, profit }, n) => {
    const due = aggregator.noteFill(symbol, n + 1, profit);
    if (aggregator.noteSignal(symbol) || due) aggregator.write(symbol, symbol);
  });
  for (let symbol = 0; symbol < SYMBOLS; symbol++) {
    if (aggregator.noteDone(symbol)) aggregator.write(symbol, symbol);
  }
  aggregator.stampTotal(0);
  return { aggregator, events: recorded(recorder) };
}

describe('a sound aggregator', () => {
  it.each<Partial<AggregatorOptions>>([
    {},
    { kind: 'snapshot', every: 5 },
    { kind: 'snapshot', every: 1 },
  ])('ends at the sum of all fills, in total and for each symbol: %o', (options) => {
    fc.assert(
      fc.property(fills, (list) => {
        const { aggregator, events } = feed(options, list);
        expect(aggregator.total).toBe(sumOf(list));
        expect(aggregator.trades).toBe(list.length);
        expect(aggregator.wins).toBe(list.filter(({ profit }) => profit > 0).length);
        for (let symbol = 0; symbol < SYMBOLS; symbol++) {
          expect(aggregator.figure(symbol)).toBe(sumOf(list, symbol));
        }
        expect(events.at(-1)).toMatchObject({ kind: EventKind.total, b: 0, value: sumOf(list) });
      }),
      { seed: 127, numRuns: 200 },
    );
  });

  it('stamps each fill with the figure that it leads to, for its own symbol only', () => {
    const list = [
      { symbol: 0, profit: 100 },
      { symbol: 2, profit: -30 },
      { symbol: 0, profit: 5 },
    ];
    const { events } = feed({}, list);
    const metrics = events.filter(({ kind }) => kind === EventKind.metrics);
    expect(metrics.map(({ symbol, object, a, b, value }) => [symbol, object, a, b, value])).toEqual(
      [
        [0, 0, 1, 0, 100],
        [2, 0, 2, 2, -30],
        [0, 0, 3, 0, 105],
      ],
    );
  });
});

describe('a mistaken aggregator', () => {
  const seven: Fill[] = [1, 2, 4, 8, 16, 32, 64].map((profit) => ({ symbol: 1, profit }));

  it('with snapshots and no last one loses what came after the last snapshot', () => {
    const { aggregator } = feed({ kind: 'snapshot', every: 3, finalFlush: false }, seven);
    expect(aggregator.total).toBe(63);
  });

  it('in floats is off by less than a cent, and says that its figures are dollars', () => {
    const dimes = Array.from({ length: 3 }, () => ({ symbol: 0, profit: 10 }));
    const { events } = feed({ arithmetic: 'float' }, dimes);
    expect(events.at(-1)).toMatchObject({ kind: EventKind.total, b: 1, value: 0.1 + 0.1 + 0.1 });
    expect(events.at(-1)?.value).not.toBe(0.3);
    expect(events[0]).toMatchObject({ kind: EventKind.metrics, object: 1, value: 0.1 });
  });

  it('with a shared slot changes the figure of an idle symbol, and not the total', () => {
    const { aggregator, events } = feed({ isolation: 'shared-slot' }, seven);
    expect(aggregator.total).toBe(127);
    expect(aggregator.figure(2)).toBe(127);
    const foreign = events.filter(
      ({ kind, symbol, b }) => kind === EventKind.metrics && symbol !== b,
    );
    expect(foreign).toHaveLength(7);
  });
});

describe('a split update', () => {
  interface Outcome {
    readonly total: number;
    readonly due: number;
    readonly trades: number;
  }

  /** One task a symbol, each booking its fills; `lock` guards the updates where there is one. */
  function race(oracle: Oracle, rounds: number, locked: boolean): Outcome {
    const recorder = new Recorder({ keep: true, readers: [] });
    const timeLimitUs = 1_000_000;
    const kernel = new Kernel({ clock: recorder, oracle, timing: 'virtual', timeLimitUs });
    const aggregator = new Aggregator(recorder, SYMBOLS, { ...SOUND, update: 'split' });
    let holds = 0;
    const object = ObjectId.aggregator;
    const options = { object, timeoutUs: Infinity, leaseUs: 0 };
    const guard = new LockGuard(fifo, kernel, recorder, options, () => ++holds);
    const lock = locked ? guard : undefined;
    let due = 0;
    for (let symbol = 0; symbol < SYMBOLS; symbol++) {
      const profits = Array.from({ length: rounds }, (_, n) => 10 ** symbol * (n + 1));
      due += profits.reduce((sum, profit) => sum + profit, 0);
      kernel.spawn(`s${symbol}`, symbol, 'worker', (self) => book(self, aggregator, profits, lock));
    }
    while (kernel.run(10_000));
    expect(kernel.unfinished).toBe(0);
    return { total: aggregator.total, due, trades: aggregator.trades };
  }

  function* book(
    self: TaskRef,
    aggregator: Aggregator,
    profits: readonly number[],
    lock: Lock | undefined,
  ): TaskBody {
    for (const [n, profit] of profits.entries()) {
      aggregator.noteFill(self.symbol, n + 1, profit);
      const hold = lock?.request(self);
      if (hold?.state === 'waiting' && lock !== undefined) yield* waitFor(lock, hold);
      yield* aggregator.writeSplit(self.id, self.symbol);
      if (hold !== undefined) lock?.release(hold, self);
      yield sleep(0);
    }
  }

  const randomOracle = (seed: number): Oracle => {
    const draws = new RandomStream(seed, 'oracle');
    return {
      chooseNext: (options) => draws.between(0, options.length - 1),
      choose: (count) => draws.between(0, count - 1),
    };
  };

  it('without a lock loses updates when others run in between', () => {
    const { total, due, trades } = race(fifoOracle, 2, false);
    expect(total).toBeLessThan(due);
    expect(trades).toBeLessThan(2 * SYMBOLS);
  });

  it('without a lock loses nothing when nobody happens to run in between', () => {
    const oneByOne: Oracle = { chooseNext: (options) => lowest(options), choose: () => 0 };
    const { total, due } = race(oneByOne, 2, false);
    expect(total).toBe(due);
  });

  it('under a lock loses nothing, whatever the order', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 4 }), (seed, rounds) => {
        const { total, due, trades } = race(randomOracle(seed), rounds, true);
        expect(total).toBe(due);
        expect(trades).toBe(rounds * SYMBOLS);
      }),
      { seed: 127, numRuns: 200 },
    );
  });

  function lowest(options: readonly { readonly task: number }[]): number {
    const tasks = options.map(({ task }) => task);
    return tasks.indexOf(Math.min(...tasks));
  }
});
