/**
 * The conformance rows of plain libzmq over libzmq itself, through Debian's python3-zmq.
 *
 * One Python process takes all rows as JSON and answers what it found at each `expect`.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONFORMANCE_ROWS, type ConformanceRow } from '../../sim/zmq/testing/conformance.ts';
import { findProgram, SYSTEM_PACKAGES } from './packages.ts';

const SCRIPT = join(import.meta.dirname, 'libzmq.py');
const SLOWER = 4;
const ROWS = CONFORMANCE_ROWS.filter((row) => row.options.profile === 'libzmq');

/** Milliseconds as libzmq counts them, longer by the script's factor. */
function milliseconds(us: number): number {
  return us === Infinity ? -1 : (us / 1_000) * SLOWER;
}

function runRows(rows: readonly ConformanceRow[]): { version: string; found: string[][] } {
  const wanted = SYSTEM_PACKAGES.find(({ name }) => name === 'python3-zmq');
  const python = findProgram('python3', process.env['PATH'], wanted?.library);
  if (python === undefined) throw new Error('expected python3-zmq: npm run setup:system');
  const input = rows.map(({ options, peer, steps }) => ({
    options: {
      ...options,
      sendTimeoutMs: milliseconds(options.sendTimeoutUs),
      receiveTimeoutMs: milliseconds(options.receiveTimeoutUs),
    },
    peer,
    steps,
  }));
  const { status, stdout, stderr } = spawnSync(python, [SCRIPT], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    timeout: 120_000,
  });
  if (status !== 0)
    throw new Error(`expected the script to end well, got ${String(status)}: ${stderr}`);
  return JSON.parse(stdout) as { version: string; found: string[][] };
}

describe('libzmq itself', () => {
  const { version, found } = runRows(ROWS);

  it('is a version 4.3, and answered every row', () => {
    expect(version).toMatch(/^4\.3\./);
    expect(ROWS.length).toBeGreaterThan(10);
    expect(found).toHaveLength(ROWS.length);
  });

  it.each(ROWS.map((row, at) => [row.name, row, at] as const))('%s', (_, row, at) => {
    const expected = row.steps.flatMap((step) => (step.do === 'expect' ? [step.result] : []));
    expect(found[at]).toEqual(expected);
  });

  it('can fail: a row of zeromq.js deviates', () => {
    const rows = CONFORMANCE_ROWS.filter(({ name }) =>
      name.includes('a receive before any send pends'),
    );
    expect(runRows(rows.map((row) => ({ ...row, steps: row.steps.slice(0, 2) }))).found).toEqual([
      ['EFSM'],
    ]);
  });
});
