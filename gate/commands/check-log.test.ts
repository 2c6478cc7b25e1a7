/** `lab check-log` on real logs and strange ones: what it finds, what it refuses, and why. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checksOf, errorOf, violatedIn } from '../testing/documents.ts';
import { runJson, runLab } from '../testing/fake-shell.ts';
import { testFiles } from '../testing/files.ts';

const files = testFiles();

const ESCAPING = 'fixtures/logs/asyncio-escaping-lock.log';
const EXCLUSIVE = 'fixtures/logs/asyncio-exclusive-lock.log';
const GAP = 'fixtures/logs/asyncio-pnl-gap.log';

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
    const exclusion = checksOf(document).find(({ id }) => id === 'lock.exclusion');
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
    expect(violatedIn(document)).toEqual([]);
  });

  it('finds 645.10 missing where the log itself says PASS', async () => {
    const { status, document } = await runJson(['check-log', GAP]);
    expect(status).toBe(1);
    expect(violatedIn(document)).toContain('pnl.total');
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
    const held = files.write(
      'held.log',
      [...lines, '[ZMQ_LOCK_ACQUIRE] [B] lock_id=2', ''].join('\n'),
    );
    const { status, document } = await runJson(['check-log', held]);
    expect([status, document['verdict']]).toEqual([3, 'inconclusive']);
  });

  it('notes a last line that was cut off, and judges the rest', async () => {
    const whole = readFileSync(EXCLUSIVE, 'utf8');
    const cut = files.write('cut.log', whole.slice(0, whole.lastIndexOf('STRESS_TEST') + 4));
    const { status, document } = await runJson(['check-log', cut]);
    expect(status).toBe(0);
    expect((document['notes'] as string[]).join(' ')).toMatch(/last line/i);
  });

  it('takes patterns for other forms', async () => {
    const log = files.write('own.log', 'IN a\nIN b\nOUT a\nOUT b\n');
    const pattern = String.raw`^(?:(?<acquire>IN)|(?<release>OUT)) (?<symbol>\w+)`;
    const { status, document } = await runJson(['check-log', log, '--pattern', pattern]);
    expect([status, violatedIn(document)]).toEqual([1, ['lock.exclusion']]);
    const bad = await runJson(['check-log', log, '--pattern', '(']);
    expect([bad.status, errorOf(bad.document).code]).toEqual([2, 'pattern']);
  });

  it.each([
    ['nothing', () => join(files.directory, 'missing.log'), /there is none/],
    ['a directory', () => files.directory, /is a directory/],
    ['an empty file', () => files.write('empty.log', ''), /empty/],
    ['junk', () => files.write('junk.log', 'hello\nworld\n'), /lock line/],
    ['bytes', () => files.write('bytes.log', Uint8Array.of(1, 0, 2, 0, 255)), /binary/],
    ['an archive', () => files.write('x.gz', Uint8Array.of(0x1f, 0x8b, 8, 0)), /gzip/],
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
