/** What every request socket has to do, as a suite that takes a way to make one. */
import { describe, expect, it } from 'vitest';
import { NONE } from '../../trace/event.ts';
import type { Message, RequestSocket } from '../contract.ts';
import { outcome, settle, World } from './world.ts';

/** Runs the suite; `make` gives a socket that waits at most 100 ms for anything. */
export function requestSocketContract(
  name: string,
  make: (world: World) => RequestSocket<Message, Message>,
): void {
  describe(`${name}, as a request socket`, () => {
    /** Runs `body` as the only worker of a world whose gateway answers after 1 ms, if at all. */
    const inWorld = (
      gateway: 'answers' | 'is silent',
      body: Parameters<World['spawn']>[2] extends (self: infer Self) => infer Body
        ? (world: World, socket: RequestSocket<Message, Message>, self: Self) => Body
        : never,
    ): World => {
      const world = new World();
      if (gateway === 'answers') world.serve(1_000);
      else world.rep.bind();
      const socket = make(world);
      world.spawn('client', 0, (self) => body(world, socket, self));
      world.run();
      expect(world.kernel.unfinished).toBe(0);
      return world;
    };

    it('answers each request with its own reply', () => {
      const got: unknown[] = [];
      inWorld('answers', function* (world, socket, self) {
        for (let n = 0; n < 3; n++) {
          got.push(outcome(yield* settle(socket.send(self, world.request()))));
          got.push(outcome(yield* settle(socket.receive(self))));
        }
      });
      expect(got).toEqual(['sent', 1, 'sent', 2, 'sent', 3]);
    });

    it('gives up with EAGAIN after its time-out and not before', () => {
      const world = inWorld('is silent', function* (_, socket, self) {
        socket.send(self, { request: 1, code: 1, symbol: 0 });
        expect(outcome(yield* settle(socket.receive(self)))).toBe('EAGAIN');
      });
      expect(world.kernel.nowUs).toBe(100_000);
    });

    it('settles an operation once: giving up afterwards changes nothing', () => {
      inWorld('answers', function* (world, socket, self) {
        socket.send(self, world.request());
        const operation = socket.receive(self);
        if (operation.kind !== 'pending')
          throw new Error(`expected to wait, got ${operation.kind}`);
        const settled = yield* settle(operation);
        operation.ticket.expire();
        expect(operation.ticket.settled).toBe(settled);
        expect(outcome(settled)).toBe(1);
      });
    });

    it('is EBADF in every use after close, and closes only once', () => {
      const world = inWorld('answers', function* (made, socket, self) {
        socket.close(self);
        socket.close(self);
        expect(outcome(socket.send(self, made.request()))).toBe('EBADF');
        expect(outcome(socket.receive(self))).toBe('EBADF');
      });
      expect(world.served).toEqual([]);
    });

    it('fails what is pending when it is closed, and wakes who waited', () => {
      inWorld('is silent', function* (world, socket, self) {
        socket.send(self, world.request());
        const operation = socket.receive(self);
        world.kernel.after(20_000, () => {
          socket.close({ id: 0, name: 'other', symbol: NONE });
        });
        expect(outcome(yield* settle(operation))).toBe('EAGAIN');
        expect(world.kernel.nowUs).toBe(20_000);
      });
    });

    it('works again when it is opened anew, and hears nothing of the past', () => {
      const got: unknown[] = [];
      inWorld('answers', function* (world, socket, self) {
        socket.send(self, world.request());
        socket.reopen(self);
        socket.send(self, world.request());
        got.push(outcome(yield* settle(socket.receive(self))));
        socket.close(self);
        socket.reopen(self);
        socket.send(self, world.request());
        got.push(outcome(yield* settle(socket.receive(self))));
      });
      expect(got).toEqual([2, 3]);
    });
  });
}
