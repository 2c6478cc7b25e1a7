/** Laws of the simulated REP socket: its turn, its fairness, its queue, and what a crash costs. */
import { describe, expect, it } from 'vitest';
import { sleep } from '../kernel/task.ts';
import { EventKind, FaultKind, NONE } from '../trace/event.ts';
import { HIGH_WATER_MARK } from './req-turn.ts';
import { only, outcome, settle, World } from './testing/world.ts';

const GATEWAY = { id: 200, name: 'gateway', symbol: NONE };

describe('the turn of a REP socket', () => {
  it('is receive, send, receive, send; anything else is EFSM', () => {
    const world = new World();
    const { rep } = world;
    rep.bind();
    const socket = world.socket({ relaxed: true });
    world.spawn('client', 0, function* (self) {
      expect(outcome(rep.send(GATEWAY, world.request()))).toBe('EFSM');
      for (const request of [world.request(), world.request()]) socket.send(self, request);
      expect(outcome(rep.receive(GATEWAY))).toBe(2);
      expect(outcome(rep.receive(GATEWAY))).toBe('EFSM');
      expect(outcome(rep.send(GATEWAY, { request: 2, code: 0, symbol: 0 }))).toBe('sent');
      expect(outcome(rep.receive(GATEWAY))).toBe(3);
    });
    world.run();
    expect(world.kernel.unfinished).toBe(0);
  });

  it('waits for its turn with zeromq.js, as REQ does', () => {
    const world = new World({ rep: { profile: 'zeromq.js' } });
    const { rep } = world;
    rep.bind();
    const socket = world.socket({ relaxed: true });
    world.spawn('client', 0, function* (self) {
      for (const request of [world.request(), world.request()]) socket.send(self, request);
      rep.receive(GATEWAY);
      const next = rep.receive(self);
      expect(outcome(next)).toBe('pending');
      rep.send(GATEWAY, { request: 1, code: 0, symbol: 0 });
      expect(outcome(yield* settle(next))).toBe(2);
    });
    world.run();
    expect(world.kernel.unfinished).toBe(0);
  });
});

describe('several clients of one REP', () => {
  it('are served in turn, however much one of them has asked', () => {
    const world = new World();
    const greedy = world.socket({ relaxed: true });
    const modest = world.socket();
    world.spawn('greedy', 0, function* (self) {
      for (let n = 1; n <= 5; n++) greedy.send(self, { request: n, code: 1, symbol: 0 });
    });
    world.spawn('modest', 1, function* (self) {
      modest.send(self, { request: 100, code: 1, symbol: 1 });
      yield sleep(60_000);
    });
    world.serve(10_000);
    world.run();
    expect(world.served).toEqual([1, 100, 2, 3, 4, 5]);
  });

  it('get no reply once they are gone, but their requests are served', () => {
    const world = new World();
    world.serve(10_000);
    const socket = world.socket();
    world.spawn('client', 0, function* (self) {
      socket.send(self, world.request());
      yield sleep(5_000);
      socket.reopen(self);
      socket.send(self, world.request());
      expect(outcome(yield* settle(socket.receive(self)))).toBe(2);
    });
    const events = world.run();
    expect(world.served).toEqual([1, 2]);
    expect(only(events, EventKind.receive).map((event) => event.a)).toEqual([2]);
  });

  it('are held back at the high-water mark and go on when there is room', () => {
    const world = new World();
    world.rep.bind();
    const socket = world.socket({ relaxed: true, sendTimeoutUs: 0 });
    world.spawn('client', 0, function* (self) {
      let sent = 0;
      while (socket.send(self, world.request()).kind === 'done') sent += 1;
      expect(sent).toBe(2 * HIGH_WATER_MARK);
      world.serve(1);
      yield sleep(10_000);
    });
    world.run();
    expect(world.served).toEqual(Array.from({ length: 2 * HIGH_WATER_MARK }, (_, n) => n + 1));
  });
});

