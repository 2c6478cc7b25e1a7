import { expect, test } from 'vitest';
import { TraceStore } from '../state/trace-store.ts';
import { LogHost } from './log-host.ts';
import { segmentOf } from './outbox.ts';

const logs: Record<string, string> = import.meta.glob(
  '../../fixtures/logs/asyncio-escaping-lock.log',
  { query: '?raw', import: 'default', eager: true },
);
const [lines = ''] = Object.values(logs);
const log = new Blob([lines]);

test('a real log is judged, and its events lead back to its lines', async () => {
  const outcome = await new LogHost(() => 0).check(log, () => undefined);
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

test('a log that is cancelled is judged as far as it was read', async () => {
  const host = new LogHost(() => 0);
  const long = new Blob(Array.from({ length: 40 }, () => lines));
  const outcome = await host.check(long, () => host.cancel());
  expect(outcome.progress.bytes).toBeLessThan(long.size);
  expect(outcome.result.verdict).toBe('violated');
});

test('events beyond what is kept are judged and not kept', async () => {
  const outcome = await new LogHost(() => 0, 10).check(log, () => undefined);
  expect(outcome.allKept).toBe(false);
  expect(outcome.stretches.reduce((sum, { size }) => sum + size, 0)).toBe(10);
  expect(outcome.result.lock.acquires).toBe(150);
});
