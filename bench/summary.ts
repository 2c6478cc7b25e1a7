/** What the measurements of a claim come to: medians, ratios to ours, and the table for people. */
import type { Claim, Sample, Subject } from './claim.ts';

/** One subject's measurements, summed up. */
export interface SubjectSummary {
  readonly name: string;
  readonly role: Subject['role'];
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** Median of ours divided by this one's; undefined for ours itself. */
  readonly oursToThis: number | undefined;
  readonly measurements: readonly Sample[];
}

/** A whole claim, measured. */
export interface ClaimSummary {
  readonly name: string;
  readonly says: string;
  readonly unit: string;
  readonly better: Claim['better'];
  readonly goal: string;
  readonly reached: boolean;
  readonly subjects: readonly SubjectSummary[];
}

/** The middle of an odd number of values; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('expected at least one value');
  const sorted = [...values].sort((x, y) => x - y);
  const low = sorted[(sorted.length - 1) >> 1] as number;
  const high = sorted[sorted.length >> 1] as number;
  return (low + high) / 2;
}

/** Sums a claim up; `measured` holds each subject's measurements by its name. */
export function summarize(
  claim: Claim,
  measured: ReadonlyMap<string, readonly Sample[]>,
): ClaimSummary {
  const values = (name: string): number[] => (measured.get(name) ?? []).map(({ value }) => value);
  const medians = new Map(claim.subjects.map(({ name }) => [name, median(values(name))]));
  const ours = claim.subjects.find(({ role }) => role === 'ours');
  const oursMedian = ours === undefined ? undefined : medians.get(ours.name);
  return {
    name: claim.name,
    says: claim.says,
    unit: claim.unit,
    better: claim.better,
    goal: claim.goal.text,
    reached: claim.goal.holds(medians),
    subjects: claim.subjects.map(({ name, role }) => ({
      name,
      role,
      median: medians.get(name) as number,
      min: Math.min(...values(name)),
      max: Math.max(...values(name)),
      oursToThis:
        role === 'ours' || oursMedian === undefined
          ? undefined
          : oursMedian / (medians.get(name) as number),
      measurements: measured.get(name) ?? [],
    })),
  };
}

/** The table of one claim. */
export function table(summary: ClaimSummary): string {
  const head = ['', `median (${summary.unit})`, 'min', 'max', 'ours / this'];
  const rows = summary.subjects.map((one) => [
    one.name,
    ...[one.median, one.min, one.max].map(figure),
    one.oursToThis === undefined ? '' : figure(one.oursToThis),
  ]);
  const widths = head.map((_, at) =>
    Math.max(...[head, ...rows].map((row) => (row[at] as string).length)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, at) =>
        at === 0 ? cell.padEnd(widths[at] as number) : cell.padStart(widths[at] as number),
      )
      .join('  ')
      .trimEnd();
  const details = summary.subjects.flatMap((one) => {
    const detail = one.measurements.at(-1)?.detail;
    if (detail === undefined) return [];
    const words = Object.entries(detail).map(([name, value]) => `${name} ${figure(value)}`);
    return [`  ${one.name}: ${words.join(', ')}`];
  });
  return [
    `${summary.name}: ${summary.says}`,
    line(head),
    ...rows.map(line),
    ...details,
    ...busyNote(summary),
    `goal: ${summary.goal} - ${summary.reached ? 'reached' : 'NOT REACHED'}`,
  ].join('\n');
}

/** A warning where something else had the processor for a tenth of a measurement or more. */
function busyNote(summary: ClaimSummary): readonly string[] {
  const shares = summary.subjects.flatMap((one) =>
    one.measurements.flatMap(({ coreShare }) => coreShare ?? []),
  );
  const least = Math.min(...shares);
  if (least > 0.9) return [];
  return [`busy machine: a measurement had ${figure(least * 100)} % of a core; measure again`];
}

/** A figure for people: whole numbers with separators from 1,000 on, else three digits. */
export function figure(value: number): string {
  if (Math.abs(value) < 1_000) return String(Number(value.toPrecision(3)));
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}
