/** Laws of the Lazy Pirate client: what it repeats, what it never repeats, and that it survives. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AssertionError } from '../base/assert.ts';
import { sleep, type TaskRef } from '../kernel/task.ts';
import { EventKind, SocketErrorCode } from '../trace/event.ts';
import type { ExchangeResult, Message, SocketOptions } from './contract.ts';
import { LazyPirate, type PirateOptions } from './lazy-pirate.ts';
import { only, settle, World, type WorldOptions } from './testing/world.ts';

const ALWAYS = 1_000_000;
const PATIENT: PirateOptions = { attempts: 3, backoffUs: 0, reopen: 'always' };

interface Bench {
  readonly world: World;
  readonly client: LazyPirate<Message, Message>;
  readonly results: ExchangeResult<Message>[];
  /** Requests that the client asked for, in order. */
  readonly asked: number[];
  next(): Message;
}

function bench(
  options: {
    readonly world?: WorldOptions;
    readonly socket?: Partial<SocketOptions>;
    readonly pirate?: Partial<PirateOptions>;
    readonly gateway?: 'answers' | 'is silent' | 'absent';
  } = {},
): Bench {
  const world = new World(options.world);
  const gateway = options.gateway ?? 'answers';
  if (gateway === 'answers') world.serve(1_000);
  if (gateway === 'is silent') world.rep.bind();
  const socket = world.socket(options.socket);
  const asked: number[] = [];
  return {
    world,
    client: new LazyPirate(world.kernel, socket, { ...PATIENT, ...options.pirate }),
    results: [],
    asked,
    next: () => {
      const request = world.request();
      asked.push(request.request);
      return request;
    },
  };
}

/** One task that makes `count` exchanges in a row; returns the trace. */
function runExchanges(on: Bench, repeatable: boolean, count: number) {
  on.world.spawn('client', 0, function* (self) {
    for (let n = 0; n < count; n++) {
      on.results.push(yield* on.client.exchange(self, repeatable, on.next));
    }
  });
  const events = on.world.run();
  expect(on.world.kernel.unfinished).toBe(0);
  return events;
}

const kinds = (on: Bench): string[] => on.results.map((result) => result.kind);

describe('an exchange', () => {
  it('returns the reply to its own request', () => {
    const on = bench();
    runExchanges(on, false, 3);
    expect(on.results.map((result) => result.kind === 'reply' && result.reply.request)).toEqual([
      1, 2, 3,
    ]);
  });

  it('is the same in a sub-task and in steps', () => {
    const [generator, steps] = [bench(), bench()];
    const first = runExchanges(generator, true, 5);
    steps.world.spawn('client', 0, function* (self) {
      const exchanges = steps.client.steps(self);
      expect(steps.client.steps(self)).toBe(exchanges);
      for (let n = 0; n < 5; n++) {
        let wait = exchanges.begin(true, steps.next);
        while (wait !== undefined) wait = exchanges.resume(yield wait);
        expect(exchanges.result.kind).toBe('reply');
      }
    });
    expect(steps.world.run()).toEqual(first);
  });

  it('is one at a time for a task, and its result is read when it is over', () => {
    const on = bench();
    on.world.spawn('client', 0, function* (self) {
      const exchanges = on.client.steps(self);
      expect(() => exchanges.result).toThrow(AssertionError);
      expect(() => exchanges.resume(true)).toThrow(AssertionError);
      const wait = exchanges.begin(true, on.next);
      expect(() => exchanges.begin(true, on.next)).toThrow('one exchange at a time');
      expect(() => exchanges.result).toThrow(AssertionError);
      if (wait !== undefined) exchanges.resume(yield wait);
      expect(exchanges.result.kind).toBe('reply');
    });
    on.world.run();
    expect(on.world.kernel.unfinished).toBe(0);
  });

  it('waits for the rest of its time when somebody else wakes its task', () => {
    const on = bench({ gateway: 'is silent', pirate: { attempts: 1 } });
    const task: TaskRef = on.world.spawn('client', 0, function* (self) {
      on.results.push(yield* on.client.exchange(self, true, on.next));
    });
    for (const us of [10_000, 60_000]) {
      on.world.kernel.after(us, () => {
        on.world.kernel.wake(task);
      });
    }
    on.world.run();
    expect(kinds(on)).toEqual(['unknown']);
    expect(on.world.kernel.nowUs).toBe(100_000);
  });
});

