/**
 * A live run is the simulated one under another driver; and what an earlier run knew comes first.
 */
import { describe, expect, it } from 'vitest';
import type { RealTimeEnd } from '../kernel/real-time.ts';
import { FakeWall } from '../kernel/testing/fake-wall.ts';
import { parseScenario } from '../scenario/codec/parse.ts';
import { galleryEntry } from '../scenario/gallery/index.ts';
import type { Scenario } from '../scenario/schema.ts';
import {
  Action,
  BreakerState,
  EventKind,
  keepEvent,
  OrderEffect,
  RunEnd,
  type TraceEvent,
} from '../trace/event.ts';
import { newView, readEvent, type Segment } from '../trace/segment.ts';
import type { CheckId, CheckResult } from '../check/contract.ts';
import type { EngineMemory, Recollection } from './account.ts';
import { LiveRun } from './live-run.ts';
import type { RunResult } from './result.ts';
import { runScenario } from './run.ts';
import { SimulatedEnd } from './simulated-end.ts';

interface Lived {
  readonly run: LiveRun;
  readonly result: RunResult;
  readonly events: readonly TraceEvent[];
  readonly ends: readonly RealTimeEnd[];
  readonly wall: FakeWall;
}

/** Runs a scenario in real time on a clock moved by hand; `meanwhile` may end it early. */
function live(
  scenario: Scenario,
  recollection?: Recollection,
  meanwhile: (run: LiveRun, wall: FakeWall) => void = () => {},
): Lived {
  const wall = new FakeWall();
  const events: TraceEvent[] = [];
  const read = (segment: Segment): void => {
    const view = newView();
    for (let at = 0; at < segment.size; at++) {
      readEvent(segment, at, view);
      events.push(keepEvent(view));
    }
  };
  const run = new LiveRun(scenario, { wall, readers: [read] });
  const end = new SimulatedEnd(scenario, run);
  const ends: RealTimeEnd[] = [];
  run.start({ sockets: end, recollection }, (over) => ends.push(over));
  end.serve();
  meanwhile(run, wall);
  wall.pass(60_000_000);
  return { run, result: run.result(() => end.stampBooks()), events, ends, wall };
}

function scenarioOf(input: object): Scenario {
  const parsed = parseScenario({ symbols: [{ name: 'BTCUSD.s' }, { name: 'ETHUSD.s' }], ...input });
  if (parsed.kind === 'error') throw new Error(parsed.error.message);
  return parsed.value;
}

function checkOf(result: RunResult, id: CheckId): CheckResult {
  const check = result.checks.find((one) => one.id === id);
  if (check === undefined) throw new Error(`expected a check ${id}`);
  return check;
}

/** Orders of this run, that of the earlier one left out. */
const newOrders = (events: readonly TraceEvent[]): readonly TraceEvent[] =>
  events.filter(({ kind, a }) => kind === EventKind.order && a > 9);

const firstOf = (events: readonly TraceEvent[], kind: EventKind, b?: number): number =>
  events.findIndex((event) => event.kind === kind && (b === undefined || event.b === b));

describe('a live run whose clock is never late', () => {
  it.each(['reference', 'snapshot-gap', 'no-lock', 'lease-expires', 'lost-wakeup'])(
    'of %s has the very trace of the simulated run',
    (name) => {
      const { scenario } = galleryEntry(name);
      const simulated = runScenario(scenario, { keepTrace: false });
      const { result } = live(scenario);
      expect(result.digest).toBe(simulated.digest);
      expect(result.verdict).toBe(simulated.verdict);
      expect(result.pnl).toEqual(simulated.pnl);
      expect(result.complete).toBe(simulated.complete);
    },
  );
});

describe('a live run on a clock that is late', () => {
  it('is another trace, and keeps its books', () => {
    const { scenario } = galleryEntry('reference');
    const { result } = live(scenario, undefined, (_, wall) => {
      wall.lateUs = 700;
    });
    expect(result.digest).not.toBe(runScenario(scenario, { keepTrace: false }).digest);
    expect(result.verdict).toBe('passed');
    expect(result.pnl.difference).toBe('0.00');
  });

  it('judges the intervals that it achieved, not those that were asked for', () => {
    const { scenario } = galleryEntry('reference');
    const { result } = live(scenario, undefined, (_, wall) => {
      wall.lateUs = 45_000;
    });
    const check = checkOf(result, 'run.concurrency');
    expect(check.verdict).toBe('violated');
    expect(check.measured['intervalUsMax']).toBeGreaterThan(50_000);
  });
});

describe('a live run that is stopped', () => {
  it('leaves nothing pending and is judged as far as it went', () => {
    const { scenario } = galleryEntry('reference');
    const { result, ends, wall } = live(scenario, undefined, (run, clock) => {
      clock.pass(300_000);
      run.stop();
      expect(clock.pending).toBe(0);
    });
    expect(ends).toEqual([{ kind: 'over', end: RunEnd.cancelled }]);
    expect(result.complete).toBe(false);
    expect(result.ticks).toBeGreaterThan(10);
    expect(result.ticks).toBeLessThan(150);
    expect(result.verdict).toBe('inconclusive');
    expect(wall.pending).toBe(0);
  });
});

