import { expect, test } from 'vitest';
import { TraceStore } from '../state/trace-store.ts';
import type { LogProgress } from './log-contract.ts';
import { LogHost } from './log-host.ts';
import { segmentOf } from './outbox.ts';

const logs: Record<string, string> = import.meta.glob(
  '../../fixtures/logs/asyncio-escaping-lock.log',
  { query: '?raw', import: 'default', eager: true },
);
const [lines = ''] = Object.values(logs);
const allLogs: Record<string, string> = import.meta.glob('../../fixtures/logs/asyncio-*.log', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const log = new Blob([lines]);

const hostOf = (nowMs: () => number, eventsKept?: number): LogHost =>
  new LogHost({ nowMs, turn: () => Promise.resolve() }, eventsKept);

test('a real log is judged, and its events lead back to its lines', async () => {
  const outcome = await hostOf(() => 0).check(log, [], () => undefined);
  expect(outcome.result.verdict).toBe('violated');
  expect(outcome.result.lock).toMatchObject({ acquires: 150, releases: 150, maxHolders: 3 });
  const store = new TraceStore(outcome.result.symbolNames.length);
  for (const each of outcome.stretches) store.append(segmentOf(each), new Float64Array(each.lines));
  expect(store.size).toBe(outcome.result.events);
  expect(store.index.violations).toBe(149);
  const at = outcome.result.checks.find(({ id }) => id === 'lock.exclusion')?.evidence[0]?.at ?? [];
  expect(at.length).toBeGreaterThan(0);
  for (const { seq } of at) expect(store.placeOf(store.seqOf(seq))).toBe(seq);
});

test('findings so far are what lock.exclusion ends in', async () => {
  for (const text of Object.values(allLogs)) {
    const heard: LogProgress[] = [];
    let clockMs = 0;
    const host = hostOf(() => (clockMs += 100));
    const outcome = await host.check(new Blob([text]), [], (progress) => heard.push(progress));
    const exclusion = outcome.result.checks.find(({ id }) => id === 'lock.exclusion');
    expect(outcome.progress.overlaps).toBe(exclusion?.count);
    expect(heard.length).toBeGreaterThan(0);
  }
});

test('a reader’s own patterns say how lines read', async () => {
  const text = 'got A #1\ngot B #2\nleft A #1\nleft B #2\n';
  const patterns = [
    '(?<acquire>got) (?<symbol>\\S+) #(?<id>\\d+)',
    '(?<release>left) (?<symbol>\\S+) #(?<id>\\d+)',
  ];
  const outcome = await hostOf(() => 0).check(new Blob([text]), patterns, () => undefined);
  expect(outcome.result.lock).toMatchObject({ acquires: 2, releases: 2, maxHolders: 2 });
  const without = await hostOf(() => 0).check(new Blob([text]), [], () => undefined);
  expect(without.result.problem?.code).toBe('no-lock-lines');
});

test('a log that is cancelled is judged as far as it was read', async () => {
  const host = hostOf(() => 0);
  const long = new Blob(Array.from({ length: 40 }, () => lines));
  const outcome = await host.check(long, [], () => host.cancel());
  expect(outcome.cancelled).toBe(true);
  expect(outcome.progress.bytes).toBeLessThan(long.size);
  expect(outcome.result.verdict).toBe('violated');
});

test('events beyond what is kept are judged and not kept', async () => {
  const outcome = await hostOf(() => 0, 10).check(log, [], () => undefined);
  expect(outcome.allKept).toBe(false);
  expect(outcome.stretches.reduce((sum, { size }) => sum + size, 0)).toBe(10);
  expect(outcome.result.lock.acquires).toBe(150);
});