describe('a request that may be repeated', () => {
  it('is sent anew, with a number of its own, on a socket opened anew, after the pause', () => {
    const on = bench({ gateway: 'is silent', pirate: { backoffUs: 50_000 } });
    const events = runExchanges(on, true, 1);
    expect(kinds(on)).toEqual(['unknown']);
    expect(on.asked).toEqual([1, 2, 3]);
    const sends = only(events, EventKind.send).map(({ timeUs, a }) => [timeUs, a]);
    expect(sends).toEqual([
      [0, 1],
      [150_000, 2],
      [300_000, 3],
    ]);
    expect(only(events, EventKind.socketOpen)).toHaveLength(4);
  });

  it('gets through when a later attempt is answered', () => {
    const faults = { dropReplyPerMillion: ALWAYS, untilUs: 150_000 };
    const on = bench({ world: { faults } });
    runExchanges(on, true, 1);
    expect(on.results).toEqual([{ kind: 'reply', reply: { request: 3, code: 0, symbol: 0 } }]);
  });
});

describe('a request that may not be repeated', () => {
  it('is unknown when its reply is lost, and the next exchange works', () => {
    const faults = { dropReplyPerMillion: ALWAYS, untilUs: 50_000 };
    const on = bench({ world: { faults } });
    const events = runExchanges(on, false, 2);
    expect(kinds(on)).toEqual(['unknown', 'reply']);
    expect(only(events, EventKind.send).map((event) => event.a)).toEqual([1, 2]);
  });

  it('is tried again while it cannot even leave, and has then failed, certainly', () => {
    const socket = { immediate: true, sendTimeoutUs: 20_000 };
    const on = bench({ gateway: 'absent', socket });
    const events = runExchanges(on, false, 1);
    expect(on.results).toEqual([{ kind: 'failed', error: 'EAGAIN' }]);
    expect(on.asked).toEqual([1]);
    expect(only(events, EventKind.send)).toEqual([]);
    expect(on.world.kernel.nowUs).toBe(60_000);
  });
});

describe('a socket in a state that the client did not leave it in', () => {
  it('closed: it is opened anew, with the first attempt or after it', () => {
    for (const attempts of [1, 2]) {
      const on = bench({ pirate: { attempts } });
      const closed = on.world.socket();
      const client = new LazyPirate(on.world.kernel, closed, { ...PATIENT, attempts });
      on.world.spawn('client', 0, function* (self) {
        closed.close(self);
        for (let n = 0; n < 2; n++) {
          on.results.push(yield* client.exchange(self, true, on.next));
        }
      });
      on.world.run();
      expect(kinds(on)).toEqual(attempts === 1 ? ['failed', 'reply'] : ['reply', 'reply']);
    }
  });

  it('received from by another task: the exchange loses its reply and leaves it alone', () => {
    const on = bench({ socket: { profile: 'zeromq.js' } });
    const socket = on.world.socket({ profile: 'zeromq.js' });
    const client = new LazyPirate(on.world.kernel, socket, PATIENT);
    on.world.spawn('other', 1, function* (self) {
      const got = yield* settle(socket.receive(self));
      expect(got.kind === 'done' && got.message?.request).toBe(1);
    });
    on.world.spawn('client', 0, function* (self) {
      on.results.push(yield* client.exchange(self, false, on.next));
    });
    const events = on.world.run();
    expect(kinds(on)).toEqual(['unknown']);
    expect(only(events, EventKind.socketClose)).toEqual([]);
  });

  it('in use by another task: the exchange fails and leaves it alone', () => {
    const on = bench({ pirate: { backoffUs: 2_000 } });
    for (const startUs of [0, 500, 5_000]) {
      on.world.spawn('client', 0, function* (self) {
        yield sleep(startUs);
        on.results.push(yield* on.client.exchange(self, true, on.next));
      });
    }
    const events = on.world.run();
    const [collided] = on.results;
    expect(collided).toEqual({ kind: 'failed', error: 'EFSM' });
    expect(kinds(on)).toEqual(['failed', 'reply', 'reply']);
    expect(only(events, EventKind.socketClose)).toEqual([]);
  });

  it('left out of turn by the last attempt: EFSM for ever, unless it is opened anew always', () => {
    const faults = { dropReplyPerMillion: ALWAYS, untilUs: 50_000 };
    const pirate = { attempts: 1, reopen: 'not-after-last' } as const;
    const broken = bench({ world: { faults }, pirate });
    const events = runExchanges(broken, true, 5);
    expect(kinds(broken)).toEqual(['unknown', 'failed', 'failed', 'failed', 'failed']);
    const outOfTurn = only(events, EventKind.socketError).filter(
      (event) => event.b === SocketErrorCode.EFSM * 4,
    );
    expect(outOfTurn).toHaveLength(4);
    const repaired = bench({ world: { faults }, pirate: { attempts: 1 } });
    runExchanges(repaired, true, 5);
    expect(kinds(repaired)).toEqual(['unknown', 'reply', 'reply', 'reply', 'reply']);
  });
});

