/** What every request socket has to do, as laws that are run over every way to make one. */
import { describe, expect, it } from 'vitest';
import type { TaskBody, TaskRef } from '../../kernel/task.ts';
import { NONE } from '../../trace/event.ts';
import type { Message, RequestSocket } from '../contract.ts';
import { outcome, settle, World } from './world.ts';

type Socket = RequestSocket<Message, Message>;

interface Law {
  readonly name: string;
  /** What the gateway does: answers after 1 ms, or nothing. */
  readonly gateway: 'answers' | 'is silent';
  /** A task that uses the socket and finds that the law holds. */
  body(world: World, socket: Socket, self: TaskRef): TaskBody;
}

const LAWS: readonly Law[] = [
  {
    name: 'answers each request with its own reply',
    gateway: 'answers',
    *body(world, socket, self) {
      for (let n = 1; n <= 3; n++) {
        expect(outcome(yield* settle(socket.send(self, world.request())))).toBe('sent');
        expect(outcome(yield* settle(socket.receive(self)))).toBe(n);
      }
    },
  },
  {
    name: 'gives up with EAGAIN after its time-out and not before',
    gateway: 'is silent',
    *body(world, socket, self) {
      socket.send(self, world.request());
      expect(outcome(yield* settle(socket.receive(self)))).toBe('EAGAIN');
      expect(world.kernel.nowUs).toBe(100_000);
    },
  },
  {
    name: 'settles an operation once: giving up afterwards changes nothing',
    gateway: 'answers',
    *body(world, socket, self) {
      socket.send(self, world.request());
      const operation = socket.receive(self);
      if (operation.kind !== 'pending') throw new Error(`expected to wait, got ${operation.kind}`);
      const settled = yield* settle(operation);
      operation.ticket.expire();
      expect(operation.ticket.settled).toBe(settled);
      expect(outcome(settled)).toBe(1);
    },
  },
  {
    name: 'is EBADF in every use after close, and closes only once',
    gateway: 'answers',
    *body(world, socket, self) {
      socket.close(self);
      socket.close(self);
      expect(outcome(socket.send(self, world.request()))).toBe('EBADF');
      expect(outcome(socket.receive(self))).toBe('EBADF');
      expect(world.served).toEqual([]);
    },
  },
  {
    name: 'fails what is pending when it is closed, and wakes who waited',
    gateway: 'is silent',
    *body(world, socket, self) {
      socket.send(self, world.request());
      const operation = socket.receive(self);
      world.kernel.after(20_000, () => {
        socket.close({ id: 0, name: 'other', symbol: NONE });
      });
      expect(outcome(yield* settle(operation))).toBe('EAGAIN');
      expect(world.kernel.nowUs).toBe(20_000);
    },
  },
  {
    name: 'works again when it is opened anew, and hears nothing of the past',
    gateway: 'answers',
    *body(world, socket, self) {
      socket.send(self, world.request());
      socket.reopen(self);
      socket.send(self, world.request());
      expect(outcome(yield* settle(socket.receive(self)))).toBe(2);
      socket.close(self);
      socket.reopen(self);
      socket.send(self, world.request());
      expect(outcome(yield* settle(socket.receive(self)))).toBe(3);
    },
  },
];

/** Runs the laws; `make` gives a socket that waits at most 100 ms for anything. */
export function requestSocketContract(name: string, make: (world: World) => Socket): void {
  describe(`${name}, as a request socket`, () => {
    it.each(LAWS.map((law) => [law.name, law] as const))('%s', (_, law) => {
      const world = new World();
      if (law.gateway === 'answers') world.serve(1_000);
      else world.rep.bind();
      const socket = make(world);
      world.spawn('client', 0, (self) => law.body(world, socket, self));
      world.run();
      expect(world.kernel.unfinished).toBe(0);
    });
  });
}
