/** The whole loop: what it comes to, what it reports, and what it never tells. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemDisk } from '../report/disk.ts';
import { githubLines } from '../report/github.ts';
import { verifyArchive } from '../report/verify.ts';
import { readRecorded } from '../reviewers/recorded.ts';
import { callsOf } from '../testing/fake-project.ts';
import { gone, KEY, loopBench, PAGE, reportOf, TASK } from '../testing/loop-bench.ts';
import { silence, status } from '../testing/review-server.ts';
import { CLAUDE, verdict } from '../testing/wire-formats.ts';

const bench = loopBench();

describe('the loop', () => {
  it('passes when everything that the task asks for did, and reports it', async () => {
    const told = await bench.loop(await bench.environment());
    expect(told.result.outcome).toMatchObject({ kind: 'PASS', exit: 0 });
    expect(told.lines.at(-1)).toBe('[UnifiedGate] PASS');
    await bench.expectHonest(told);
    const report = reportOf(told);
    expect(report.acceptance.map(({ id, verdict: each }) => `${id} ${each}`)).toEqual(
      Array.from({ length: 10 }, (_, at) => `A${at + 1} passed`),
    );
    expect(report.stages.every((stage) => stage.verdict === 'pass')).toBe(true);
    expect(report.registration).toMatchObject({ kind: 'registered', id: PAGE });
    expect(report.tree).toMatchObject({ clean: true, difference: null });
    const top = [
      'STRESS_TEST.log',
      'VERIFY_REPORT.md',
      'evidence',
      'evidence/5.yaml',
      'evidence/pictures/lock.svg',
      'evidence/pictures/pnl.svg',
      'evidence/reviews/logic-review.json',
      'junit.xml',
      'report.json',
      'SHA256SUMS',
    ];
    for (const name of top) expect(existsSync(join(bench.archive(), name))).toBe(true);
    const log = readFileSync(join(bench.archive(), 'STRESS_TEST.log'), 'utf8');
    const grep = (word: string) => log.split('\n').filter((line) => line.includes(word)).length;
    expect(['ZMQ_LOCK_ACQUIRE', 'ZMQ_LOCK_RELEASE'].map(grep)).toEqual([150, 150]);
    expect(['ERROR', 'CRITICAL', 'RACE_CONDITION', 'EFSM'].map(grep)).toEqual([0, 0, 0, 0]);
    expect(githubLines(report)).toEqual([]);
  });

  it('gives the same report again, except for its times', async () => {
    const env = await bench.environment();
    const [one, other] = [await bench.loop(env), await bench.loop(env)].map(reportOf);
    expect({ ...other, times: 0 }).toEqual({ ...one, times: 0 });
    const pages = readdirSync(join(bench.archive(), 'runs')).map(
      (run) =>
        readFileSync(join(bench.archive(), 'runs', run, 'VERIFY_REPORT.md'), 'utf8').split(
          '## Times of this run',
        )[0],
    );
    expect(pages).toHaveLength(2);
    expect(pages[1]).toBe(pages[0]);
  });

  it('without reviews ends in a mechanical pass, and says so everywhere', async () => {
    const reviews = { without: true, recorded: new Map() };
    const told = await bench.loop(await bench.environment(), { reviews });
    expect(told.lines.at(-1)).toBe('[UnifiedGate] MECHANICAL-PASS (reviews not run)');
    expect(told.result.outcome).toMatchObject({ exit: 0, verdict: 'inconclusive' });
    const report = reportOf(told);
    expect(report.verdict).toBe('inconclusive');
    expect(report.acceptance.slice(7).map((row) => row.verdict)).toEqual([
      'inconclusive',
      'not-run',
      'passed',
    ]);
    await bench.expectHonest(told);
  });

  it('dies without the keys that the task requires, everything else reported', async () => {
    const told = await bench.loop({ PATH: process.env['PATH'] ?? '' });
    expect(told.lines.at(-1)).toMatch(
      /^\[UnifiedGate\] DIE, so the gate FAILS .*ANTHROPIC_API_KEY/,
    );
    expect(told.result.outcome.exit).toBe(3);
    expect(reportOf(told).stages.filter((stage) => stage.verdict === 'pass')).toHaveLength(7);
    await bench.expectHonest(told);
  });

  it('takes the verdicts of an earlier run for the same tree, and not for another', async () => {
    await bench.loop(await bench.environment());
    const paths = ['logic-review', 'context-review'].map((name) =>
      join(bench.archive(), 'evidence/reviews', `${name}.json`),
    );
    const recorded = await readRecorded(paths);
    if (recorded.kind === 'error') throw new Error(recorded.error.message);
    const reviews = { without: false, recorded: recorded.value };
    const same = await bench.loop({ PATH: process.env['PATH'] ?? '' }, { reviews });
    expect(same.result.outcome.kind).toBe('PASS');
    bench.project().write('src/lock.ts', 'export const lock = 2;\n');
    const other = await bench.loop({ PATH: process.env['PATH'] ?? '' }, { reviews });
    expect(other.result.outcome).toMatchObject({ kind: 'FAIL', exit: 1 });
    expect(other.lines.at(-1)).toContain('the recorded review does not count');
    expect(reportOf(other).tree).toMatchObject({ clean: false, difference: { changed: 1 } });
    expect(readFileSync(join(bench.archive(), 'evidence/tree.diff'), 'utf8')).toContain(
      '+export const lock = 2;',
    );
    const both = await readRecorded([paths[0] ?? '', paths[0] ?? '']);
    expect(both.kind).toBe('error');
    const broken = bench.files.write('broken.json', '{"format":1}');
    expect((await readRecorded([broken])).kind).toBe('error');
  });

  it('refuses a tree that differs where the task wants a clean one', async () => {
    bench.project().write('docs/tasks/5.yaml', TASK.replace('tree: recorded', 'tree: clean'));
    const told = await bench.loop(await bench.environment());
    expect(told.lines[0]).toMatch(/^\[UnifiedGate\] PREFLIGHT FAIL 1 file differs/);
    expect(told.result.outcome.exit).toBe(1);
    expect(existsSync(join(bench.project().root, '.cache/calls.log'))).toBe(false);
    await bench.expectHonest(told);
  });

  it('waits for a gateway that comes, and says so', async () => {
    bench.project().script({
      ...bench.project().good,
      'lab live reference': { status: 3, err: 'no gateway yet' },
    });
    const env = await bench.environment();
    const calls: string[] = [];
    const told = await bench.loop(env, {
      listener: {
        begin: () => {},
        end: () => {},
        wait: (stage, notice) => {
          calls.push(`${stage}: ${notice.reason}`);
          bench.project().script(bench.project().good);
        },
      },
    });
    expect(calls).toEqual(['live: live reference: exit status 3: no gateway yet']);
    expect(told.result.outcome.kind).toBe('PASS');
    expect(reportOf(told).times.stages['live']?.waits).toBe(1);
  });

  it('ends a command that hangs, and what it started, when its time is over', async () => {
    const hangs = { hangs: true, out: 'so far so good' };
    bench.project().script({ ...bench.project().good, 'lab live reference': hangs });
    const told = await bench.loop(await bench.environment());
    expect(told.lines.at(-1)).toMatch(/DIE.*LIVE: live reference: no answer within 2 s/);
    const log = readFileSync(join(bench.archive(), 'evidence/logs/live.log'), 'utf8');
    expect(log).toBe('so far so good');
    expect(told.result.outcome.exit).toBe(3);
    const pids = readFileSync(join(bench.project().root, '.cache/hanging.log'), 'utf8')
      .trim()
      .split('\n');
    await gone(pids.map(Number));
    await bench.expectHonest(told);
  });

  it('gives no key to a command, and archives none that it finds elsewhere', async () => {
    const script = {
      ...bench.project().good,
      typecheck: { status: 1, showsEnvironment: true, out: KEY },
    };
    bench.project().script(script);
    bench.project().write('secret.txt', `${KEY}\n`);
    bench.project().commit();
    bench.project().write('secret.txt', `changed ${KEY}\n`);
    const told = await bench.loop(await bench.environment());
    const log = readFileSync(join(bench.archive(), 'evidence/logs/build-types.log'), 'utf8');
    expect(log).toContain('"PATH"');
    expect(log).not.toMatch(/"(ANTHROPIC|GEMINI|NOTION)_(API_KEY|TOKEN)"/);
    await bench.expectHonest(told);
  });

  it('can be cancelled, and still reports', async () => {
    bench.project().script({ ...bench.project().good, lint: { hangs: true } });
    const cancel = new AbortController();
    const poll = setInterval(() => {
      if (existsSync(join(bench.project().root, '.cache/hanging.log'))) cancel.abort();
    }, 20);
    const told = await bench.loop(await bench.environment({ logic: silence }), {
      signal: cancel.signal,
    });
    clearInterval(poll);
    expect(told.result.outcome).toMatchObject({ kind: 'CANCELLED', exit: 3 });
    expect(reportOf(told).stages.find(({ stage }) => stage === 'build')?.verdict).toBe('cancelled');
    await bench.expectHonest(told);
  });

  it('fails by a review, and annotates its findings', async () => {
    const finding = {
      severity: 'critical',
      file: 'src/lock.ts',
      line: 1,
      evidence: `a,b:%\n${KEY}`,
    };
    const told = await bench.loop(
      await bench.environment({
        logic: verdict(CLAUDE, () => ({ verdict: 'fail', findings: [finding] })),
      }),
    );
    expect(told.result.outcome).toMatchObject({ kind: 'FAIL', exit: 1 });
    expect(reportOf(told).acceptance[8]).toMatchObject({ id: 'A9', verdict: 'violated' });
    expect(githubLines(reportOf(told))[1]).toBe(
      '::error file=src/lock.ts,line=1,title=logic-review%3A critical::a,b:%25%0A(ANTHROPIC_API_KEY)',
    );
    await bench.expectHonest(told);
  });

  it('passes when a registration that nobody requires fails, and says that it failed', async () => {
    const broken = status(401, {
      object: 'error',
      status: 401,
      code: 'unauthorized',
      message: KEY,
    });
    const told = await bench.loop(await bench.environment({ notion: broken }));
    expect(told.result.outcome.kind).toBe('PASS');
    expect(told.lines.some((line) => line.includes('REGISTRATION DIE Notion answered 401'))).toBe(
      true,
    );
    expect(reportOf(told).registration.kind).toBe('failed');
    await bench.expectHonest(told);
  });

  it('dies when the disk is full, the report before it whole', async () => {
    const first = await bench.loop(await bench.environment());
    expect(first.result.outcome.kind).toBe('PASS');
    const full = {
      ...systemDisk,
      write: (): Promise<void> =>
        Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' })),
    };
    const told = await bench.loop(await bench.environment(), { disk: full });
    expect(told.lines.at(-1)).toMatch(/DIE.*REPORT: cannot write the archive: no space left/);
    expect(told.result).toMatchObject({ archive: undefined, outcome: { exit: 3 } });
    expect(told.lines.filter((line) => line.startsWith('[UnifiedGate] REPORT'))).toEqual([
      '[UnifiedGate] REPORT DIE cannot write the archive: no space left',
    ]);
    expect(existsSync(join(bench.archive(), '.staging'))).toBe(false);
    const kept = await verifyArchive(bench.archive());
    expect(kept).toMatchObject({ value: { faults: [], report: { outcome: 'PASS' } } });
  });

  it('lets a second loop in the same tree wait for its turn', async () => {
    const env = await bench.environment();
    const told = await Promise.all([bench.loop(env), bench.loop(env)]);
    expect(told.map(({ result }) => result.outcome.kind)).toEqual(['PASS', 'PASS']);
    const waits = told.flatMap(({ lines }) => lines.filter((line) => line.includes(' WAIT ')));
    expect(waits[0]).toContain(`another loop runs in this tree: process ${process.pid}, task 5`);
    expect(callsOf(bench.project().root).filter((call) => call === 'typecheck')).toHaveLength(2);
    expect(readdirSync(join(bench.archive(), 'runs'))).toHaveLength(2);
  });

  it('needs the Node that the project names', async () => {
    const scripts = { typecheck: 't', lint: 'l', e2e: 'e' };
    const env = await bench.environment();
    for (const [node, is] of [
      ['>=99.1', 'DIE expected Node >=99.1, got'],
      ['>=20.0', 'PASS'],
    ] as const) {
      bench.project().write('package.json', JSON.stringify({ scripts, engines: { node } }));
      const told = await bench.loop(env, { reviews: { without: true, recorded: new Map() } });
      expect(told.lines.find((line) => line.includes('PREFLIGHT'))).toContain(`PREFLIGHT ${is}`);
    }
  });

  it('needs git, and the scripts of the stages that are asked for', async () => {
    bench
      .project()
      .write('package.json', JSON.stringify({ scripts: { typecheck: 't', lint: 'l' } }));
    const script = await bench.loop(await bench.environment());
    expect(script.lines[0]).toContain('PREFLIGHT DIE expected the npm script e2e, got none');
    bench
      .project()
      .write('package.json', JSON.stringify({ scripts: { typecheck: '', lint: '', e2e: '' } }));
    const tools = { ...bench.project().tools, git: () => ['no-such-git'] as const };
    const git = await bench.loop(await bench.environment(), { tools });
    expect(git.lines[0]).toContain('PREFLIGHT DIE git ls-files: spawn no-such-git ENOENT');
    expect(git.result.outcome.exit).toBe(3);
  });

  it('does not begin where it has no room to work in', async () => {
    const env = await bench.environment();
    rmSync(join(bench.project().root, '.cache'), { recursive: true });
    bench.project().write('.cache', 'not a directory');
    const told = await bench.loop(env);
    expect(told.result).toMatchObject({ kind: 'not-begun', outcome: { kind: 'DIE', exit: 3 } });
    expect(told.lines).toEqual([expect.stringContaining('cannot write into .cache/gate')]);
    expect(existsSync(bench.archive())).toBe(false);
  });
});
