/**
 * Lock statistics: percentiles with the number of samples they rest on, and what crowded the lock.
 */
import type { LockStats, Percentiles } from '../../sim/index.ts';
import { count, duration, msColumn, plural } from './figures.ts';
import type { Style } from './style.ts';
import { type Column, type Row, table } from './table.ts';
import { hang } from './text.ts';

const COLUMNS: readonly Column[] = [
  { head: 'ms', align: 'left' },
  { head: 'samples', align: 'right' },
  { head: 'p50', align: 'decimal' },
  { head: 'p95', align: 'decimal' },
  { head: 'p99', align: 'decimal' },
  { head: 'max', align: 'decimal' },
];

/** What the lock did. `elapsedUs` undefined says that times mean nothing here. */
export function lockLines(style: Style, lock: LockStats, elapsedUs: number | undefined): string[] {
  if (lock.acquires === 0) return ['  Nobody entered the critical section.'];
  const rows = elapsedUs === undefined ? [] : percentileRows(lock);
  const times = elapsedUs === undefined ? ['Times are not recorded.'] : [busy(lock, elapsedUs)];
  const prose = [
    `${plural(lock.acquires, 'acquire')}, ${plural(lock.releases, 'release')}.`,
    `At most ${plural(lock.maxHolders, 'holder')} at once.`,
    ...queue(lock),
    ...times,
  ].join(' ');
  const lines = rows.length === 0 ? [] : table(style, COLUMNS, rows);
  return [...lines, ...hang('  ', prose, style.columns)];
}

function percentileRows(lock: LockStats): Row[] {
  return [...percentiles('wait', lock.waitUs), ...percentiles('hold', lock.holdUs)];
}

function percentiles(name: string, figures: Percentiles): Row[] {
  if (figures.samples === 0) return [];
  const { samples, p50, p95, p99, max } = figures;
  return [[name, count(samples), ...[p50, p95, p99, max].map(msColumn)]];
}

function queue(lock: LockStats): string[] {
  if (lock.waitUs.samples === 0) return ['Waiting is not recorded.'];
  if (lock.queueDepthMax === 0) return ['Nobody had to wait.'];
  const deepest = `Queue depth at most ${count(lock.queueDepthMax)}.`;
  const overtaken =
    lock.bypassTotal === 0
      ? 'Nobody was overtaken.'
      : `Waiters were overtaken ${plural(lock.bypassTotal, 'time')}, one of them ${count(lock.bypassMax)}.`;
  return [deepest, overtaken];
}

function busy(lock: LockStats, elapsedUs: number): string {
  const held = `Held ${duration(lock.heldUs)} in all within ${duration(elapsedUs)}`;
  if (elapsedUs === 0) return `${held}.`;
  const ratio = (lock.heldUs / elapsedUs).toFixed(lock.heldUs < elapsedUs ? 2 : 1);
  return lock.heldUs > elapsedUs
    ? `${held}: ${ratio} times what an exclusive lock has room for.`
    : `${held} (${ratio}).`;
}
