/** The sum of a run never looks better than the run was. */
import { describe, expect, it } from 'vitest';
import { outcomeLines } from './outcome.ts';

const report = (passed: number, failed: number, pending = 0): string =>
  JSON.stringify({ numPassedTests: passed, numFailedTests: failed, numPendingTests: pending });

const browserReport = (expected: number, unexpected: number, flaky = 0): string =>
  JSON.stringify({ stats: { expected, unexpected, flaky, skipped: 0 } });

const last = (...stages: Parameters<typeof outcomeLines>[0]): string | undefined =>
  outcomeLines(stages).at(-1);

describe('the outcome of a run', () => {
  it('adds up the tests of its stages', () => {
    expect(
      last(
        { name: 'install', succeeded: true, reports: [] },
        { name: 'test', succeeded: true, reports: [report(40, 0)] },
        { name: 'system', succeeded: false, reports: [report(1, 2)] },
      ),
    ).toBe('41 passed, 2 failed');
  });

  it('counts a stage that failed without a failing test as one failure', () => {
    expect(last({ name: 'test', succeeded: false, reports: [] })).toBe('0 passed, 1 failed');
    expect(last({ name: 'test', succeeded: false, reports: [report(7, 0)] })).toBe(
      '7 passed, 1 failed',
    );
  });

  it('adds up several reports of a stage, the browser\u2019s among them', () => {
    const reports = [report(40, 0), browserReport(7, 1)];
    expect(last({ name: 'test', succeeded: false, reports })).toBe('47 passed, 1 failed');
  });

  it('takes a test that passed at the second try for one that failed', () => {
    const reports = [browserReport(7, 0, 1)];
    expect(last({ name: 'test', succeeded: true, reports })).toBe('7 passed, 1 failed');
  });

  it('names tests that were not run', () => {
    expect(outcomeLines([{ name: 'test', succeeded: true, reports: [report(7, 0, 2)] }])[0]).toBe(
      'test: done (7 passed, 0 failed, 2 skipped)',
    );
  });
});
