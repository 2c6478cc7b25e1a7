import { expect, test } from 'vitest';
import { holdLifeLine } from './life-line.ts';
import { FakeLocks, MuteWorker } from './testing.ts';
import { type WorkerDeath, WorkerLine } from './worker-line.ts';

interface Api {
  ask(): number;
}

function mute(locks?: FakeLocks) {
  const worker = new MuteWorker();
  const deaths: WorkerDeath[] = [];
  const told = (death: WorkerDeath): number => deaths.push(death);
  const line = new WorkerLine<Api>(worker.asWorker(), told, locks?.asLocks());
  return { worker, deaths, line };
}

test('a worker that dies rejects every call that waits for it, and is ended', async () => {
  const { worker, deaths, line } = mute();
  const calls = [1, 2, 3].map(() => line.call((remote) => remote.ask()));
  worker.die('out of memory');
  const outcomes = await Promise.allSettled(calls);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(outcomes[0]).toMatchObject({ reason: { name: 'WorkerDeath', message: 'out of memory' } });
  expect(deaths).toHaveLength(1);
  expect(worker.terminated).toBe(true);
});

test('a dead line rejects what comes later, and dies only once', async () => {
  const { worker, deaths, line } = mute();
  worker.die('first');
  worker.die('second');
  await expect(line.call((remote) => remote.ask())).rejects.toThrow('first');
  expect(deaths).toHaveLength(1);
});

test('a worker that ends without a word rejects every call, however long it may take', async () => {
  const locks = new FakeLocks();
  const { worker, deaths, line } = mute(locks);
  holdLifeLine((data) => {
    worker.dispatchEvent(new MessageEvent('message', { data }));
  }, locks.asLocks());
  const calls = [1, 2].map(() => line.call((remote) => remote.ask(), Infinity));
  expect(line.isDead).toBe(false);
  locks.endHolder();
  const outcomes = await Promise.allSettled(calls);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(deaths.map(({ message }) => message)).toEqual(['the worker ended without a word']);
  expect(worker.terminated).toBe(true);
});

test('a line closed on purpose no longer watches its worker', async () => {
  const locks = new FakeLocks();
  const { worker, deaths, line } = mute(locks);
  holdLifeLine((data) => {
    worker.dispatchEvent(new MessageEvent('message', { data }));
  }, locks.asLocks());
  line.close();
  locks.endHolder();
  await Promise.resolve();
  expect(deaths).toEqual([]);
});

test('a worker that does not answer in time counts as dead', async () => {
  const { line } = mute();
  await expect(line.call((remote) => remote.ask(), 1)).rejects.toThrow('no answer within 1 ms');
  expect(line.isDead).toBe(true);
});

test('a line closed on purpose rejects its calls and reports no death', async () => {
  const { deaths, line } = mute();
  const call = line.call((remote) => remote.ask());
  line.close();
  await expect(call).rejects.toThrow('closed');
  expect(deaths).toHaveLength(0);
});
