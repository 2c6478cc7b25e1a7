/** Laws of the simulated REQ socket: its contract, its trace, its queue, LINGER and IMMEDIATE. */
import { describe, expect, it } from 'vitest';
import { sleep } from '../kernel/task.ts';
import { EventKind, NONE, SocketErrorCode, SocketOp } from '../trace/event.ts';
import type { Message } from './contract.ts';
import type { ReqSocket } from './req-socket.ts';
import { HIGH_WATER_MARK } from './req-turn.ts';
import { requestSocketContract } from './testing/contract-suite.ts';
import { only, outcome, settle, World } from './testing/world.ts';

requestSocketContract('strict REQ', (world) => world.socket());
requestSocketContract('zeromq.js REQ', (world) => world.socket({ profile: 'zeromq.js' }));
requestSocketContract('correlating REQ', (world) => world.socket({ correlate: true }));
requestSocketContract('relaxed REQ', (world) => world.socket({ relaxed: true, correlate: true }));

describe('the trace of a REQ socket', () => {
  it('says who sent, received, failed, closed and opened, and when', () => {
    const world = new World();
    world.serve(2_000);
    const socket = world.socket();
    const task = world.spawn('BTCUSD.s', 1, function* (self) {
      socket.send(self, { request: 7, code: 3, symbol: 1 });
      yield* settle(socket.receive(self));
      socket.receive(self);
      socket.send(self, { request: 8, code: 3, symbol: 1 });
      socket.send(self, { request: 9, code: 3, symbol: 1 });
      socket.reopen(self);
    });
    const seen = world.run().map(({ kind, timeUs, task: who, symbol, object, a, b }) => {
      return [kind, timeUs, who, symbol, object, a, b];
    });
    const by = [task.id, 1, 0] as const;
    const { EFSM } = SocketErrorCode;
    expect(seen).toEqual([
      [EventKind.socketOpen, 0, NONE, NONE, 0, 0, 0],
      [EventKind.send, 0, ...by, 7, 3],
      [EventKind.receive, 2_000, ...by, 7, 0],
      [EventKind.socketError, 2_000, ...by, 0, EFSM * 4 + SocketOp.receive],
      [EventKind.send, 2_000, ...by, 8, 3],
      [EventKind.socketError, 2_000, ...by, 9, EFSM * 4 + SocketOp.send],
      [EventKind.socketClose, 2_000, ...by, 0, 0],
      [EventKind.socketOpen, 2_000, ...by, 0, 0],
    ]);
  });

  it('names the request whose reply did not come', () => {
    const world = new World();
    world.rep.bind();
    const socket = world.socket();
    world.spawn('client', 0, function* (self) {
      socket.send(self, { request: 5, code: 1, symbol: 0 });
      yield* settle(socket.receive(self));
    });
    const [error] = only(world.run(), EventKind.socketError);
    expect(error).toMatchObject({ timeUs: 100_000, a: 5 });
    expect(error?.b).toBe(SocketErrorCode.EAGAIN * 4 + SocketOp.receive);
  });
});

describe('one further receive of a strict socket', () => {
  it('is out of turn while one waits for the only reply', () => {
    const world = new World();
    world.serve(1_000);
    const socket = world.socket();
    world.spawn('client', 0, function* (self) {
      socket.send(self, world.request());
      const first = socket.receive(self);
      expect(outcome(socket.receive(self))).toBe('EFSM');
      expect(outcome(yield* settle(first))).toBe(1);
    });
    world.run();
  });
});

describe('a send that waits for its turn with zeromq.js', () => {
  it.each([
    ['had to be waited for', 0],
    ['had arrived before', 5_000],
  ])('goes out when the reply is received, which %s', (_, pauseUs) => {
    const world = new World();
    world.serve(2_000);
    const socket = world.socket({ profile: 'zeromq.js' });
    world.spawn('client', 0, function* (self) {
      socket.send(self, world.request());
      const second = socket.send(self, world.request());
      yield sleep(pauseUs);
      expect(outcome(second)).toBe('pending');
      expect(outcome(yield* settle(socket.receive(self)))).toBe(1);
      expect(outcome(yield* settle(second))).toBe('sent');
      expect(outcome(yield* settle(socket.receive(self)))).toBe(2);
      expect(world.kernel.nowUs).toBe(Math.max(pauseUs, 2_000) + 2_000);
    });
    world.run();
    expect(world.kernel.unfinished).toBe(0);
  });
});

