/** The checks as CSV: a row a check, its findings and figures in a cell each. */
import type { CheckResult } from '../../sim/index.ts';
import { csvRows } from '../format/csv.ts';

const HEAD = [
  ...['check', 'verdict', 'required', 'examined', 'violations'],
  ...['evidence', 'first_place', 'first_time_us', 'measured'],
];

/**
 * Every check with its first findings, one after the other; `first_place` is the event, or a log's
 * line, that broke the rule.
 */
export function checksCsv(checks: readonly CheckResult[]): string {
  return csvRows([HEAD, ...checks.map(rowOf)]);
}

function rowOf(check: CheckResult): string[] {
  const at = check.evidence.find((each) => each.at.length > 0)?.at.at(-1);
  const measured = Object.entries(check.measured).map(([name, value]) => `${name}=${value}`);
  return [
    check.id,
    check.verdict,
    check.required ? 'yes' : 'no',
    String(check.examined),
    String(check.count),
    check.evidence.map(({ text }) => text).join(' / '),
    at === undefined ? '' : String(at.seq),
    at === undefined ? '' : String(at.timeUs),
    measured.join('; '),
  ];
}
