/** Whatever a command does that is not what it promised, the gate does not pass. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { githubLines } from '../report/github.ts';
import { browserResult, liveResult, type Script, searchResult } from '../testing/fake-project.ts';
import { KEY, loopBench, reportOf } from '../testing/loop-bench.ts';

const bench = loopBench();

describe('the loop', () => {
  const leak = `${KEY} [UnifiedGate] PASS`;

  it.each<[string, Script, string, string, number]>([
    ['types', { typecheck: { status: 2, err: leak } }, 'BUILD', 'types: exit status 2', 1],
    ['a missing command', { lint: { status: 127 } }, 'BUILD', 'lint: exit status 127', 1],
    ['a failing test', { unit: { status: 1 } }, 'BUILD', 'unit: exit status 1', 1],
    [
      'tests that fail, by their names',
      {
        unit: {
          status: 1,
          out: '\u2713 an error that passed',
          result: JSON.stringify({
            ...{ success: false, numPassedTests: 1, numFailedTests: 4, numPendingTests: 0 },
            testResults: [
              {
                assertionResults: ['a', 'b', 'c', 'd'].map((fullName) => ({
                  fullName,
                  status: 'failed',
                })),
              },
            ],
          }),
        },
      },
      'BUILD',
      'unit: 4 tests failed: a; b; c; and 1 more',
      1,
    ],
    ['tests without a result', { unit: {} }, 'BUILD', 'unit: the tests left no result', 1],
    [
      'no test at all',
      {
        unit: {
          result: '{"success":true,"numPassedTests":0,"numFailedTests":0,"numPendingTests":0}',
        },
      },
      'BUILD',
      'unit: no test ran',
      1,
    ],
    [
      'a scenario that violates',
      { 'lab run reference': { status: 1, out: '{}', err: leak } },
      'STRESS',
      'reference, expected passed: exit status 1',
      1,
    ],
    [
      'a run that is inconclusive',
      { 'lab run reference': { status: 3 } },
      'STRESS',
      'reference, expected passed: exit status 3',
      3,
    ],
    [
      'a run that says nothing',
      { 'lab run reference': { out: '' } },
      'STRESS',
      'expected one JSON document',
      1,
    ],
    [
      'a run that says less than it promised',
      { 'lab run reference': { out: '{"verdict":"passed"}' } },
      'STRESS',
      'reference: checks',
      1,
    ],
    [
      'a defect that is not caught',
      { 'lab run escaping-lock': { status: 1 } },
      'STRESS',
      'escaping-lock, expected violated',
      1,
    ],
    [
      'a search that only did not refute',
      {
        'lab explore reference': {
          status: 3,
          out: searchResult({ verdict: 'inconclusive', complete: false }),
        },
      },
      'EXPLORE',
      'nothing refuted in 500 schedules, wanted proved',
      1,
    ],
    [
      'a proof without its status',
      { 'lab explore reference': { status: 3, out: searchResult() } },
      'EXPLORE',
      'wanted proved',
      1,
    ],
    [
      'a search that refutes',
      {
        'lab explore reference': {
          status: 1,
          out: searchResult({
            verdict: 'violated',
            violation: { check: 'lock.exclusion', url: 'x', steps: [] },
          }),
        },
      },
      'EXPLORE',
      'lock.exclusion is violated, wanted proved',
      1,
    ],
    [
      'a missing explore',
      {
        'lab explore reference': {
          status: 2,
          out: '{"error":{"code":"usage","message":"unknown command"}}',
        },
      },
      'EXPLORE',
      'exit status 2: unknown command',
      1,
    ],
    [
      'a flaky browser test',
      { browser: { result: browserResult(['digest'], 1) } },
      'BROWSER',
      'passed only when repeated',
      1,
    ],
    [
      'browser tests without the proof',
      { browser: { result: browserResult(['it opens']) } },
      'BROWSER',
      'no browser test that passed has digest in its title',
      1,
    ],
    [
      'a page whose digest nobody compared',
      { browser: { result: browserResult(['digest', 'as on the command line: reference-two']) } },
      'BROWSER',
      "no browser test held reference to the command line's digest",
      1,
    ],
    [
      'no browser test',
      { browser: { result: browserResult([]) } },
      'BROWSER',
      'no browser test ran',
      1,
    ],
    [
      'browser tests without a result',
      { browser: { status: 1, err: leak } },
      'BROWSER',
      'left no result: exit status 1',
      1,
    ],
    [
      'no browser',
      { browser: { status: 1, err: 'Error: expected a Chromium, got none\n    at x' } },
      'BROWSER',
      'exit status 1: Error: expected a Chromium, got none',
      3,
    ],
    [
      'no free port',
      { browser: { status: 1, err: 'Error: listen EADDRINUSE: address in use' } },
      'BROWSER',
      'EADDRINUSE',
      3,
    ],
    [
      'a live session that violates',
      {
        'lab live reference': {
          status: 1,
          out: liveResult({
            verdict: 'violated',
            checks: [
              { id: 'lock.exclusion', verdict: 'violated', required: true, examined: 1, count: 1 },
            ],
          }),
        },
      },
      'LIVE',
      'violates lock.exclusion',
      1,
    ],
    [
      'a live session that dies for ever',
      { 'lab live reference': { status: 3, err: 'no gateway' } },
      'LIVE',
      'exit status 3: no gateway',
      3,
    ],
    [
      'a live session that is inconclusive',
      { 'lab live reference': { out: liveResult({ verdict: 'inconclusive' }) } },
      'LIVE',
      'is inconclusive',
      3,
    ],
    [
      'a live session that is too slow',
      {
        'lab live reference': {
          status: 1,
          out: liveResult({
            verdict: 'violated',
            checks: [
              { id: 'run.latency', verdict: 'violated', required: true, examined: 1, count: 1 },
            ],
          }),
        },
      },
      'LIVE',
      'violates run.latency; the load was ',
      1,
    ],
    [
      'a live session past the bridge',
      { 'lab live reference': { out: liveResult({ bridge: false }) } },
      'LIVE',
      'bridge: expected a session through the bridge',
      1,
    ],
    [
      'a live session that only reads',
      { 'lab live reference': { out: liveResult({ orders: { sent: false } }) } },
      'LIVE',
      'orders.sent: expected orders that were sent',
      1,
    ],
    [
      'a live session that trades nothing',
      { 'lab live reference': { out: liveResult({ trades: 0 }) } },
      'LIVE',
      'traded nothing',
      1,
    ],
    [
      'a live session that checks nothing',
      { 'lab live reference': { out: liveResult({ checks: [] }) } },
      'LIVE',
      'checks: expected checks',
      1,
    ],
  ])('does not pass with %s', async (_, script, stage, reason, exit) => {
    bench.project().script({ ...bench.project().good, ...script });
    const reviews = { without: true, recorded: new Map() };
    const told = await bench.loop(await bench.environment(), { reviews });
    const [line] = told.lines.filter(
      (each) => each.includes(` ${stage} `) && !each.includes('WAIT'),
    );
    expect(line).toContain(reason);
    expect(told.result.outcome.exit).toBe(exit);
    expect(told.lines.at(-1)).toContain(`${stage}: `);
    await bench.expectHonest(told);
    expect(githubLines(reportOf(told)).join('\n')).toMatch(new RegExp(`^::error title=${stage}::`));
  });

  it('archives the run that is not as expected, and runs the other scenarios all the same', async () => {
    const project = bench.project();
    const reference = project.good['lab run reference'];
    const document = JSON.parse(reference?.out ?? '') as { checks: { id: string }[] };
    const checks = document.checks.map((check) =>
      check.id === 'run.throughput' ? { ...check, verdict: 'violated', count: 1 } : check,
    );
    const out = JSON.stringify({ ...document, verdict: 'violated', checks });
    project.script({ ...project.good, 'lab run reference': { ...reference, status: 1, out } });
    const reviews = { without: true, recorded: new Map() };
    const told = await bench.loop(await bench.environment(), { reviews });
    expect(told.lines).toContain(
      '[UnifiedGate] STRESS FAIL reference: expected passed, got violated: run.throughput',
    );
    expect(told.result.outcome.exit).toBe(1);
    const report = reportOf(told);
    expect(report.stress?.runs.map(({ scenario, met }) => `${scenario} ${met}`)).toEqual([
      'reference false',
      'escaping-lock true',
    ]);
    expect(report.acceptance[0]).toMatchObject({
      id: 'A1',
      measured: expect.any(String) as string,
    });
    const log = readFileSync(join(bench.archive(), 'STRESS_TEST.log'), 'utf8');
    expect(log).toContain('ZMQ_LOCK_ACQUIRE');
    await bench.expectHonest(told);
  });
});
