/** The first ten seconds: what a reader sees who came by the bare address. */
import { runOnCommandLine } from './command-line.ts';
import { expect, test } from './test.ts';

test('a bare address runs escaping-lock, and three witnesses speak', async ({ lab }) => {
  const run = await runOnCommandLine('escaping-lock');
  await lab.open();
  expect(await lab.digest()).toBe(run.digest);
  await expect(lab.verdict).toContainText('Violated');
  await expect(lab.verdict).toContainText('All 150 pairs balance, yet');
  await expect(lab.verdict).toContainText('began while another symbol held the lock');

  await expect(lab.witnesses).toContainText('150 = 150');
  await expect(lab.witnesses).toContainText('PASS');
  await expect(lab.witnesses).toContainText('3 holders at once');
  await expect(lab.witnesses).toContainText(
    'More was held than there was time for: the lock cannot have excluded.',
  );
  await expect(lab.timeline.plot).toBeInViewport();
  await expect(lab.page).toHaveTitle(/◆ .+ – Interlock/);
});

test('the playhead stands at the first violation', async ({ lab }) => {
  await lab.open();
  await expect(lab.inspector).toContainText(/Inside · [23]/);
  await lab.dock.show('Events');
  const at = await lab.dock.selectedPlace();
  await lab.timeline.previousViolation.click();
  expect(await lab.dock.selectedPlace(), 'the place before the first violation').toBe(at);
});

test('Repair lock runs the same seed under a lock that excludes', async ({ lab }) => {
  const repaired = await runOnCommandLine('escaping-lock-repaired');
  await lab.open();
  await lab.witnesses.getByRole('button', { name: 'Repair lock' }).click();
  await lab.ranWith(repaired.digest);
  await expect(lab.verdict).toContainText('Passed on this schedule. Never more than 1 holder.');
  await expect(lab.witnesses).toContainText('1 holder at most');
  await expect(lab.witnesses).toContainText('Before: 3 holders at once');
  await expect(lab.page).toHaveTitle(/✓ .+ – Interlock/);
});

test('the real log shows the same, and its gate said PASS', async ({ lab }) => {
  await lab.open();
  await lab.witnesses.getByRole('button', { name: 'See it in a real log' }).click();
  await expect(lab.verdict).toContainText('149 acquisitions began while another symbol held');
  await lab.settled();
  await expect(lab.witnesses).toContainText('150 = 150');
});

test('verdict changes are spoken, and nothing else', async ({ lab }) => {
  await lab.open();
  const spoken = lab.page.locator('[aria-live=polite]');
  await expect(spoken).toHaveCount(1);
  await expect(spoken).toContainText('Violated');
  await lab.timeline.nextViolation.click();
  await expect(spoken).toContainText('Violated');
  await expect(spoken).not.toContainText('ms');
});
