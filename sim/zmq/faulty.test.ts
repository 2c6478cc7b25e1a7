/**
 * Each faulty socket and client shows its fault in the trace; the correct one shows none of them.
 */
import { describe, expect, it } from 'vitest';
import { CHECK_IDS } from '../check/contract.ts';
import { sleep } from '../kernel/task.ts';
import { EventKind, ObjectId, type TraceEvent } from '../trace/event.ts';
import type { ExchangeResult, Message, RequestSocket, SteppingClient } from './contract.ts';
import { FAULTY_CLIENTS, FAULTY_SOCKETS } from './faulty.ts';
import type { FaultOptions } from './faults.ts';
import { LazyPirate, type PirateOptions } from './lazy-pirate.ts';
import { only, STRICT, World } from './testing/world.ts';

const OPTIONS: PirateOptions = { attempts: 3, backoffUs: 0, reopen: 'always' };
const ALWAYS = 1_000_000;

interface Run {
  readonly events: readonly TraceEvent[];
  readonly results: readonly ExchangeResult<Message>[];
  readonly served: readonly number[];
}

interface Parts {
  readonly socket?: string;
  readonly client?: string;
  readonly faults?: Partial<FaultOptions>;
}

function make(world: World, parts: Parts): SteppingClient<Message, Message> {
  const { kernel: driver, recorder, network } = world;
  const faultySocket = FAULTY_SOCKETS.find((one) => one.name === parts.socket);
  const faultyClient = FAULTY_CLIENTS.find((one) => one.name === parts.client);
  const given = { driver, recorder, network, options: STRICT, object: ObjectId.socket };
  const socket: RequestSocket<Message, Message> = faultySocket?.create(given) ?? world.socket();
  return faultyClient?.create(driver, socket, OPTIONS) ?? new LazyPirate(driver, socket, OPTIONS);
}

/** Twelve exchanges one after the other, of requests that may or may not be repeated. */
function oneTask(parts: Parts, repeatable = false): Run {
  const world = new World({ faults: parts.faults ?? {} });
  world.serve(1_000);
  const client = make(world, parts);
  const results: ExchangeResult<Message>[] = [];
  world.spawn('client', 0, function* (self) {
    for (let n = 0; n < 12; n++) {
      results.push(yield* client.exchange(self, repeatable, () => world.request()));
    }
  });
  return { events: world.run(), results, served: world.served };
}

/** Two tasks without a lock: the second asks while the first awaits its reply. */
function twoTasks(parts: Parts): Run {
  const world = new World();
  world.serve(10_000);
  const client = make(world, parts);
  const results: ExchangeResult<Message>[] = [];
  for (const startUs of [0, 5_000]) {
    world.spawn('client', 0, function* (self) {
      yield sleep(startUs);
      results.push(yield* client.exchange(self, false, () => world.request()));
    });
  }
  return { events: world.run(), results, served: world.served };
}

const sentTwice = ({ events }: Run): boolean => {
  const turns = events.filter(({ kind }) => kind === EventKind.send || kind === EventKind.receive);
  return turns.some(({ kind }, at) => at > 0 && kind === turns[at - 1]?.kind);
};
const wrongReplies = ({ events }: Run): number => {
  let due = 0;
  let wrong = 0;
  for (const { kind, a } of events) {
    if (kind === EventKind.send) due = a;
    if (kind === EventKind.receive && a !== due) wrong += 1;
  }
  return wrong;
};
const timeouts = ({ events }: Run): number => only(events, EventKind.socketError).length;
const count = ({ results }: Run, kind: ExchangeResult<Message>['kind']): number =>
  results.filter((result) => result.kind === kind).length;
const LOST_ONCE = { dropReplyPerMillion: ALWAYS, untilUs: 50_000 };

describe('every faulty part', () => {
  it.each([...FAULTY_SOCKETS, ...FAULTY_CLIENTS].map((part) => [part.name, part] as const))(
    '%s names a check that exists and says its fault in a sentence',
    (_, part) => {
      expect(CHECK_IDS).toContain(part.caughtBy);
      expect(part.about).toMatch(/^[A-Z].*\.$/);
    },
  );

  it('has a name of its own', () => {
    const names = [...FAULTY_SOCKETS, ...FAULTY_CLIENTS].map((part) => part.name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('the faulty sockets, each beside the correct one', () => {
  it('forgets-efsm sends twice in a row', () => {
    expect(sentTwice(twoTasks({ socket: 'forgets-efsm' }))).toBe(true);
    expect(sentTwice(twoTasks({}))).toBe(false);
  });

  it('one-reply-late receives what answers another request', () => {
    expect(wrongReplies(oneTask({ socket: 'one-reply-late' }))).toBeGreaterThan(0);
    expect(wrongReplies(oneTask({}))).toBe(0);
  });

  it('swallows-replies waits for replies that have arrived', () => {
    const run = oneTask({ socket: 'swallows-replies' });
    expect(timeouts(run)).toBe(2);
    expect(run.served).toHaveLength(12);
    expect(only(run.events, EventKind.fault)).toEqual([]);
    expect(timeouts(oneTask({}))).toBe(0);
  });

  it('stuck-after-timeout never works again', () => {
    expect(count(oneTask({ socket: 'stuck-after-timeout', faults: LOST_ONCE }), 'reply')).toBe(0);
    expect(count(oneTask({ faults: LOST_ONCE }), 'reply')).toBe(11);
  });
});

describe('the faulty clients, each beside the correct one', () => {
  it('never-reopens stays out of turn after a time-out', () => {
    expect(count(oneTask({ client: 'never-reopens', faults: LOST_ONCE }), 'reply')).toBe(0);
    expect(count(oneTask({ faults: LOST_ONCE }), 'reply')).toBe(11);
  });

  it('repeats-everything has one request served more than once', () => {
    const served = (client: string): number => oneTask({ client, faults: LOST_ONCE }).served.length;
    expect(served('repeats-everything')).toBe(13);
    expect(served('the correct one')).toBe(12);
  });

  it('lost-is-failed denies what it has sent', () => {
    expect(count(oneTask({ client: 'lost-is-failed', faults: LOST_ONCE }), 'failed')).toBe(1);
    expect(count(oneTask({ faults: LOST_ONCE }), 'failed')).toBe(0);
  });

  it('mislays-replies denies what it has received', () => {
    const run = oneTask({ client: 'mislays-replies' });
    expect(count(run, 'failed')).toBe(2);
    expect(only(run.events, EventKind.receive)).toHaveLength(12);
    expect(count(oneTask({}), 'failed')).toBe(0);
  });
});
