/**
 * Runs in real time, in workers: the same checks, a recording instead of a replay.
 *
 * How fast this machine is decides no test: what locks, sockets and money came to does.
 */
import type { Worker } from '@playwright/test';
import type { LabPage } from './pages/lab-page.ts';
import { expect, test } from './test.ts';

/** A run of a second or two, with its loading, on a machine that does other things too. */
const RUN_MS = 45_000;

/** What the dock's list says of a check. */
async function groupOf(lab: LabPage, id: string): Promise<string> {
  await lab.dock.show('Checks');
  const section = lab.dock.panel.locator('section', {
    has: lab.page.getByText(id, { exact: true }),
  });
  return (await section.getByRole('heading').innerText()).replace(/\s*\d+$/, '');
}

/** A day, of which nobody waits for the end: in real time it lasts a day. */
async function startLong(lab: LabPage): Promise<void> {
  await lab.bar.scenario.selectOption('day-at-100ms');
  await lab.live.start();
  await expect(lab.live.strip).toContainText(/[1-9]\d* signals?/, { timeout: RUN_MS });
}

test('a run in workers ends in a verdict, and an exclusive lock excludes', async ({ lab }) => {
  await lab.open();
  await lab.bar.scenario.selectOption('reference');
  await lab.settled();
  await lab.live.start();
  await lab.settled('done', RUN_MS);
  await expect(lab.live.source).toHaveText('Recorded');
  await expect(lab.live.strip).toContainText('Recorded and checked, not replayable');
  await expect(lab.live.strip).toContainText('lock worker');
  await expect(lab.live.strip).toContainText(/Clock error at most [\d.]+ ms/);
  expect(await groupOf(lab, 'lock.exclusion')).toBe('Passed');
  expect(await groupOf(lab, 'socket.alternation')).toBe('Passed');
  await lab.dock.show('Acceptance');
  for (const row of ['A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7']) {
    await expect(lab.dock.panel.getByText(row, { exact: false }).first()).toBeVisible();
  }
  await lab.dock.show('Reconciliation');
  await expect(lab.dock.panel).toContainText('equal, to the last digit');
  await lab.live.strip.getByText('Intervals').click();
  await expect(lab.live.strip.getByRole('row', { name: /BTCUSD\.s/ })).toContainText('10–20');
});

test('a lock that escapes is violated, as in the simulation', async ({ lab }) => {
  await lab.open();
  await lab.live.start();
  await lab.settled('done', RUN_MS);
  await expect(lab.verdict).toContainText('Violated');
  expect(await groupOf(lab, 'lock.exclusion')).toBe('Violated');
  // The playhead stands at the first violation, and the events around are of the recording.
  await expect(lab.inspector).toContainText('Inside · ');
});

test('navigator.locks may stand in the place of the lock', async ({ lab }) => {
  await lab.open();
  await lab.live.start({ lockAt: 'browser' });
  await lab.settled('done', RUN_MS);
  await expect(lab.live.strip).toContainText('navigator.locks');
  expect(await groupOf(lab, 'lock.exclusion')).toBe('Passed');
});

test('it is shown while it grows, is followed until the reader moves, and stops at once', async ({
  lab,
}) => {
  await lab.open();
  await startLong(lab);
  await expect(lab.verdict).not.toContainText('Passed');
  await expect(lab.live.follow).toHaveAttribute('aria-pressed', 'true');
  await lab.timeline.plot.press('w');
  await expect(lab.live.follow).toHaveAttribute('aria-pressed', 'false');
  await lab.live.follow.click();
  await expect(lab.live.follow).toHaveAttribute('aria-pressed', 'true');
  await lab.dock.show('Lock');
  await expect(lab.dock.panel).toContainText('So far');
  await lab.bar.stop.click();
  await lab.settled('done', 5_000);
  await expect(lab.verdict).toContainText(/Only the first \d+ % was judged/);
  await expect(lab.live.follow).toHaveCount(0);
});

const memberOf = ({ page }: LabPage, name: string): Worker => {
  const member = page.workers().find((worker) => worker.url().includes(name));
  if (member === undefined) throw new Error(`expected a worker ${name}`);
  return member;
};

test('a symbol’s worker that dies in the middle leaves a hole, and Restart runs again', async ({
  lab,
}) => {
  await lab.open();
  await startLong(lab);
  await memberOf(lab, 'symbol-worker').evaluate(() => self.close());
  await expect(lab.live.restart).toBeVisible({ timeout: RUN_MS });
  await expect(lab.verdict).toContainText('Ended before the run did: the loop of');
  await expect(lab.live.strip).toContainText('worker lost');
  await lab.live.restart.click();
  await lab.settled('running', RUN_MS);
  await expect(lab.live.source).toHaveText('Recorded');
  await lab.bar.stop.click();
  await lab.settled('done', RUN_MS);
});

test('a conductor that goes without a word leaves what was seen, and no verdict', async ({
  lab,
}) => {
  await lab.open();
  await startLong(lab);
  await memberOf(lab, 'conductor-worker').evaluate(() => self.close());
  await lab.settled('failed', RUN_MS);
  await expect(lab.verdict).toContainText('worker is gone');
  await lab.dock.show('Events');
  await expect(lab.dock.events).toBeVisible();
  await expect(lab.live.restart).toBeVisible();
});

test('a recording is shared as its scenario and saved from its own trace', async ({ lab }) => {
  await lab.open();
  await lab.live.start();
  await lab.settled('done', RUN_MS);
  await lab.bar.share.click();
  const link = await lab.shareDialog.link();
  expect(link).not.toContain('&d=');
  await expect(lab.shareDialog.dialog.getByRole('textbox', { name: /Markdown/ })).toHaveValue(
    /not replayable/,
  );
  const saved = lab.page.waitForEvent('download');
  await lab.shareDialog.dialog.getByRole('button', { name: 'Save Text log' }).click();
  expect((await saved).suggestedFilename()).toContain('.log');
});

test('another scenario ends what runs, and leaves no worker of it', async ({ lab }) => {
  await lab.open();
  await startLong(lab);
  await lab.bar.scenario.selectOption('reference');
  await lab.settled();
  await expect(lab.live.source).toHaveText('Simulated');
  await expect
    .poll(() => lab.page.workers().filter((worker) => /symbol|conductor/.test(worker.url())).length)
    .toBe(0);
});
