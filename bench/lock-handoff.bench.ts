/**
 * Contended hand-overs of a lock a second: our mutex under its guard, beside the locks of npm.
 *
 * Eight tasks want the lock all the time and suspend once while they hold it. Ours runs in the
 * virtual kernel and stamps every request, grant and release; the others run on promises and record
 * nothing. Known limit: a virtual step and a microtask are not the same amount of work, so this
 * says what a verification costs, not that promises are slow.
 */
import AsyncLock from 'async-lock';
import { Mutex } from 'async-mutex';
import { Lock as SemaphoreLock } from 'semaphore-async-await';
import {
  fifoOracle,
  Kernel,
  LockGuard,
  LOCKS,
  ObjectId,
  park,
  Recorder,
  sleep,
  TraceDigest,
  type TaskBody,
  type TaskRef,
} from '../sim/index.ts';
import type { Claim } from './claim.ts';
import { rateOf } from './stopwatch.ts';

const TASKS = 8;
const HANDOVERS = 800_000;

function ours(count: number): void {
  const digest = new TraceDigest();
  const recorder = new Recorder({ keep: false, readers: [digest.read] });
  const kernel = new Kernel({
    clock: recorder,
    oracle: fifoOracle,
    timing: 'virtual',
    timeLimitUs: Number.MAX_SAFE_INTEGER,
  });
  let hold = 0;
  const options = { object: ObjectId.socket, timeoutUs: Infinity, leaseUs: 0 };
  const lock = new LockGuard(LOCKS.fifo, kernel, recorder, options, () => (hold += 1));
  const rounds = Math.ceil(count / TASKS);
  let inside = 0;
  function* client(self: TaskRef): TaskBody {
    for (let i = 0; i < rounds; i++) {
      const mine = lock.request(self);
      while (mine.state === 'waiting') if (!(yield park(lock.timeoutUs))) lock.expire(mine);
      inside += 1;
      if (inside !== 1) throw new Error('expected one holder');
      yield sleep(0);
      inside -= 1;
      lock.release(mine, self);
    }
  }
  for (let i = 0; i < TASKS; i++) kernel.spawn(`client ${i}`, i, 'worker', client);
  while (kernel.run(1_000_000));
  recorder.finish();
}

/** Runs the same clients on promises; `enter` lets one in and gives its way out. */
async function contend(
  count: number,
  hold: (section: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const rounds = Math.ceil(count / TASKS);
  let inside = 0;
  let entries = 0;
  const client = async (): Promise<void> => {
    for (let i = 0; i < rounds; i++) {
      await hold(async () => {
        inside += 1;
        entries += 1;
        if (inside !== 1) throw new Error('expected one holder');
        await Promise.resolve();
        inside -= 1;
      });
    }
  };
  await Promise.all(Array.from({ length: TASKS }, client));
  if (entries !== rounds * TASKS) throw new Error('expected every client in every round');
}

export const claim: Claim = {
  name: 'lock-handoff',
  says: 'A verified hand-over in virtual time costs no more than an unverified one on promises.',
  unit: 'hand-overs/s',
  better: 'more',
  goal: {
    text: 'at least as many as each of the others',
    holds: (medians) =>
      [...medians.values()].every((value) => (medians.get('interlock, stamped') ?? 0) >= value),
  },
  rounds: 5,
  subjects: [
    {
      name: 'interlock, stamped',
      role: 'ours',
      measure: async () => ({ value: await rateOf(HANDOVERS, ours) }),
    },
    {
      name: 'async-mutex 0.5.0',
      role: 'peer',
      measure: async () => {
        const mutex = new Mutex();
        const value = await rateOf(HANDOVERS / 4, (count) =>
          contend(count, (section) => mutex.runExclusive(section)),
        );
        return { value };
      },
    },
    {
      name: 'async-lock 1.5.0',
      role: 'peer',
      measure: async () => {
        const lock = new AsyncLock();
        const value = await rateOf(HANDOVERS / 4, (count) =>
          contend(count, (section) => lock.acquire('socket', section)),
        );
        return { value };
      },
    },
    {
      name: 'semaphore-async-await 1.5.1',
      role: 'peer',
      measure: async () => {
        const lock = new SemaphoreLock();
        const value = await rateOf(HANDOVERS / 4, (count) =>
          contend(count, async (section) => {
            await lock.acquire();
            await section();
            lock.release();
          }),
        );
        return { value };
      },
    },
  ],
};
