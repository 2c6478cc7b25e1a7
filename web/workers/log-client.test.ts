import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type LogReading, LogStuck, readLog, STOP_MS } from './log-client.ts';
import { LogPreviewer, TRY_MS } from './log-previewer.ts';
import { MuteWorker } from './testing.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const PATTERNS = ['(a+)+(?<error>b)'];

function read(worker: MuteWorker, patterns: readonly string[]): LogReading {
  const spawn = (): Worker => worker.asWorker();
  return readLog(new Blob(['x']), () => undefined, { patterns, spawn });
}

test('a worker that does not hear within a second is ended, and said to be stuck', async () => {
  const worker = new MuteWorker();
  const reading = read(worker, PATTERNS);
  const ended = expect(reading.outcome).rejects.toBeInstanceOf(LogStuck);
  reading.cancel();
  await vi.advanceTimersByTimeAsync(STOP_MS - 1);
  expect(worker.terminated).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await ended;
  expect(worker.terminated).toBe(true);
});

test('cancelling twice does not give a worker more time', async () => {
  const worker = new MuteWorker();
  const reading = read(worker, PATTERNS);
  const ended = expect(reading.outcome).rejects.toBeInstanceOf(LogStuck);
  reading.cancel();
  await vi.advanceTimersByTimeAsync(STOP_MS / 2);
  reading.cancel();
  await vi.advanceTimersByTimeAsync(STOP_MS / 2);
  await ended;
});

/** Answers the call to stop, and nothing else. */
class HearingWorker extends MuteWorker {
  override postMessage(message: unknown): void {
    super.postMessage(message);
    const { id, path } = message as { readonly id: string; readonly path?: readonly string[] };
    if (path?.[0] !== 'cancel') return;
    const data = { id, type: 'RAW', value: undefined };
    queueMicrotask(() => this.dispatchEvent(new MessageEvent('message', { data })));
  }
}

test('a worker that has heard may take its time to sum up', async () => {
  const worker = new HearingWorker();
  const reading = read(worker, PATTERNS);
  reading.outcome.catch(() => undefined);
  reading.cancel();
  await vi.advanceTimersByTimeAsync(STOP_MS * 60);
  expect(worker.terminated).toBe(false);
});

test('a worker without patterns is never said to be inside one', async () => {
  const worker = new MuteWorker();
  const reading = read(worker, []);
  const ended = expect(reading.outcome).rejects.toMatchObject({ name: 'WorkerDeath' });
  reading.cancel();
  await vi.advanceTimersByTimeAsync(STOP_MS);
  expect(worker.terminated).toBe(false);
  await vi.advanceTimersByTimeAsync(STOP_MS * 60);
  await ended;
});

test('a worker that dies by itself is not said to be stuck', async () => {
  const worker = new MuteWorker();
  const reading = read(worker, PATTERNS);
  const ended = expect(reading.outcome).rejects.toMatchObject({ name: 'WorkerDeath' });
  worker.die('out of memory');
  await ended;
});

/** A worker that answers the first call, which loads it, and then falls silent. */
class LoadingWorker extends MuteWorker {
  override postMessage(message: unknown): void {
    super.postMessage(message);
    if (this.heard.length > 1) return;
    const { id } = message as { readonly id: string };
    const data = { id, type: 'RAW', value: { lines: [], matched: [] } };
    queueMicrotask(() => this.dispatchEvent(new MessageEvent('message', { data })));
  }
}

test('patterns that take longer than a second are slow, and the next try has a new worker', async () => {
  const workers: MuteWorker[] = [];
  const previewer = new LogPreviewer(() => {
    const worker = new LoadingWorker();
    workers.push(worker);
    return worker.asWorker();
  });
  const first = previewer.tryOn(new Blob(['x']), ['(a+)+b']);
  await vi.advanceTimersByTimeAsync(TRY_MS);
  expect(await first).toEqual({ kind: 'slow' });
  expect(workers.map(({ terminated }) => terminated)).toEqual([true]);
  const second = previewer.tryOn(new Blob(['x']), []);
  await vi.advanceTimersByTimeAsync(TRY_MS);
  expect(await second).toEqual({ kind: 'slow' });
  expect(workers).toHaveLength(2);
});

test('a worker that cannot be loaded is no slow pattern', async () => {
  const worker = new MuteWorker();
  const previewer = new LogPreviewer(() => worker.asWorker());
  const tried = expect(previewer.tryOn(new Blob(), [])).rejects.toMatchObject({
    name: 'WorkerDeath',
  });
  worker.die('');
  await tried;
});
