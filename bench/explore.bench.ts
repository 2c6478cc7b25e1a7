/**
 * Schedules a second, one thread: each executed from its start, judged by every check that applies.
 *
 * The race is the same for all: three clients take a lock twice each. Ours draws at random, on the
 * lock alone, on a lock of promises and on the engine's own tasks (symbols, sockets, gateway,
 * books); fast-check's scheduler draws among promises and looks at exclusion alone. Known limit: a
 * step of ours and a promise that resolves are not the same amount of work.
 */
import fc from 'fast-check';
import {
  AsyncLockSubject,
  Jobs,
  LOCKS,
  lockSubject,
  parseScenario,
  promiseClass,
  scenarioSubject,
  Search,
  type Subject,
  Timers,
} from '../sim/index.ts';
import { type Claim, type Measurement } from './claim.ts';
import { secondsOf } from './stopwatch.ts';

const CLIENTS = 3;
const ROUNDS = 2;
const LOCK_SCHEDULES = 300_000;
const PROMISE_SCHEDULES = 60_000;
const ENGINE_SCHEDULES = 60_000;
const PEER_SCHEDULES = 10_000;

function engine(): Subject {
  const parsed = parseScenario({
    symbols: ['BTCUSD.s', 'ETHUSD.s', 'XAUUSD.s'].map((name) => ({ name, signals: ROUNDS })),
  });
  if (parsed.kind === 'error') throw new Error(parsed.error.message);
  return scenarioSubject(parsed.value);
}

function searchThrough(subject: Subject, schedulesMax: number, seed: number): number {
  const search = new Search(subject, { strategy: 'random', schedulesMax, seed });
  while (search.advance(10_000));
  const { conclusion, steps, schedules } = search.result();
  if (conclusion !== 'not-refuted' || schedules !== schedulesMax) {
    throw new Error(`expected ${schedulesMax} schedules without a violation, got ${conclusion}`);
  }
  return steps;
}

async function ours(subject: Subject, schedules: number): Promise<Measurement> {
  searchThrough(subject, schedules / 10, 1);
  let steps = 0;
  const seconds = await secondsOf(() => {
    steps = searchThrough(subject, schedules, 2);
  });
  return {
    value: schedules / seconds,
    detail: { 'steps/s': steps / seconds, 'steps a schedule': steps / schedules },
  };
}

/** The same mutex, on promises whose queue is ours: what a user's own lock is explored on. */
function promises(): Subject {
  const jobs = new Jobs();
  const promise = promiseClass(jobs);
  const make = () => {
    const waiting: (() => void)[] = [];
    let held = false;
    return {
      acquire: () => {
        if (held) return new promise((resolve) => waiting.push(resolve));
        held = true;
        return promise.resolve();
      },
      release: () => {
        const next = waiting.shift();
        if (next === undefined) held = false;
        else next();
      },
    };
  };
  const world = { jobs, promise, timers: new Timers(), make };
  const scope = { clients: CLIENTS, rounds: ROUNDS };
  return new AsyncLockSubject(world, { name: 'promises', scope, fairness: { kind: 'fifo' } });
}

/** A mutex of promises: the usual few lines. */
class PromiseMutex {
  #held = false;
  readonly #waiting: (() => void)[] = [];

  async acquire(): Promise<void> {
    if (this.#held) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#held = true;
  }

  release(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#held = false;
    else next();
  }
}

async function race(scheduler: fc.Scheduler): Promise<void> {
  const mutex = new PromiseMutex();
  let inside = 0;
  const client = async (name: string): Promise<void> => {
    for (let round = 0; round < ROUNDS; round++) {
      await scheduler.schedule(Promise.resolve(), `${name} asks`);
      await mutex.acquire();
      inside += 1;
      if (inside !== 1) throw new Error('expected one holder');
      await scheduler.schedule(Promise.resolve(), `${name} works`);
      inside -= 1;
      mutex.release();
    }
  };
  const clients = Array.from({ length: CLIENTS }, (_, at) => client(`client-${at}`));
  await scheduler.waitFor(Promise.all(clients));
}

async function peer(schedules: number, seed: number): Promise<void> {
  const property = fc.asyncProperty(fc.scheduler(), race);
  await fc.assert(property, { numRuns: schedules, seed });
}

export const claim: Claim = {
  name: 'explore',
  says: 'Schedules are tried and judged faster than promises are merely scheduled.',
  unit: 'schedules/s',
  better: 'more',
  goal: {
    text: 'at least 200,000 on a lock alone and 50,000 on the engine’s own tasks',
    holds: (medians) =>
      (medians.get('interlock, a lock alone') ?? 0) >= 200_000 &&
      (medians.get('interlock, the engine') ?? 0) >= 50_000,
  },
  rounds: 5,
  subjects: [
    {
      name: 'interlock, a lock alone',
      role: 'ours',
      measure: () =>
        ours(
          lockSubject(LOCKS.fifo, { clients: CLIENTS, rounds: ROUNDS, steps: 2 }),
          LOCK_SCHEDULES,
        ),
    },
    {
      name: 'interlock, the engine',
      role: 'ours',
      measure: () => ours(engine(), ENGINE_SCHEDULES),
    },
    {
      name: 'interlock, a lock of promises',
      role: 'ours',
      measure: () => ours(promises(), PROMISE_SCHEDULES),
    },
    {
      name: 'fast-check, fc.scheduler',
      role: 'peer',
      measure: async () => {
        await peer(PEER_SCHEDULES / 10, 1);
        const seconds = await secondsOf(() => peer(PEER_SCHEDULES, 2));
        return { value: PEER_SCHEDULES / seconds };
      },
    },
  ],
};
