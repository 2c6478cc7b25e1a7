/** `lab run` on the real core: verdicts, documents, links, expectations, interrupts, files. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHECK_IDS } from '../../sim/index.ts';
import { checksOf, errorOf, violatedIn } from '../testing/documents.ts';
import { runJson, runLab } from '../testing/fake-shell.ts';
import { testFiles } from '../testing/files.ts';

const files = testFiles();

/** The gallery's replay link of a scenario. */
function replayOf(name: string): string {
  const replays = JSON.parse(readFileSync('fixtures/golden/replays.json', 'utf8')) as {
    readonly scenario: string;
    readonly url: string;
  }[];
  return replays.find(({ scenario }) => scenario === name)?.url ?? 'expected a link';
}

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

  it('replays the schedule of a link, tells its story, and keeps the digest', async () => {
    const url = replayOf('lock-order-race');
    const { status, out } = await runLab(['run', url]);
    expect(status).toBe(1);
    expect(out).toMatch(/^! Violated\. lock\.deadlock: At .* nobody in a circle can go on/m);
    expect(out).toMatch(/^Story {2}lock\.deadlock/m);
    expect(out).toMatch(/^\^ \d+\. /m);
    expect(out).toContain('inevitable from here');
    expect(out).toContain('the same as in the link');
    expect(out).not.toContain('Acceptance');
    expect(out).toMatch(/^Open +\S+#s2=\S+&p=0\w+&d=[0-9a-f]{16}$/m);
    const { document } = await runJson(['run', url]);
    expect(document).toMatchObject({ verdict: 'violated', promisedDigest: { kept: true } });
    expect(violatedIn(document)).toContain('lock.deadlock');
    expect((document['story'] as object[]).length).toBeGreaterThan(1);
    expect(document['url']).toMatch(new RegExp(`${url.slice(url.indexOf('#')).slice(0, 40)}`));
  });

  it('runs the same scenario without its schedule, and it passes', async () => {
    const url = replayOf('lock-order-race').replace(/&p=.*/, '');
    const { status, document } = await runJson(['run', url]);
    expect([status, document['verdict'], document['story']]).toEqual([0, 'passed', null]);
  });

  it('keeps a replayed violation one, whatever digest the link promised', async () => {
    const forged = replayOf('lock-order-race').replace(/&d=.*/, '&d=0000000000000000');
    const { status, document } = await runJson(['run', forged]);
    expect([status, document['verdict']]).toEqual([1, 'violated']);
    expect(document['promisedDigest']).toMatchObject({ kept: false });
  });

  it.each([
    ['one that no version wrote', 'abc', 'schedule-unknown'],
    ['one that is cut off', '0A', 'schedule-damaged'],
    ['one that does not fit its scenario', '0_______A', 'schedule-damaged'],
    ['one of a longer run', '0gfA', 'schedule-misfit'],
  ])('refuses a schedule as unreadable: %s', async (_, schedule, code) => {
    const link = replayOf('lock-order-race').replace(/&p=[^&]*/, `&p=${schedule}`);
    const { status, document: error } = await runJson(['run', link]);
    expect([status, errorOf(error).code]).toEqual([2, code]);
  });

  it('refuses another seed for a schedule, which is of one', async () => {
    const { status, document } = await runJson(['run', replayOf('flag-race'), '--seed', '6']);
    expect([status, errorOf(document).code]).toEqual([2, 'usage']);
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