describe('whatever befalls the messages', () => {
  const chance = fc.constantFrom(0, 100_000, 400_000);
  const plan = fc.record({
    seed: fc.nat(),
    repeatable: fc.boolean(),
    faults: fc.record({
      delayPerMillion: chance,
      delayUs: fc.constant([1_000, 150_000] as const),
      dropRequestPerMillion: chance,
      dropReplyPerMillion: chance,
      duplicatePerMillion: chance,
    }),
    socket: fc.record({
      profile: fc.constantFrom('libzmq' as const, 'zeromq.js' as const),
      relaxed: fc.boolean(),
      correlate: fc.boolean(),
    }),
  });

  it('a reply answers its request, a precious request leaves once, and all ends well', () => {
    fc.assert(
      fc.property(plan, ({ seed, repeatable, faults, socket }) => {
        const calmFromUs = 500_000;
        const on = bench({ world: { seed, faults: { ...faults, untilUs: calmFromUs } }, socket });
        const { world, client } = on;
        world.spawn('client', 0, function* (self) {
          for (let n = 0; n < 12; n++) {
            const from = on.asked.length;
            const result = yield* client.exchange(self, repeatable, on.next);
            const requests = on.asked.slice(from);
            expect(requests.length).toBeLessThanOrEqual(repeatable ? PATIENT.attempts : 1);
            if (result.kind === 'reply') expect(result.reply.request).toBe(requests.at(-1));
          }
          yield sleep(calmFromUs + 1_000_000 - Math.min(world.kernel.nowUs, calmFromUs));
          const last = yield* client.exchange(self, repeatable, on.next);
          expect(last.kind).toBe('reply');
        });
        const events = world.run();
        expect(world.kernel.unfinished).toBe(0);
        const sent = only(events, EventKind.send).map((event) => event.a);
        expect(new Set(sent).size).toBe(sent.length);
      }),
      { seed: 127, numRuns: 150 },
    );
  });

  it('an exchange that failed has sent nothing', () => {
    fc.assert(
      fc.property(plan, ({ seed, faults, socket }) => {
        const on = bench({ world: { seed, faults }, socket });
        const { world } = on;
        const failed: number[] = [];
        for (let at = 0; at < 3; at++) {
          world.spawn(`client ${at}`, at, function* (self) {
            for (let n = 0; n < 6; n++) {
              const request = world.request(at);
              const result = yield* on.client.exchange(self, false, () => request);
              if (result.kind === 'failed') failed.push(request.request);
              yield sleep(700 * (at + 1));
            }
          });
        }
        const sent = new Set(only(world.run(), EventKind.send).map((event) => event.a));
        expect(failed.filter((request) => sent.has(request))).toEqual([]);
      }),
      { seed: 127, numRuns: 100 },
    );
  });
});

describe('a gateway that restarts', () => {
  it('is found again: one exchange is lost at most', () => {
    const on = bench({ pirate: { attempts: 1 } });
    on.world.kernel.after(500, () => {
      on.world.rep.crash();
      on.world.kernel.after(30_000, () => {
        on.world.rep.restart();
      });
    });
    const events = runExchanges(on, false, 4);
    expect(kinds(on)).toEqual(['unknown', 'reply', 'reply', 'reply']);
    expect(only(events, EventKind.receive)).toHaveLength(3);
  });

  it('serves what was queued for it while it was away, though the client has given up', () => {
    const on = bench({
      gateway: 'absent',
      socket: { lingerUs: Infinity },
      pirate: { attempts: 1 },
    });
    on.world.spawn('client', 0, function* (self) {
      on.results.push(yield* on.client.exchange(self, false, on.next));
      on.world.serve(1_000);
      yield sleep(200_000);
    });
    on.world.run();
    expect(kinds(on)).toEqual(['unknown']);
    expect(on.world.served).toEqual([1]);
  });
});
