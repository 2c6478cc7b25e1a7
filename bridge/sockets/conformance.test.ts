/**
 * Every row of the conformance script that speaks of zeromq.js, over zeromq.js itself and over our
 * endpoint: what the simulated socket does is what the real one does.
 */
import { describe, expect, it } from 'vitest';
import { version } from 'zeromq';
import {
  CONFORMANCE_ROWS,
  type ConformanceRow,
  runRow,
} from '../../sim/zmq/testing/conformance.ts';
import { openEndpoint, openRaw } from './testing/real-socket.ts';

const ROWS = CONFORMANCE_ROWS.filter((row) => row.options.profile === 'zeromq.js');
/** inproc connects at once, bound or not: rows about an absent peer do not apply to it. */
const INPROC_ROWS = ROWS.filter((row) => row.peer === 'up');

/** Ours shows no reply that nobody has asked for, so a script cannot wait until one has arrived. */
const ENDPOINT_ROWS = ROWS.filter((row) => !row.name.includes('replies that have arrived'));

const named = (rows: readonly ConformanceRow[]) => rows.map((row) => [row.name, row] as const);

describe('zeromq.js', () => {
  it('is of the version that the rows were seen with', () => {
    expect(version).toBe('4.3.5');
    expect(ROWS.length).toBeGreaterThan(15);
  });
});

describe.each(['tcp', 'ipc'] as const)('zeromq.js over %s', (transport) => {
  it.concurrent.each(named(ROWS))('%s', async (_, row) => {
    expect(await runRow(row, openRaw(transport))).toEqual([]);
  });
});

describe('zeromq.js over inproc', () => {
  it.concurrent.each(named(INPROC_ROWS))('%s', async (_, row) => {
    expect(await runRow(row, openRaw('inproc'))).toEqual([]);
  });
});

describe('our endpoint over tcp', () => {
  it.concurrent.each(named(ENDPOINT_ROWS))('%s', async (_, row) => {
    expect(await runRow(row, openEndpoint('tcp'))).toEqual([]);
  });
});

describe('the script over real sockets', () => {
  it.each([openRaw('tcp'), openEndpoint('tcp')])('can fail', async (open) => {
    const row = ROWS.find(({ name }) =>
      name.endsWith('a second send with no time to wait is EFSM'),
    );
    if (row === undefined) throw new Error('expected the row');
    const steps = row.steps.map((step) =>
      step.do === 'expect' && step.of === 'second' ? { ...step, result: 'sent' as const } : step,
    );
    expect(await runRow({ ...row, steps }, open)).toMatchObject([
      { operation: 'second', expected: 'sent', got: 'EFSM' },
    ]);
  });
});