describe('a peer that is not there', () => {
  const fill = (socket: ReqSocket<Message, Message>, count: number, world: World): number => {
    let sent = 0;
    const self = { id: 0, name: 'client', symbol: 0 };
    while (sent < count && socket.send(self, world.request()).kind === 'done') sent += 1;
    return sent;
  };

  it('is sent to as soon as it is found, in order, within the reconnect interval', () => {
    const world = new World();
    const socket = world.socket({ receiveTimeoutUs: 1_000_000 });
    world.spawn('client', 0, function* (self) {
      socket.send(self, world.request());
      yield sleep(30_000);
      world.serve(0);
      expect(outcome(yield* settle(socket.receive(self)))).toBe(1);
      expect(world.kernel.nowUs).toBe(100_000);
    });
    world.run();
    expect(world.kernel.unfinished).toBe(0);
  });

  it('has requests queued for it up to the high-water mark', () => {
    const world = new World();
    const socket = world.socket({ relaxed: true, sendTimeoutUs: 0 });
    expect(fill(socket, 5_000, world)).toBe(HIGH_WATER_MARK);
    const self = { id: 0, name: 'client', symbol: 0 };
    expect(outcome(socket.send(self, world.request()))).toBe('EAGAIN');
  });

  it('lets a send wait for room, and the send goes out when there is some', () => {
    const world = new World();
    const socket = world.socket({ relaxed: true, sendTimeoutUs: 500_000 });
    expect(fill(socket, 5_000, world)).toBe(HIGH_WATER_MARK);
    world.spawn('client', 0, function* (self) {
      socket.close(self);
      socket.reopen(self);
      fill(socket, HIGH_WATER_MARK, world);
      const waiting = socket.send(self, { request: 9_999, code: 1, symbol: 0 });
      expect(outcome(waiting)).toBe('pending');
      expect(outcome(socket.send(self, world.request()))).toBe('EFSM');
      yield sleep(1_000);
      world.serve(0);
      expect(outcome(yield* settle(waiting))).toBe('sent');
      yield sleep(1);
    });
    world.run();
    expect(world.served.at(-1)).toBe(9_999);
    expect(world.served).toHaveLength(HIGH_WATER_MARK + 1);
  });

  it.each([
    { lingerUs: 0, served: [] },
    { lingerUs: 50_000, served: [] },
    { lingerUs: 150_000, served: [1] },
    { lingerUs: Infinity, served: [1] },
  ])('gets what was unsent at close if LINGER $lingerUs us outlasts it', ({ lingerUs, served }) => {
    const world = new World();
    const socket = world.socket({ lingerUs });
    world.spawn('client', 0, function* (self) {
      socket.send(self, world.request());
      socket.close(self);
      yield sleep(100_000);
      world.serve(0);
      yield sleep(200_000);
    });
    world.run();
    expect(world.served).toEqual(served);
  });

  it('gets nothing that was unsent at close with LINGER 0, however soon it comes', () => {
    const world = new World();
    const socket = world.socket({ lingerUs: 0 });
    world.spawn('client', 0, function* (self) {
      socket.send(self, world.request());
      socket.close(self);
      world.serve(0);
      yield sleep(1_000);
    });
    world.run();
    expect(world.served).toEqual([]);
  });

  it('makes a send with IMMEDIATE wait until it is there', () => {
    const world = new World();
    const socket = world.socket({ immediate: true, sendTimeoutUs: 300_000 });
    world.spawn('client', 0, function* (self) {
      const sending = socket.send(self, world.request());
      expect(outcome(sending)).toBe('pending');
      yield sleep(150_000);
      world.serve(0);
      expect(outcome(yield* settle(sending))).toBe('sent');
      expect(world.kernel.nowUs).toBe(200_000);
    });
    world.run();
    expect(world.kernel.unfinished).toBe(0);
  });
});
