import { expect, test } from 'vitest';
import { type WorkerDeath, WorkerLine } from './worker-line.ts';

/** A worker that never answers, and dies when it is told to. */
class Mute extends EventTarget {
  terminated = false;
  postMessage(): void {
    // Silence is what is tested.
  }
  terminate(): void {
    this.terminated = true;
  }
  die(message: string): void {
    this.dispatchEvent(Object.assign(new Event('error'), { message }));
  }
}

interface Api {
  ask(): number;
}

function mute() {
  const worker = new Mute();
  const deaths: WorkerDeath[] = [];
  const line = new WorkerLine<Api>(worker as unknown as Worker, (death) => deaths.push(death));
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
