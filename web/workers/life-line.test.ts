import { expect, test } from 'vitest';
import { holdLifeLine, type LifeLocks, watchLifeLine } from './life-line.ts';
import { FakeLocks } from './testing.ts';

/** A worker and its page, with the locks of their browser; `die` takes the worker away. */
function pair(locks: FakeLocks | undefined) {
  const line = new EventTarget();
  const said: unknown[] = [];
  let gone = 0;
  const given = locks?.asLocks();
  const stop = watchLifeLine(line, () => (gone += 1), given);
  holdLifeLine((alive) => {
    said.push(alive);
    line.dispatchEvent(new MessageEvent('message', { data: alive }));
  }, given);
  return { line, said, gone: () => gone, stop };
}

/** Lets every promise that is due be heard. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
};

test('the end of a worker is told once, and not before', async () => {
  const locks = new FakeLocks();
  const { gone, said } = pair(locks);
  await settled();
  expect(said).toEqual([{ kind: 'alive', lock: locks.names[0] }]);
  expect(gone()).toBe(0);
  locks.endHolder();
  await settled();
  expect(gone()).toBe(1);
});

test('a watch that was ended says nothing and asks for nothing', async () => {
  const locks = new FakeLocks();
  const { gone, stop } = pair(locks);
  await settled();
  stop();
  locks.endHolder();
  await settled();
  expect(gone()).toBe(0);
  expect(locks.waiting).toBe(0);
});

test('two workers hold two locks', async () => {
  const locks = new FakeLocks();
  pair(locks);
  pair(locks);
  await settled();
  expect(new Set(locks.names).size).toBe(2);
});

test('without locks nothing is said, and what else a worker says is no name', async () => {
  const { line, said, gone } = pair(undefined);
  line.dispatchEvent(new MessageEvent('message', { data: { kind: 'alive', lock: 'x' } }));
  await settled();
  expect(said).toEqual([]);
  expect(gone()).toBe(0);

  const locks = new FakeLocks();
  const other = pair(locks);
  for (const data of [undefined, null, 'alive', { id: '1', type: 'RAW' }]) {
    other.line.dispatchEvent(new MessageEvent('message', { data }));
  }
  await settled();
  expect(locks.waiting).toBe(1);
});

test('a browser that refuses its locks leaves the worker to its deadlines', async () => {
  const refusing: LifeLocks = { request: () => Promise.reject(new Error('refused')) };
  const line = new EventTarget();
  let gone = false;
  watchLifeLine(line, () => (gone = true), refusing);
  holdLifeLine(() => undefined, refusing);
  line.dispatchEvent(new MessageEvent('message', { data: { kind: 'alive', lock: 'x' } }));
  await settled();
  expect(gone).toBe(false);
});
