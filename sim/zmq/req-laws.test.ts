/**
 * Laws of the REQ socket that hold for any tasks, any operations, any faults and both profiles.
 *
 * Three tasks use one socket without a lock, each with its own random script; the trace is judged.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sleep, type TaskBody, type TaskRef } from '../kernel/task.ts';
import { EventKind, SocketErrorCode, type TraceEvent } from '../trace/event.ts';
import type { Message, SocketOptions } from './contract.ts';
import type { FaultOptions } from './faults.ts';
import type { ReqSocket } from './req-socket.ts';
import { settle, World } from './testing/world.ts';

type Command = 'send' | 'receive' | 'exchange' | 'abandon' | 'reopen' | 'close' | 'sleep';

interface Plan {
  readonly seed: number;
  readonly options: Partial<SocketOptions>;
  readonly faults: Partial<FaultOptions>;
  readonly latencyUs: readonly [number, number];
  readonly crashAtUs: number;
  readonly scripts: readonly (readonly Command[])[];
}

const commands = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.constant<Command>('exchange') },
    {
      weight: 5,
      arbitrary: fc.constantFrom<Command>('send', 'receive', 'abandon', 'reopen', 'close', 'sleep'),
    },
  ),
  { minLength: 1, maxLength: 12 },
);
const chance = fc.constantFrom(0, 200_000, 600_000);
const timeoutUs = fc.constantFrom(0, 5_000, 100_000);
const plans = (options: fc.Arbitrary<Partial<SocketOptions>>): fc.Arbitrary<Plan> =>
  fc.record({
    seed: fc.nat(),
    options,
    faults: fc.record({
      delayPerMillion: chance,
      delayUs: fc.constant([1_000, 30_000] as const),
      dropRequestPerMillion: chance,
      dropReplyPerMillion: chance,
      duplicatePerMillion: chance,
      reorderPerMillion: chance,
    }),
    latencyUs: fc.constantFrom([0, 0] as const, [0, 3_000] as const),
    crashAtUs: fc.constantFrom(1_000, 7_500, 1_000_000_000),
    scripts: fc.array(commands, { minLength: 1, maxLength: 3 }),
  });

function* perform(
  world: World,
  socket: ReqSocket<Message, Message>,
  self: TaskRef,
  command: Command,
): TaskBody {
  switch (command) {
    case 'send':
      yield* settle(socket.send(self, world.request()));
      return;
    case 'receive':
      yield* settle(socket.receive(self));
      return;
    case 'exchange':
      if ((yield* settle(socket.send(self, world.request()))).kind === 'done')
        yield* settle(socket.receive(self));
      return;
    case 'abandon':
      socket.send(self, world.request());
      socket.receive(self);
      return;
    case 'reopen':
      socket.reopen(self);
      return;
    case 'close':
      socket.close(self);
      return;
    case 'sleep':
      yield sleep(1_500);
  }
}

/** Runs a plan to its end; an operation that threw or hung fails here. */
function traceOf(plan: Plan): readonly TraceEvent[] {
  const { seed, faults, latencyUs } = plan;
  const world = new World({ seed, faults, latencyUs });
  world.serve(1_000);
  const socket = world.socket(plan.options);
  for (const [at, script] of plan.scripts.entries()) {
    world.spawn(`client ${at}`, at, function* (self) {
      for (const command of script) yield* perform(world, socket, self, command);
    });
  }
  world.kernel.after(plan.crashAtUs, () => {
    world.rep.crash();
    world.kernel.after(2_000, () => {
      world.rep.restart();
    });
  });
  const events = world.run();
  expect(world.kernel.unfinished, 'tasks that hang').toBe(0);
  return events;
}

/** Every reply received, with the request that was sent last before it. */
function answers(events: readonly TraceEvent[]): { readonly got: number; readonly due: number }[] {
  const pairs = [];
  let due = 0;
  for (const event of events) {
    if (event.kind === EventKind.send) due = event.a;
    if (event.kind === EventKind.receive) pairs.push({ got: event.a, due });
  }
  return pairs;
}

