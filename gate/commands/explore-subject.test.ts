/** `lab explore --subject` and `--library`: a process of its own, killed where it is stuck. */
import { describe, expect, it } from 'vitest';
import { superviseSubject } from '../subjects/supervise.ts';
import { errorOf } from '../testing/documents.ts';
import { runJson, runLab, shellFor } from '../testing/fake-shell.ts';
import { testFiles } from '../testing/files.ts';
import { subjectJob } from './explore-subject.ts';

const files = testFiles();

const OPTIONS = {
  strategy: 'portfolio',
  schedules: 1_000,
  seconds: 60,
  seed: 1,
  depth: 3,
  workers: 1,
  shard: { index: 1, count: 1 },
  expect: undefined,
  reporter: 'text',
} as const;

describe('lab explore --subject', () => {
  it('tells a violation as a story, and gives the same again', async () => {
    const { status, out } = await runLab(['explore', '--subject', 'fixtures/subjects/escaping.ts']);
    expect(status).toBe(1);
    expect(out).toMatch(/^! Violated\. lock\.exclusion/m);
    expect(out).toMatch(/^Story {2}lock\.exclusion/m);
    expect(out).toMatch(/use +3 clients with 2 rounds to 2 clients with 1 round/);
    expect(out).toMatch(
      /^Again +npm run -s lab -- explore --subject fixtures\/subjects\/escaping/m,
    );
  });

  it('proves a right lock, as a document and for CI', async () => {
    const words = ['explore', '--subject', 'fixtures/subjects/correct.ts', '--clients', '2'];
    const all = [...words, '--strategy', 'exhaustive'];
    const { status, document } = await runJson(all);
    expect(status).toBe(0);
    expect(document).toMatchObject({ verdict: 'passed', conclusion: 'proved', clients: 2 });
    const junit = await runLab([...all, '--reporter', 'junit']);
    expect(junit.status).toBe(0);
    expect(junit.out).toMatch(
      /<testcase classname="explore" name="fixtures\/subjects\/correct\.ts"/,
    );
  });

  it('gives the same document, however many threads explore', async () => {
    const words = ['explore', '--subject', 'fixtures/subjects/correct.ts'];
    const all = [...words, '--schedules', '20000', '--workers'];
    const one = await runJson([...all, '1']);
    const three = await runJson([...all, '3']);
    expect(one.document).toMatchObject({ conclusion: 'not-refuted', schedules: 20_000 });
    const tookMs = expect.any(Number) as number;
    expect(three).toEqual({ ...one, document: { ...one.document, tookMs } });
  });

  it.each([1, 20])(
    'ends with what it has when it is interrupted, sooner or later',
    async (after) => {
      const words = ['explore', '--subject', 'fixtures/subjects/correct.ts', '--clients', '6'];
      const { status, out } = await runLab([...words, '--schedules', '1000000000'], {
        interruptAfter: after,
      });
      expect(status).toBe(3);
      expect(out).toMatch(/Not refuted in [\d,]+ schedules?\. Not a proof\. Cancelled\./);
    },
  );

  it.each([
    ['a loop without an end', 'for (;;) ;', 'subject-endless', { silentMs: 60_000, memoryMb: 512 }],
    [
      'what hangs where nobody counts',
      "/^(a+)+$/.test('a'.repeat(64) + '!');",
      'subject-stuck',
      { silentMs: 1_500, memoryMb: 512 },
    ],
    [
      'a flood of objects',
      'const all = []; for (;;) all.push(new Array(1000).fill(all.length));',
      'subject-flood',
      { silentMs: 60_000, memoryMb: 512 },
    ],
    [
      'what fills memory where nobody counts',
      `[${'0,'.repeat(1_500_000)}];`,
      'subject-died',
      { silentMs: 60_000, memoryMb: 64 },
    ],
  ])('ends %s, and is inconclusive', async (_, body, code, bounds) => {
    const source = `export const createLock = () => ({ async acquire() { ${body} } });`;
    const request = { kind: 'subject', name: files.write('bad.ts', source) } as const;
    const job = subjectJob(request, { clients: 2, rounds: 1 }, OPTIONS);
    if (job.kind === 'error') throw new Error(job.error.message);
    const outcome = await superviseSubject(job.value, shellFor(), bounds);
    expect(outcome).toMatchObject({ kind: 'error', error: { code, exit: 3 } });
  });

  it.each([
    [['explore', '--subject', 'none.ts'], 'not-found'],
    [['explore', '--library', 'async-lok'], 'unknown-library'],
    [['explore', 'reference', '--library', 'async-lock'], 'usage'],
    [['explore'], 'usage'],
    [['explore', '--library', 'async-lock', '--clients', '0'], 'usage'],
    [['explore', '--library', 'async-lock', '--shard', '1/2'], 'usage'],
    [['explore', '--library', 'async-lock', '--queue', 'redis://127.0.0.1'], 'usage'],
    [['explore', '--library', 'async-lock', '--expect', 'luck'], 'bad-expectation'],
  ])('refuses %j', async (words, code) => {
    const { status, document } = await runJson(words);
    expect(status).toBe(2);
    expect(errorOf(document).code).toBe(code);
  });
});

describe('lab explore --library', () => {
  it('names the library with its version, and the documented use that breaks', async () => {
    const words = ['explore', '--library', 'async-lock-max-execution-time'];
    const { status, out } = await runLab(words);
    expect(status).toBe(1);
    expect(out).toMatch(
      /^Interlock - async-lock 1\.5\.0\nacquire\(key, section\) with maxExecutionTime/,
    );
  });
});