describe('a crash', () => {
  it('loses the request in service and what is unread; both clients hear nothing', () => {
    const world = new World();
    world.serve(10_000);
    const [first, second] = [world.socket(), world.socket()];
    const ends: unknown[] = [];
    for (const socket of [first, second]) {
      world.spawn('client', 0, function* (self) {
        socket.send(self, world.request());
        ends.push(outcome(yield* settle(socket.receive(self))));
      });
    }
    world.kernel.after(5_000, () => {
      world.rep.crash();
      world.rep.crash();
      world.rep.restart();
    });
    const events = world.run();
    expect(ends).toEqual(['EAGAIN', 'EAGAIN']);
    expect(world.served).toEqual([1]);
    const faults = only(events, EventKind.fault).map((event) => [event.timeUs, event.a]);
    expect(faults).toEqual([
      [5_000, FaultKind.crash],
      [5_000, FaultKind.restart],
    ]);
  });

  it.each([
    { backAfterUs: 0, foundAtUs: 5_000 },
    { backAfterUs: 1, foundAtUs: 105_000 },
    { backAfterUs: 250_000, foundAtUs: 305_000 },
  ])(
    'breaks the connection until an attempt finds the REP again: back after $backAfterUs us',
    ({ backAfterUs, foundAtUs }) => {
      const world = new World();
      world.serve(0);
      const socket = world.socket({ receiveTimeoutUs: 1_000_000 });
      world.spawn('client', 0, function* (self) {
        yield sleep(5_000);
        world.rep.crash();
        world.kernel.after(backAfterUs, () => {
          world.rep.restart();
        });
        if (backAfterUs === 0) yield sleep(0);
        socket.send(self, world.request());
        expect(outcome(yield* settle(socket.receive(self)))).toBe(1);
        expect(world.kernel.nowUs).toBe(foundAtUs);
      });
      world.run();
      expect(world.kernel.unfinished).toBe(0);
    },
  );

  it('before the client has found the REP again keeps it waiting', () => {
    const world = new World();
    world.serve(0);
    const socket = world.socket({ receiveTimeoutUs: 1_000_000 });
    const crash = (): void => {
      world.rep.crash();
    };
    world.kernel.after(10_000, crash);
    world.kernel.after(60_000, () => {
      world.rep.restart();
    });
    world.kernel.after(70_000, crash);
    world.kernel.after(150_000, () => {
      world.rep.restart();
    });
    world.spawn('client', 0, function* (self) {
      yield sleep(20_000);
      socket.send(self, world.request());
      expect(outcome(yield* settle(socket.receive(self)))).toBe(1);
      expect(world.kernel.nowUs).toBe(170_000);
    });
    world.run();
    expect(world.served).toEqual([1]);
  });

  it('forgets all of a long queue, and the clients are served again afterwards', () => {
    const world = new World();
    world.serve(10_000);
    const sockets = [world.socket({ relaxed: true }), world.socket({ relaxed: true })];
    for (const [at, socket] of sockets.entries()) {
      world.spawn('client', at, function* (self) {
        for (let n = 1; n <= 3; n++)
          socket.send(self, { request: at * 10 + n, code: 1, symbol: 0 });
        yield sleep(5_000);
        if (at === 0) {
          world.rep.crash();
          world.rep.restart();
        }
        yield sleep(1_000);
        for (let n = 4; n <= 5; n++)
          socket.send(self, { request: at * 10 + n, code: 1, symbol: 0 });
        yield sleep(100_000);
      });
    }
    world.run();
    expect(world.served).toEqual([1, 4, 14, 5, 15]);
  });

  it('leaves a reply to a request from before it out of turn', () => {
    const world = new World();
    const { rep } = world;
    rep.bind();
    const socket = world.socket();
    world.spawn('client', 0, function* (self) {
      socket.send(self, world.request());
      expect(outcome(rep.receive(GATEWAY))).toBe(1);
      rep.crash();
      rep.restart();
      expect(outcome(rep.send(GATEWAY, { request: 1, code: 0, symbol: 0 }))).toBe('EFSM');
    });
    world.run();
    expect(world.kernel.unfinished).toBe(0);
  });

  it('loses what is under way in both directions', () => {
    const world = new World({ latencyUs: [10_000, 10_000] });
    world.serve(0);
    const ends: unknown[] = [];
    // The first one's reply and the second one's request are under way at 15 ms.
    for (const startUs of [0, 10_000]) {
      const socket = world.socket();
      world.spawn('client', 0, function* (self) {
        yield sleep(startUs);
        socket.send(self, world.request());
        ends.push(outcome(yield* settle(socket.receive(self))));
      });
    }
    world.kernel.after(15_000, () => {
      world.rep.crash();
      world.rep.restart();
    });
    world.run();
    expect(ends).toEqual(['EAGAIN', 'EAGAIN']);
    expect(world.served).toEqual([1]);
  });

  it('while binding again takes the bind back', () => {
    const world = new World({ rep: { profile: 'zeromq.js', bindUs: 10_000 } });
    world.rep.bind();
    const socket = world.socket({ profile: 'zeromq.js' });
    world.spawn('client', 0, function* (self) {
      socket.send(self, world.request());
      yield sleep(5_000);
      world.rep.crash();
      yield sleep(50_000);
      expect(world.rep.up).toBe(false);
    });
    world.run();
    expect(world.kernel.unfinished).toBe(0);
  });
});
