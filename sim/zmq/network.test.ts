/** Laws of the network: order, time, faults, and streams that do not disturb each other. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../base/random.ts';
import { sleep } from '../kernel/task.ts';
import { EventKind, FaultKind, NONE, type TraceEvent } from '../trace/event.ts';
import type { FaultOptions } from './faults.ts';
import { only, outcome, settle, World, type WorldOptions } from './testing/world.ts';

const ALWAYS = 1_000_000;

/**
 * Exchanges of one client a symbol, each on a socket of its own, without a pause; then the trace.
 */
function exchanges(options: WorldOptions, symbols: readonly number[], count: number): TraceEvent[] {
  const world = new World(options);
  world.serve(1_000);
  for (const symbol of symbols) {
    const socket = world.socket({ correlate: true });
    world.spawn(`symbol ${symbol}`, symbol, function* (self) {
      for (let n = 1; n <= count; n++) {
        socket.send(self, { request: symbol * 1_000 + n, code: 1, symbol });
        const got = yield* settle(socket.receive(self));
        if (got.kind === 'failed') socket.reopen(self);
        yield sleep(1_000);
      }
      yield sleep(1_000_000);
    });
  }
  return [...world.run()];
}

const faultsOf = (events: readonly TraceEvent[], symbol: number): number[][] =>
  only(events, EventKind.fault)
    .filter((event) => event.symbol === symbol)
    .map((event) => [event.a, event.b, event.value]);

describe('a network without latency and faults', () => {
  it('delivers within the step that sends', () => {
    const world = new World();
    world.rep.bind();
    const socket = world.socket();
    world.spawn('client', 0, function* (self) {
      socket.send(self, world.request());
      const stepsBefore = world.kernel.steps;
      expect(outcome(world.rep.receive(self))).toBe(1);
      world.rep.send(self, { request: 1, code: 0, symbol: 0 });
      expect(outcome(socket.receive(self))).toBe(1);
      expect(world.kernel.steps).toBe(stepsBefore);
    });
    world.run();
    expect(world.kernel.unfinished).toBe(0);
  });

  it('loses nothing', () => {
    const events = exchanges({}, [0, 1, 2], 50);
    expect(only(events, EventKind.receive)).toHaveLength(150);
    expect(only(events, EventKind.fault)).toEqual([]);
    expect(only(events, EventKind.socketError)).toEqual([]);
  });
});

describe('latency', () => {
  it('is drawn each way, within its range', () => {
    const events = exchanges({ latencyUs: [2_000, 5_000] }, [0], 100);
    const sent = only(events, EventKind.send);
    const received = only(events, EventKind.receive);
    const roundTrips = received.map((event, at) => event.timeUs - (sent[at]?.timeUs ?? NaN));
    expect(roundTrips).toHaveLength(100);
    expect(Math.min(...roundTrips)).toBeGreaterThanOrEqual(5_000);
    expect(Math.max(...roundTrips)).toBeLessThanOrEqual(11_000);
    expect(new Set(roundTrips).size).toBeGreaterThan(50);
  });

  it('never reorders the messages of one connection, in any timing', () => {
    for (const [timing, longestUs] of [
      ['virtual', 2],
      ['virtual', 50_000],
      ['abstract', 50_000],
    ] as const) {
      const draws = new RandomStream(127, timing);
      const choose = (count: number): number => draws.between(0, count - 1);
      const oracle = {
        chooseNext: (options: { length: number }) => choose(options.length),
        choose,
      };
      const world = new World({ latencyUs: [0, longestUs], timing, oracle });
      world.serve(0);
      const socket = world.socket({ relaxed: true });
      world.spawn('client', 0, function* (self) {
        for (let n = 1; n <= 40; n++) socket.send(self, { request: n, code: 1, symbol: 0 });
        while (world.served.length < 40) yield sleep(1_000);
      });
      world.run();
      expect(world.served, timing).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
    }
  });
});