/** What an engine would know that sent order 7 for the first symbol and then died. */
function memoryWith(effect: OrderEffect, extra: Partial<EngineMemory> = {}): EngineMemory {
  const idle = { ticket: 0, heldBp: 0, open: undefined, executions: 3, realisedCents: 250 };
  const open = { order: 7, effect, exposureBp: 30, ticket: 0, signal: 4 };
  return {
    lastOrder: 9,
    desks: [{ ...idle, open }, idle],
    risk: {
      breaker: {
        state: BreakerState.closed,
        losses: 2,
        lossCents: 500,
        reopensUs: 0,
        dayEndsUs: 86_400_000_000,
        tripsToday: 0,
        passed: 0,
      },
      drawdown: { equityCents: 999_750, peakCents: 1_000_000, state: 0 },
      guardian: { spikesUs: [], errorsUs: [], misses: 0 },
    },
    ...extra,
  };
}

describe('what an earlier run knew', () => {
  it('about an open order is found out before anybody signals or sends another one', () => {
    const memory = memoryWith(OrderEffect.roundTrip);
    const { events, result } = live(scenarioOf({}), { memory, shiftUs: 0 });
    const resolved = firstOf(events, EventKind.resolve);
    expect(events[resolved]).toMatchObject({ a: 7, b: 0, symbol: 0 });
    expect(firstOf(events, EventKind.send)).toBeLessThan(resolved);
    expect(events[firstOf(events, EventKind.send)]).toMatchObject({ b: Action.SYNC_ALL });
    expect(firstOf(events, EventKind.signal)).toBeGreaterThan(resolved);
    expect(newOrders(events)[0]?.seq).toBeGreaterThan(resolved);
    expect(checkOf(result, 'order.answered').verdict).toBe('passed');
  });

  it('about an open order is asked about once it has expired, when no gateway begins on it', () => {
    const memory = memoryWith(OrderEffect.roundTrip);
    const scenario = scenarioOf({ socket: { receiveTimeoutUs: 700_000 } });
    const { events } = live(scenario, { memory, shiftUs: 0 });
    expect(events[firstOf(events, EventKind.send)]?.timeUs).toBe(700_000);
  });

  it('is not used for new orders: their numbers go on after it', () => {
    const memory = memoryWith(OrderEffect.roundTrip);
    const { events, run } = live(scenarioOf({}), { memory, shiftUs: 0 });
    expect(newOrders(events)[0]?.a).toBe(10);
    expect(run.memory?.lastOrder).toBeGreaterThan(10);
  });

  it('of an open breaker goes on to refuse orders until its time, on the clock of this run', () => {
    const breaker = {
      ...memoryWith(OrderEffect.open).risk.breaker,
      state: BreakerState.open,
      reopensUs: 7_400_000,
    };
    const risk = { ...memoryWith(OrderEffect.open).risk, breaker };
    const memory = memoryWith(OrderEffect.roundTrip, { risk });
    const { events } = live(scenarioOf({}), { memory, shiftUs: -5_000_000 });
    const [told] = events.filter(({ kind }) => kind === EventKind.breaker);
    expect(told).toMatchObject({ timeUs: 0, a: BreakerState.closed, b: BreakerState.open });
    const orders = newOrders(events);
    expect(orders.length).toBeGreaterThan(0);
    expect(orders[0]?.timeUs).toBeGreaterThanOrEqual(2_400_000);
    const early = events.filter(
      ({ kind, timeUs }) => kind === EventKind.reject && timeUs < 2_400_000,
    );
    expect(early.length).toBeGreaterThan(0);
  });

  it('of a row of losses counts towards the next trip', () => {
    const losing = { market: { kind: 'reference', pnlCents: [-100, -100], skipPerMillion: 0 } };
    const symbols = [{ name: 'BTCUSD.s', ...losing }];
    const fresh = live(scenarioOf({ symbols }));
    const fills = (events: readonly TraceEvent[]): number =>
      events
        .slice(0, firstOf(events, EventKind.breaker))
        .filter(({ kind }) => kind === EventKind.fill).length;
    expect(fills(fresh.events)).toBe(3);
    const memory = memoryWith(OrderEffect.roundTrip);
    const [desk] = memory.desks;
    const desks = desk === undefined ? [] : [{ ...desk, open: undefined }];
    const again = live(scenarioOf({ symbols }), { memory: { ...memory, desks }, shiftUs: 0 });
    expect(fills(again.events)).toBe(1);
  });

  it('of the ledger is carried on', () => {
    const { run, result } = live(scenarioOf({}), {
      memory: memoryWith(OrderEffect.roundTrip),
      shiftUs: 0,
    });
    const realised = run.memory?.desks.reduce((sum, desk) => sum + desk.realisedCents, 0) ?? NaN;
    const ledgerCents = Math.round(Number(result.pnl.ledgerTotal) * 100);
    expect(realised).toBe(500 + ledgerCents);
  });

  it('is what the next run recalls, to the last figure', () => {
    const first = live(galleryEntry('reference').scenario).run.memory;
    if (first === undefined) throw new Error('expected a memory');
    const { scenario } = galleryEntry('reference');
    const wall = new FakeWall();
    const run = new LiveRun(scenario, { wall, readers: [] });
    const end = new SimulatedEnd(scenario, run);
    const recollection = { memory: first, shiftUs: 0 };
    run.start({ sockets: end, recollection }, () => {});
    expect(run.memory).toEqual(first);
  });
});