/** How often a socket sent twice, or received twice, without the other in between. */
function turnsBroken(events: readonly TraceEvent[]): number {
  let broken = 0;
  let due: EventKind = EventKind.send;
  for (const { kind } of events) {
    if (kind === EventKind.socketOpen) due = EventKind.send;
    if (kind !== EventKind.send && kind !== EventKind.receive) continue;
    if (kind !== due) broken += 1;
    due = kind === EventKind.send ? EventKind.receive : EventKind.send;
  }
  return broken;
}

const profile = fc.constantFrom('libzmq' as const, 'zeromq.js' as const);
const RUNS = { seed: 127, numRuns: 150 };

describe('whatever tasks do to a socket and faults to its messages', () => {
  it('it takes turns: never two sends or two receives in a row', () => {
    const options = fc.record({
      profile,
      sendTimeoutUs: timeoutUs,
      receiveTimeoutUs: timeoutUs,
      correlate: fc.boolean(),
    });
    fc.assert(
      fc.property(plans(options), (plan) => {
        expect(turnsBroken(traceOf(plan))).toBe(0);
      }),
      RUNS,
    );
  });

  it('with CORRELATE every reply answers the request sent last, RELAXED or not', () => {
    const options = fc.record({
      profile,
      sendTimeoutUs: timeoutUs,
      receiveTimeoutUs: timeoutUs,
      relaxed: fc.boolean(),
      correlate: fc.constant(true),
    });
    fc.assert(
      fc.property(plans(options), (plan) => {
        for (const { got, due } of answers(traceOf(plan))) expect(got).toBe(due);
      }),
      RUNS,
    );
  });

  it('with RELAXED a send is never out of turn', () => {
    const options = fc.record({ profile, relaxed: fc.constant(true), correlate: fc.boolean() });
    fc.assert(
      fc.property(plans(options), (plan) => {
        const outOfTurn = traceOf(plan).filter(
          ({ kind, b }) => kind === EventKind.socketError && b === SocketErrorCode.EFSM * 4,
        );
        expect(outOfTurn).toEqual([]);
      }),
      RUNS,
    );
  });

  it('the same plan gives the same trace', () => {
    fc.assert(
      fc.property(plans(fc.record({ profile })), (plan) => {
        expect(traceOf(plan)).toEqual(traceOf(plan));
      }),
      { ...RUNS, numRuns: 30 },
    );
  });
});

describe('the laws can fail', () => {
  const relaxed = { relaxed: true, receiveTimeoutUs: 5_000 };
  const late: Plan = {
    seed: 1,
    options: relaxed,
    faults: { delayPerMillion: 1_000_000, delayUs: [4_000, 4_000] },
    latencyUs: [0, 0],
    crashAtUs: 1_000_000_000,
    scripts: [['exchange', 'exchange', 'exchange']],
  };

  it('RELAXED alone breaks the turn', () => {
    expect(turnsBroken(traceOf(late))).toBeGreaterThan(0);
  });

  it('RELAXED alone delivers late replies to the wrong request; CORRELATE repairs it', () => {
    const wrong = answers(traceOf(late)).filter(({ got, due }) => got !== due);
    expect(wrong.length).toBeGreaterThan(0);
    const repaired = answers(traceOf({ ...late, options: { ...relaxed, correlate: true } }));
    expect(repaired.filter(({ got, due }) => got !== due)).toEqual([]);
  });

  it('a doubled reply without CORRELATE answers the next request', () => {
    const doubled: Plan = {
      ...late,
      options: { receiveTimeoutUs: 100_000 },
      faults: { duplicatePerMillion: 1_000_000 },
      latencyUs: [1_000, 1_000],
    };
    const wrong = answers(traceOf(doubled)).filter(({ got, due }) => got !== due);
    expect(wrong.length).toBeGreaterThan(0);
  });
});
