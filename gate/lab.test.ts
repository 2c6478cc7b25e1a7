/** The contract of the command line: statuses, documents and files, on the real core. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CHECK_IDS, GALLERY, type CheckResult } from '../sim/index.ts';
import { runJson, runLab } from './testing/fake-shell.ts';

const directory = mkdtempSync(join(tmpdir(), 'lab-'));
afterAll(() => rmSync(directory, { recursive: true }));

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
};

const violated = (document: Record<string, unknown>): string[] =>
  (document['checks'] as CheckResult[])
    .filter((check) => check.verdict === 'violated')
    .map((check) => check.id);

const errorOf = (document: Record<string, unknown>) =>
  document['error'] as { code: string; message: string };

const ESCAPING = 'fixtures/logs/asyncio-escaping-lock.log';
const EXCLUSIVE = 'fixtures/logs/asyncio-exclusive-lock.log';
const GAP = 'fixtures/logs/asyncio-pnl-gap.log';

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
    const checks = document['checks'] as CheckResult[];
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
    const path = file('one.json', JSON.stringify({ seed: 9, symbols: [{ name: 'EURUSD' }] }));
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
  const out = join(directory, 'deep', 'out');

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
      (document['checks'] as CheckResult[])
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

  it('refuses a directory that it cannot write', async () => {
    const blocked = file('blocked', 'x');
    const { status, document } = await runJson(['run', 'reference', '--out', blocked]);
    expect([status, errorOf(document).code]).toEqual([2, 'cannot-write']);
    expect(existsSync(join(blocked, 'run.log'))).toBe(false);
  });
});

describe('lab check-log', () => {
  it('sees what the pair counter of a real log hides', async () => {
    const { status, out } = await runLab(['check-log', ESCAPING]);
    expect(status).toBe(1);
    const told = out.replace(/\n +/g, ' ');
    expect(told).toContain(
      'Violated. All 150 pairs balance, yet 149 acquisitions began while another symbol held the ' +
        'lock. At most 3 held at once.',
    );
    expect(out).toContain(
      'Pair counter: 150 = 150, PASS   |   Interlock: violated, 3 holders at once',
    );
    expect(out).toMatch(/First violation {2}lock\.exclusion/);
    expect(out).toMatch(/^ {2}BTCUSD\.s .*#/m);
    expect(out).toMatch(/^ {2}holders .*1+2+3/m);
  });

  it('gives its findings as a document', async () => {
    const { status, document } = await runJson(['check-log', ESCAPING]);
    expect(status).toBe(1);
    expect(document).toMatchObject({
      verdict: 'violated',
      digest: null,
      lock: { acquires: 150, releases: 150, maxHolders: 3 },
      pnl: { ledgerTotal: '3628.65', aggregatorTotal: '3628.65', difference: '0.00' },
    });
    const exclusion = (document['checks'] as CheckResult[]).find(
      ({ id }) => id === 'lock.exclusion',
    );
    expect(exclusion).toMatchObject({
      verdict: 'violated',
      required: true,
      count: 149,
      examined: 150,
    });
    expect(exclusion?.evidence.length).toBeGreaterThan(0);
  });

  it('passes the lock that excludes', async () => {
    const { status, document } = await runJson(['check-log', EXCLUSIVE]);
    expect(status).toBe(0);
    expect(document).toMatchObject({
      verdict: 'passed',
      lock: { acquires: 150, releases: 150, maxHolders: 1 },
    });
    expect(violated(document)).toEqual([]);
  });

  it('finds 645.10 missing where the log itself says PASS', async () => {
    const { status, document } = await runJson(['check-log', GAP]);
    expect(status).toBe(1);
    expect(violated(document)).toContain('pnl.total');
    expect(document['pnl']).toMatchObject({
      ledgerTotal: '4371.53',
      aggregatorTotal: '3726.43',
      difference: '645.10',
    });
  });

  it('reads standard input, and draws that too', async () => {
    const { status, out } = await runLab(['check-log', '-'], {
      stdin: readFileSync(ESCAPING, 'utf8'),
    });
    expect(status).toBe(1);
    expect(out).toContain('Interlock - standard input');
    expect(out).toMatch(/^ {2}holders .*1+2+3/m);
  });

  it('calls a log that ends while the lock is held inconclusive', async () => {
    const lines = ['[ZMQ_LOCK_ACQUIRE] [A] lock_id=1', '[ZMQ_LOCK_RELEASE] [A] lock_id=1'];
    const held = file('held.log', [...lines, '[ZMQ_LOCK_ACQUIRE] [B] lock_id=2', ''].join('\n'));
    const { status, document } = await runJson(['check-log', held]);
    expect([status, document['verdict']]).toEqual([3, 'inconclusive']);
  });

  it('notes a last line that was cut off, and judges the rest', async () => {
    const whole = readFileSync(EXCLUSIVE, 'utf8');
    const cut = file('cut.log', whole.slice(0, whole.lastIndexOf('STRESS_TEST') + 4));
    const { status, document } = await runJson(['check-log', cut]);
    expect(status).toBe(0);
    expect((document['notes'] as string[]).join(' ')).toMatch(/last line/i);
  });

  it('takes patterns for other forms', async () => {
    const log = file('own.log', 'IN a\nIN b\nOUT a\nOUT b\n');
    const pattern = String.raw`^(?:(?<acquire>IN)|(?<release>OUT)) (?<symbol>\w+)`;
    const { status, document } = await runJson(['check-log', log, '--pattern', pattern]);
    expect([status, violated(document)]).toEqual([1, ['lock.exclusion']]);
    const bad = await runJson(['check-log', log, '--pattern', '(']);
    expect([bad.status, errorOf(bad.document).code]).toEqual([2, 'pattern']);
  });

  it.each([
    ['nothing', () => join(directory, 'missing.log'), /there is none/],
    ['a directory', () => directory, /is a directory/],
    ['an empty file', () => file('empty.log', ''), /empty/],
    ['junk', () => file('junk.log', 'hello\nworld\n'), /lock line/],
    ['bytes', () => file('bytes.log', Uint8Array.of(1, 0, 2, 0, 255)), /binary/],
    ['an archive', () => file('x.gz', Uint8Array.of(0x1f, 0x8b, 8, 0)), /gzip/],
  ])('refuses %s as unreadable, with the reason', async (_, path, reason) => {
    const { status, document } = await runJson(['check-log', path()]);
    expect(status).toBe(2);
    expect(errorOf(document).message).toMatch(reason);
    const text = await runLab(['check-log', path()]);
    expect([text.status, text.out]).toEqual([2, '']);
    expect(text.notes).toMatch(reason);
  });

  it('obeys an expectation', async () => {
    const words = ['check-log', ESCAPING, '--expect'];
    expect((await runLab([...words, 'violated:lock.exclusion'])).status).toBe(0);
    expect((await runLab([...words, 'passed'])).status).toBe(1);
    expect((await runLab([...words, 'violated:pnl.total'])).status).toBe(1);
  });
});

describe('lab url', () => {
  it('turns every gallery scenario into a link, and back into the same scenario', async () => {
    for (const entry of GALLERY) {
      const link = await runLab(['url', entry.name]);
      expect(link.out).toMatch(/^http:\/\/localhost:4173\/#s1=[A-Za-z0-9_-]+$/);
      const back = await runLab(['url', '--decode', link.out]);
      expect(JSON.parse(back.out)).toEqual(entry.scenario);
    }
  });

  it('takes a seed, and a decoded scenario as a file', async () => {
    const link = await runLab(['url', 'reference', '--seed', '77']);
    const json = await runLab(['url', '--decode', link.out]);
    const again = await runLab(['url', file('decoded.json', json.out)]);
    expect(again.out).toBe(link.out);
    expect(JSON.parse(json.out)).toMatchObject({ seed: 77 });
  });

  it('refuses a link that is damaged, and asks for exactly one thing', async () => {
    const bad = await runJson(['url', '--decode', 'http://localhost:4173/#s1=AAAA']);
    expect(bad.status).toBe(2);
    expect(errorOf(bad.document).message).not.toBe('');
    expect((await runLab(['url'])).status).toBe(2);
    expect((await runLab(['url', 'reference', '--decode', 'x'])).status).toBe(2);
  });
});

describe('lab gallery', () => {
  it('lists every scenario with its expected verdict, its checks and what it shows', async () => {
    const { status, out } = await runLab(['gallery']);
    expect(status).toBe(0);
    const text = out.replace(/\n +/g, ' ').replace(/ {2,}/g, ' ');
    for (const entry of GALLERY) {
      const told = [entry.name, entry.expect.verdict, ...entry.expect.checks].join(' ');
      expect(text).toContain(` ${told} ${entry.long ? '(takes a while) ' : ''}${entry.shows}`);
    }
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('is a document too', async () => {
    const { document } = await runJson(['gallery']);
    const scenarios = document['scenarios'] as { name: string; url: string }[];
    expect(scenarios.map(({ name }) => name)).toEqual(GALLERY.map(({ name }) => name));
    expect(scenarios[0]).toMatchObject({ verdict: 'passed', checks: [], long: false });
  });
});

describe('lab, used wrongly', () => {
  it.each([
    [[]],
    [['fly']],
    [['run']],
    [['run', 'reference', 'too', 'much']],
    [['run', 'refrence']],
    [['run', 'reference', '--seed', '-1']],
    [['run', 'reference', '--seed', '1.5']],
    [['run', 'reference', '--seed', '9007199254740992']],
    [['run', 'reference', '--nope']],
    [['run', 'reference', '--expect', 'violated:lock.unknown']],
    [['check-log']],
    [['gallery', 'extra']],
  ])('%j is a usage error with a message', async (words) => {
    const text = await runLab(words);
    expect([text.status, text.out]).toEqual([2, '']);
    expect(text.notes).toMatch(/^lab: \S/);
    const { status, document } = await runJson(words);
    expect(status).toBe(2);
    expect(errorOf(document)).toMatchObject({
      code: expect.stringMatching(/^[a-z-]+$/) as string,
      message: expect.stringMatching(/\S/) as string,
    });
  });

  it('says what may have been meant', async () => {
    expect((await runLab(['run', 'refrence'])).notes).toContain('did you mean reference?');
  });

  it('refuses files that are no scenario, with their place', async () => {
    const wrong = file('wrong.json', JSON.stringify({ symbols: [{ name: 'A', signls: 3 }] }));
    expect((await runLab(['run', wrong])).notes).toContain('signls');
    const cases = [file('no.json', 'no json'), file('utf16', Uint8Array.of(0xff, 0xfe)), directory];
    for (const path of cases) expect((await runLab(['run', path])).status).toBe(2);
  });

  it('helps on standard output, with status 0', async () => {
    const help = await runLab(['--help']);
    expect(help.status).toBe(0);
    for (const name of ['run', 'check-log', 'url', 'gallery']) expect(help.out).toContain(name);
    for (const name of ['explore', 'gate'])
      expect(help.out).not.toMatch(new RegExp(`^ +${name}`, 'm'));
    expect((await runLab(['run', '--help'])).out).toContain('--seed');
  });
});
