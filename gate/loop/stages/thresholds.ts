/**
 * Holds a run to the thresholds of the task, by what its checks measured.
 *
 * A figure that the run does not state misses its threshold: what was not measured is not met.
 */
import type { RunDocument } from '../process/documents.ts';
import type { RunFacts } from '../report/schema.ts';
import type { Thresholds } from '../task/schema.ts';

type Row = RunFacts['thresholds'][number];

const US_PER_MS = 1_000;

/** A row for every threshold that the task states. */
export function thresholdRows(thresholds: Thresholds, document: RunDocument): Row[] {
  const symbols = measured(document, 'run.concurrency', 'symbols');
  const intervalUs = measured(document, 'run.concurrency', 'intervalUsMax');
  const rate = measured(document, 'run.throughput', 'tradesPerSecond');
  const latencyUs = measured(document, 'run.latency', 'maxUs');
  const { acquires, releases } = document.lock;
  const pairs = acquires === releases ? acquires : undefined;
  return [
    ...row('symbols at once', '>=', thresholds.symbolsMin, symbols, ''),
    ...row('interval', '<', thresholds.intervalMsBelow, scaled(intervalUs), ' ms'),
    ...row('pairs', '>=', thresholds.pairsMin, pairs, ''),
    ...row('throughput', '>', thresholds.tradesPerSecondAbove, rate, ' trades/s'),
    ...row('latency', '<', thresholds.latencyMsBelow, scaled(latencyUs), ' ms'),
  ];
}

function measured(document: RunDocument, check: string, name: string): number | undefined {
  const value = document.checks.find(({ id }) => id === check)?.measured[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function scaled(us: number | undefined): number | undefined {
  return us === undefined ? undefined : us / US_PER_MS;
}

function row(
  name: string,
  sign: '>=' | '>' | '<',
  bound: number | undefined,
  value: number | undefined,
  unit: string,
): Row[] {
  if (bound === undefined) return [];
  const met = value !== undefined && holds(value, sign, bound);
  const text = value === undefined ? 'not measured' : `${Math.round(value * 1_000) / 1_000}${unit}`;
  return [{ name, target: `${sign} ${bound}${unit}`, measured: text, met }];
}

function holds(value: number, sign: '>=' | '>' | '<', bound: number): boolean {
  if (sign === '<') return value < bound;
  return sign === '>' ? value > bound : value >= bound;
}