describe('a connection', () => {
  it('that is closed hears nothing of what was under way to it', () => {
    const world = new World({ latencyUs: [10_000, 10_000] });
    world.serve(0);
    const socket = world.socket();
    world.spawn('client', 0, function* (self) {
      socket.send(self, world.request());
      yield sleep(15_000);
      socket.reopen(self);
      socket.send(self, world.request());
      expect(outcome(yield* settle(socket.receive(self)))).toBe(2);
    });
    expect(only(world.run(), EventKind.receive)).toHaveLength(1);
  });

  it('is forgotten when it is closed and has nothing left to do', () => {
    const world = new World({ latencyUs: [10_000, 10_000] });
    world.rep.bind();
    const socket = world.socket();
    world.spawn('client', 0, function* (self) {
      for (let n = 0; n < 100; n++) {
        socket.send(self, world.request());
        yield sleep(10_000);
        socket.reopen(self);
      }
      expect(world.network.size).toBeLessThanOrEqual(2);
    });
    world.run();
    expect(world.kernel.unfinished).toBe(0);
  });

  it('has room again for what a fault has dropped', () => {
    const world = new World({ faults: { dropRequestPerMillion: ALWAYS } });
    world.rep.bind();
    const socket = world.socket({ relaxed: true, sendTimeoutUs: 0 });
    world.spawn('client', 0, function* (self) {
      for (let n = 0; n < 5_000; n++) {
        expect(outcome(socket.send(self, world.request()))).toBe('sent');
      }
    });
    world.run();
    expect(world.kernel.unfinished).toBe(0);
  });
});

describe('each fault', () => {
  it('drop: the request is not served, or the reply not received', () => {
    for (const [name, direction] of [
      ['dropRequestPerMillion', 0],
      ['dropReplyPerMillion', 1],
    ] as const) {
      const events = exchanges({ faults: { [name]: ALWAYS } }, [0], 3);
      expect(only(events, EventKind.receive)).toEqual([]);
      expect(only(events, EventKind.socketError)).toHaveLength(3);
      const expected = [1, 2, 3].map((request) => [FaultKind.drop, request * 2 + direction, 0]);
      expect(faultsOf(events, 0)).toEqual(expected);
    }
  });

  it('delay: the message takes so much longer, and says how much', () => {
    const events = exchanges(
      { faults: { delayPerMillion: ALWAYS, delayUs: [7_000, 9_000] } },
      [0],
      1,
    );
    const added = faultsOf(events, 0).map((fault) => fault[2] ?? NaN);
    expect(added).toHaveLength(2);
    const [received] = only(events, EventKind.receive);
    expect(received?.timeUs).toBe(1_000 + (added[0] ?? NaN) + (added[1] ?? NaN));
  });

  it('duplicate: the request is served twice, one reply is received', () => {
    const world = new World({ faults: { duplicatePerMillion: ALWAYS } });
    world.serve(1_000);
    const socket = world.socket({ correlate: true });
    world.spawn('client', 0, function* (self) {
      for (let n = 0; n < 3; n++) {
        socket.send(self, world.request());
        expect(outcome(yield* settle(socket.receive(self)))).toBe(n + 1);
        yield sleep(5_000);
      }
    });
    const events = world.run();
    expect(world.served).toEqual([1, 1, 2, 2, 3, 3]);
    expect(faultsOf(events, 0).filter((fault) => fault[0] === FaultKind.duplicate)).toHaveLength(9);
  });

  it('reorder: a message overtakes the one before it, if that is under way', () => {
    const faults: Partial<FaultOptions> = { reorderPerMillion: ALWAYS };
    const world = new World({ latencyUs: [5_000, 5_000], faults });
    world.serve(0);
    const socket = world.socket({ relaxed: true });
    world.spawn('client', 0, function* (self) {
      socket.send(self, { request: 1, code: 1, symbol: 0 });
      yield sleep(3_000);
      for (const request of [2, 3]) socket.send(self, { request, code: 1, symbol: 0 });
      yield sleep(4_999);
      expect(world.served).toEqual([]);
      yield sleep(15_000);
      socket.send(self, { request: 4, code: 1, symbol: 0 });
      yield sleep(20_000);
    });
    const events = world.run();
    expect(world.served).toEqual([2, 3, 1, 4]);
    const requests = faultsOf(events, 0).filter((fault) => (fault[1] ?? 0) % 2 === 0);
    expect(requests).toEqual([
      [FaultKind.reorder, 4, 1],
      [FaultKind.reorder, 6, 1],
    ]);
  });

  it('stops when random faults have to stop', () => {
    const faults = { dropReplyPerMillion: ALWAYS, untilUs: 250_000 };
    const events = exchanges({ faults }, [0], 10);
    expect(only(events, EventKind.fault).every((event) => event.timeUs < 250_000)).toBe(true);
    expect(only(events, EventKind.fault).length).toBeGreaterThan(0);
    expect(only(events, EventKind.receive).length).toBeGreaterThan(0);
  });

  it('of a message without a symbol draws from the streams of none', () => {
    const events = exchanges({ faults: { dropRequestPerMillion: 500_000 } }, [NONE], 20);
    const drops = only(events, EventKind.fault);
    expect(drops.length).toBeGreaterThan(3);
    expect(drops.length).toBeLessThan(17);
    expect(drops.every((event) => event.symbol === NONE)).toBe(true);
  });
});

