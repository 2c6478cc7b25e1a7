/** `lab run` on the real core: verdicts, documents, links, expectations, interrupts, files. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHECK_IDS } from '../../sim/index.ts';
import { checksOf, errorOf } from '../testing/documents.ts';
import { runJson, runLab } from '../testing/fake-shell.ts';
import { testFiles } from '../testing/files.ts';

const files = testFiles();

describe('lab run', () => {
  it('judges the reference run: passed, all ten rows, exact books', async () => {
    const { status, out } = await runLab(['run', 'reference']);
    expect(status).toBe(0);
    expect(out).toContain('Passed on this schedule. Never more than 1 holder. Not a proof.');
    for (let row = 1; row <= 7; row++) {
      expect(out).toMatch(new RegExp(`^ +A${row} .*\\+ passed$`, 'm'));
    }
    expect(out.match(/governance loop, not run/g)).toHaveLength(3);
    expect(out).toMatch(/Digest +[0-9a-f]{32}\n/);
    expect(out).toMatch(/Open +http:\/\/localhost:4173\/#s1=\S+&d=[0-9a-f]{16}\n/);
    expect(out).toContain('Again   npm run -s lab -- run reference\n');
  });

  it('gives a document with the fields that scripts rely on', async () => {
    const { status, document } = await runJson(['run', 'reference']);
    expect(status).toBe(0);
    expect(document).toMatchObject({
      verdict: 'passed',
      digest: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      lock: { acquires: 150, releases: 150, maxHolders: 1 },
      ticks: 150,
      trades: expect.any(Number) as number,
    });
    const checks = checksOf(document);
    expect(checks.map((check) => check.id)).toEqual([...CHECK_IDS]);
    const pnl = document['pnl'] as Record<string, unknown>;
    expect(Object.keys(pnl['perSymbol'] as object)).toEqual(['BTCUSD.s', 'ETHUSD.s', 'XAUUSD.s']);
    expect(pnl['ledgerTotal']).toBe(pnl['aggregatorTotal']);
    expect(pnl['difference']).toBe('0.00');
  });

  it('finds the escaping lock, says who barged in, and draws it', async () => {
    const { status, out } = await runLab(['run', 'escaping-lock']);
    expect(status).toBe(1);
    expect(out).toMatch(/Violated\. All 150 pairs balance, yet \d+ acquisitions began/);
    expect(out).toMatch(/Interlock: violated, [23] holders at once/);
    expect(out).toContain('First violation  lock.exclusion');
    expect(out).toMatch(/^ {2}holders +3+$/m);
    expect(out).toMatch(/^ {2}ETHUSD\.s +#+\[#+/m);
  });

  it('repeats a run from the link that it prints, and sees when it is another run', async () => {
    const first = await runJson(['run', 'reference', '--seed', '5']);
    const url = first.document['url'] as string;
    const again = await runJson(['run', url]);
    expect(again.status).toBe(0);
    expect(again.document).toMatchObject({
      digest: first.document['digest'],
      promisedDigest: { kept: true },
    });
    const forged = url.replace(/&d=.*/, '&d=0000000000000000');
    const other = await runJson(['run', forged]);
    expect(other.status).toBe(3);
    expect(other.document).toMatchObject({
      verdict: 'inconclusive',
      promisedDigest: { digest: '0000000000000000', kept: false },
    });
    const text = await runLab(['run', forged]);
    expect(text.out).toContain('Inconclusive. The digest is not the one of the link');
  });

  it('keeps a violation a violation, whatever digest the link promised', async () => {
    const { document } = await runJson(['run', 'escaping-lock']);
    const forged = (document['url'] as string).replace(/&d=.*/, '&d=0000000000000000');
    const { status, out } = await runLab(['run', forged]);
    expect(status).toBe(1);
    expect(out).toContain('The digest is not the one of the link');
  });

  it('does not hold another seed to the digest of the link', async () => {
    const { document } = await runJson(['run', 'reference']);
    const other = await runJson(['run', document['url'] as string, '--seed', '6']);
    expect(other.document).toMatchObject({ seed: 6, promisedDigest: null, verdict: 'passed' });
  });

  it('refuses a schedule that it cannot replay as unavailable, not as passed', async () => {
    const { document } = await runJson(['url', 'reference']);
    const link = `${document['url'] as string}&p=abc`;
    const { status, document: error } = await runJson(['run', link]);
    expect(status).toBe(3);
    expect(errorOf(error).code).toBe('replay-unavailable');
  });

  it('turns an expectation into the status, and names whether it was met', async () => {
    const met = await runLab(['run', 'escaping-lock', '--expect', 'violated:lock.exclusion']);
    expect([met.status, met.out.includes('violated:lock.exclusion: as expected')]).toEqual([
      0,
      true,
    ]);
    const missed = await runJson(['run', 'reference', '--expect', 'violated:lock.exclusion']);
    expect(missed.status).toBe(1);
    expect(missed.document).toMatchObject({ verdict: 'passed', expected: { agreement: 'missed' } });
    expect((await runLab(['run', 'reference', '--expect', 'passed'])).status).toBe(0);
  });

  it('runs a scenario from a file, with its defaults', async () => {
    const path = files.write(
      'one.json',
      JSON.stringify({ seed: 9, symbols: [{ name: 'EURUSD' }] }),
    );
    const { document } = await runJson(['run', path]);
    expect(document).toMatchObject({ seed: 9, ticks: 50, lock: { acquires: 50, maxHolders: 1 } });
  });

  it('prints what was judged until it was interrupted, and calls that inconclusive', async () => {
    const { status, out } = await runLab(['run', 'day-at-100ms'], { interruptAfter: 1 });
    expect(status).toBe(3);
    expect(out).toMatch(/Inconclusive\. Cancelled: only the first \d+ % were judged\./);
    expect(out).toMatch(/lock\.exclusion/);
  });

  it('prints links to the playground that the environment names', async () => {
    const env = { PLAYGROUND_URL: 'https://lab.example/' };
    const { out } = await runLab(['run', 'reference'], { env });
    expect(out).toContain('https://lab.example/#s1=');
    const bad = await runLab(['run', 'reference'], { env: { PLAYGROUND_URL: 'lab.example' } });
    expect([bad.status, bad.out]).toEqual([2, '']);
  });
});

