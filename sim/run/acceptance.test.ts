/** The acceptance table repeats what the checks found, row by row, and adds nothing to it. */
import { describe, expect, it } from 'vitest';
import { galleryEntry } from '../scenario/gallery/index.ts';
import { acceptanceTable, type AcceptanceRow } from './acceptance.ts';
import type { RunResult } from './result.ts';
import { runScenario } from './run.ts';

function resultOf(name: string): RunResult {
  return runScenario(galleryEntry(name).scenario, { keepTrace: false });
}

function rowOf(result: RunResult, id: string): AcceptanceRow {
  const row = acceptanceTable(result).find((each) => each.id === id);
  if (row === undefined) throw new Error(`expected a row ${id}`);
  return row;
}

const JUDGED = ['A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7'];

describe('the acceptance table', () => {
  const reference = resultOf('reference');

  it('judges A1 to A7 of the reference run and leaves A8 to A10 to the loop', () => {
    const rows = acceptanceTable(reference);
    expect(rows.map((row) => row.id)).toEqual([...JUDGED, 'A8', 'A9', 'A10']);
    expect(rows.slice(0, 7).map((row) => row.verdict)).toEqual(Array(7).fill('passed'));
    for (const row of rows.slice(7)) {
      expect(row).toMatchObject({ verdict: 'not-run', measured: 'governance loop, not run' });
    }
  });

  it('rests each judged row on the checks of its criterion', () => {
    const checks = acceptanceTable(reference).map((row) => row.checks.join(' '));
    expect(checks).toEqual([
      'run.concurrency',
      'lock.pairing lock.exclusion lock.ownership socket.alternation',
      'pnl.total',
      'run.throughput',
      'run.latency',
      'metrics.isolation',
      'risk.exposure risk.breaker',
      '',
      '',
      '',
    ]);
  });

  it('states target and measurement in figures', () => {
    expect(rowOf(reference, 'A1')).toMatchObject({ target: '>= 3, each < 50 ms' });
    expect(rowOf(reference, 'A1').measured).toMatch(/^3 symbols, max \d+(\.\d+)? ms$/);
    expect(rowOf(reference, 'A2').measured).toBe('150 + 150, 0 violations');
    expect(rowOf(reference, 'A3')).toMatchObject({
      target: 'equal (ref. < 0.001)',
      measured: 'difference 0.00',
    });
    expect(rowOf(reference, 'A4').measured).toMatch(/^\d+\.\d\/s \(\d+ in \d+\.\d\d s\)$/);
    expect(rowOf(reference, 'A5').measured).toMatch(/^max \d+(\.\d+)? ms$/);
    expect(rowOf(reference, 'A7').measured).toMatch(/^max \d+(\.\d+)? %, 0 trips$/);
  });

  it('tells a difference that only a float has by its size', () => {
    const row = rowOf(resultOf('float-drift'), 'A3');
    expect(row).toMatchObject({ verdict: 'violated' });
    expect(row.measured).toMatch(/^difference -?\d\.\d\de-1\d$/);
  });

  it.each([
    ['reference-as-claimed', 'A4'],
    ['escaping-lock', 'A2'],
    ['snapshot-gap', 'A3'],
    ['shared-slot', 'A6'],
    ['exposure-ignored', 'A7'],
  ])('of %s is violated in %s', (name, id) => {
    expect(rowOf(resultOf(name), id).verdict).toBe('violated');
  });

  it('calls a row without a verdict of its checks not run, and an open one inconclusive', () => {
    const unjudged = { ...reference, checks: [] };
    expect(JUDGED.map((id) => rowOf(unjudged, id).verdict)).toEqual(Array(7).fill('not-run'));
    const checks = reference.checks.map((check) =>
      check.id === 'lock.pairing' ? { ...check, verdict: 'inconclusive' as const } : check,
    );
    expect(rowOf({ ...reference, checks }, 'A2').verdict).toBe('inconclusive');
  });
});