describe('the random streams', () => {
  const perMillion = fc.constantFrom(0, 100_000, 500_000);
  const anyFaults = fc.record({
    delayPerMillion: perMillion,
    delayUs: fc.constant([1_000, 20_000] as const),
    dropRequestPerMillion: perMillion,
    dropReplyPerMillion: perMillion,
    duplicatePerMillion: perMillion,
  });

  it('of a symbol do not move when another symbol trades too', () => {
    fc.assert(
      fc.property(fc.nat(), anyFaults, (seed, faults) => {
        // The two share a gateway, so times differ; what is drawn for a message must not.
        const alone = exchanges({ seed, faults }, [1], 15);
        const withOther = exchanges({ seed, faults }, [0, 1], 15);
        const drops = (events: readonly TraceEvent[]): number[] =>
          only(events, EventKind.fault)
            .filter(
              (event) => event.symbol === 1 && event.a === FaultKind.drop && event.b % 2 === 0,
            )
            .map((event) => event.b);
        expect(drops(withOther)).toEqual(drops(alone));
      }),
      { seed: 127, numRuns: 40 },
    );
  });

  it('of a fault do not move when another fault is switched on', () => {
    fc.assert(
      fc.property(fc.nat(), anyFaults, (seed, faults) => {
        const requestDrops = (more: Partial<FaultOptions>): number[][] =>
          faultsOf(
            exchanges({ seed, faults: { ...more, dropRequestPerMillion: 300_000 } }, [0], 15),
            0,
          ).filter((fault) => fault[0] === FaultKind.drop && (fault[1] ?? 0) % 2 === 0);
        expect(requestDrops(faults)).toEqual(requestDrops({}));
      }),
      { seed: 127, numRuns: 40 },
    );
  });

  it('belong to a name, not to a place in the list, and differ from name to name', () => {
    const drops = (symbolNames: readonly string[], symbol: number): number[] => {
      const faults = { dropRequestPerMillion: 400_000 };
      const events = exchanges({ symbolNames, faults }, [symbol], 30);
      return only(events, EventKind.fault).map((event) => event.b - symbol * 2_000);
    };
    expect(drops(['ETHUSD.s', 'BTCUSD.s'], 1)).toEqual(drops(['BTCUSD.s'], 0));
    expect(drops(['ETHUSD.s'], 0)).not.toEqual(drops(['BTCUSD.s'], 0));
  });

  it('give the same run for the same seed, and another one for another seed', () => {
    const run = (seed: number): TraceEvent[] =>
      exchanges({ seed, faults: { dropReplyPerMillion: 300_000 } }, [0], 20);
    expect(run(5)).toEqual(run(5));
    expect(run(5)).not.toEqual(run(6));
  });
});