describe('lab run --out', () => {
  const out = join(files.directory, 'deep', 'out');

  it('leaves log, result and trace, and says so', async () => {
    const { out: text } = await runLab(['run', 'escaping-lock', '--out', out]);
    expect(text).toContain(`Wrote   run.log, result.json, trace.pftrace in ${out}`);
    const result = JSON.parse(readFileSync(join(out, 'result.json'), 'utf8')) as object;
    expect(result).toMatchObject({ verdict: 'violated', lock: { acquires: 150 } });
    expect(result).not.toHaveProperty('tookMs');
    expect(statSync(join(out, 'trace.pftrace')).size).toBeGreaterThan(10_000);
    const log = readFileSync(join(out, 'run.log'), 'utf8');
    expect(log.match(/ZMQ_LOCK_ACQUIRE/g)).toHaveLength(150);
    expect(log.match(/ZMQ_LOCK_RELEASE/g)).toHaveLength(150);
  });

  it('leaves a log with the same lock verdicts as the run', async () => {
    const run = await runJson(['run', 'escaping-lock']);
    const log = await runJson(['check-log', join(out, 'run.log')]);
    const locks = (document: Record<string, unknown>) =>
      checksOf(document)
        .filter((check) => ['lock.pairing', 'lock.exclusion', 'lock.ownership'].includes(check.id))
        .map(({ id, verdict, count }) => ({ id, verdict, count }));
    expect(locks(log.document)).toEqual(locks(run.document));
    const { maxHolders } = run.document['lock'] as { maxHolders: number };
    expect(log.document['lock']).toMatchObject({ acquires: 150, releases: 150, maxHolders });
  });

  it('leaves the same bytes when the run is repeated', async () => {
    const before = ['run.log', 'result.json', 'trace.pftrace'].map((name) =>
      readFileSync(join(out, name)).toString('base64'),
    );
    await runLab(['run', 'escaping-lock', '--out', out]);
    const after = ['run.log', 'result.json', 'trace.pftrace'].map((name) =>
      readFileSync(join(out, name)).toString('base64'),
    );
    expect(after).toEqual(before);
  });

  it('makes a directory with its parents, and comes back where the kernel makes none', async () => {
    const deep = join(out, 'a', 'b');
    await runLab(['run', 'reference', '--out', deep]);
    expect(existsSync(join(deep, 'run.log'))).toBe(true);
    const { status, document } = await runJson(['run', 'reference', '--out', '/proc/none/here']);
    expect([status, errorOf(document).code]).toEqual([2, 'cannot-write']);
  });

  it('refuses a directory that it cannot write', async () => {
    const blocked = files.write('blocked', 'x');
    const { status, document } = await runJson(['run', 'reference', '--out', blocked]);
    expect([status, errorOf(document).code]).toEqual([2, 'cannot-write']);
    expect(existsSync(join(blocked, 'run.log'))).toBe(false);
  });
});
