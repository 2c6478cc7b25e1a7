/** A log is judged where it is: the real ones, one's own, empty, garbage, large; nothing leaves. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './test.ts';

const ROOT = join(import.meta.dirname, '..');
const REAL = join(ROOT, 'fixtures', 'logs');
const MIB = 1_048_576;

/** Lines of a log in which everything is in order, about `bytes` of them. */
function orderly(bytes: number): string {
  const hold = (at: number): string => {
    const line = (event: string): string =>
      `2026-01-18 15:10:41,123 - [DEBUG] - [ZMQ_LOCK_${event}] [BTCUSD.s] lock_id=` +
      `${at.toString(16).padStart(8, '0')}\n`;
    return line('ACQUIRE') + line('RELEASE');
  };
  const [length] = [hold(0).length];
  return Array.from({ length: Math.floor(bytes / length) }, (_, at) => hold(at)).join('');
}

test.beforeEach(async ({ lab }) => {
  await lab.open();
});

for (const [which, file, word, detail] of [
  ['escaping', 'asyncio-escaping-lock.log', 'Violated', /149 acquisitions began while another/],
  ['exclusive', 'asyncio-exclusive-lock.log', 'Passed', /Never more than 1 holder/],
  ['gap', 'asyncio-pnl-gap.log', 'Violated', /pnl\.total|645\.10|short of the ledger/],
] as const) {
  test(`${file} is judged as on the command line`, async ({ lab }) => {
    const args = ['--import', 'tsx', 'gate/main.ts', 'check-log', join(REAL, file), '--json'];
    // The status says the verdict, which is what is compared.
    const stdout = runIgnoringStatus(args);
    const document = JSON.parse(stdout) as {
      verdict: string;
      checks: readonly { id: string; verdict: string }[];
    };
    await lab.logs.openReal(which);
    await expect(lab.verdict).toContainText(detail);
    await expect(lab.verdict).toContainText(word);
    await lab.settled();
    expect(word.toLowerCase()).toBe(document.verdict);
    await lab.dock.show('Checks');
    const violated = document.checks.filter(({ verdict }) => verdict === 'violated');
    expect(await lab.dock.violated()).toEqual(violated.map(({ id }) => id).sort());
    await expect(lab.page).toHaveTitle(new RegExp(file));
  });
}

function runIgnoringStatus(args: readonly string[]): string {
  try {
    return execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

test('a dropped log is judged, and what a log cannot show is not called passed', async ({
  lab,
}) => {
  const text = readFileSync(join(REAL, 'asyncio-escaping-lock.log'), 'utf8');
  await lab.logs.drop({ name: 'mine.log', text, times: 1 });
  await expect(lab.verdict).toContainText('149 acquisitions began');
  await expect(lab.page).toHaveTitle(/◆ mine\.log/);
  await lab.dock.show('Checks');
  await expect(lab.dock.panel.getByRole('heading', { name: /^Not recorded/ })).toBeVisible();
});

for (const [what, text] of [
  ['empty', ''],
  ['garbage', '\u0000\u0001\u0002 \ufffd nothing of the kind\n'.repeat(2_000)],
  ['a text without locks', 'INFO all is well\n'.repeat(500)],
] as const) {
  test(`a log that is ${what} is inconclusive, and the scenario is still there`, async ({
    lab,
  }) => {
    const digest = await lab.digest();
    await lab.logs.drop({ name: 'odd.log', text, times: 1 });
    await expect(lab.page).toHaveTitle(/odd\.log/);
    await expect(lab.main).toHaveAttribute('data-phase', /done|failed/);
    await expect(lab.verdict).not.toContainText('Passed');
    await expect(lab.main).toContainText('ZMQ_LOCK_ACQUIRE');
    await lab.bar.scenario.selectOption('escaping-lock');
    await lab.ranWith(digest);
  });
}

test('50 MB are read with progress, and judged to the last line', async ({ lab }) => {
  await lab.logs.drop({ name: 'large.log', text: orderly(MIB), times: 50 });
  await lab.settled('running');
  await expect(lab.verdict.getByRole('progressbar')).toBeVisible();
  await expect(lab.verdict).toContainText(/\d+ %/);
  await lab.settled('done', 45_000);
  await expect(lab.verdict).toContainText('Passed on this log. Never more than 1 holder.');
});

test('a cancelled log keeps what was judged, and says how much', async ({ lab }) => {
  await lab.logs.drop({ name: 'larger.log', text: orderly(MIB), times: 400 });
  await expect(lab.verdict).toContainText(/\d+ %/);
  await lab.logs.cancel.click();
  await lab.settled();
  await expect(lab.verdict).toContainText(/first \d+ %/);
  await expect(lab.verdict).not.toContainText('first 100 %');
});
