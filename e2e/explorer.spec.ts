/** Find the race, shrink it, step through its story, and share it as a link that replays. */
import type { Worker } from '@playwright/test';
import { faults } from './axe.ts';
import { runOnCommandLine, fragmentOf } from './command-line.ts';
import type { LabPage } from './pages/lab-page.ts';
import { Story } from './pages/story.ts';
import { expect, test } from './test.ts';

const TITLE = 'A flag that is read and then set, and two that never met';

/** Opens the race from its card, explores it, and waits for the replay of what was found. */
async function findRace(lab: LabPage): Promise<Story> {
  const story = new Story(lab.page);
  await lab.gallery.getByRole('button', { name: `Explore: ${TITLE}` }).click();
  await story.length();
  await lab.settled();
  await expect(story.explore).toBeEnabled();
  return story;
}

const explorerOf = (lab: LabPage): Worker | undefined =>
  lab.page.workers().find((worker) => worker.url().includes('explore-worker'));

test('a race that passes by default is found, shrunk and shown', async ({ lab }) => {
  await lab.open();
  await lab.bar.scenario.selectOption('flag-race');
  await expect(lab.verdict).toContainText('Passed on this schedule');
  const story = await findRace(lab);
  await expect(lab.verdict).toContainText('2 held at once');
  await expect(lab.verdict).toContainText('socket.alternation');
  await expect(story.search).toContainText('Violated. lock.exclusion');
  await expect(story.search).toContainText('No choice can be left out');
  await expect(story.diamonds).not.toHaveCount(0);
  await expect(story.told).toContainText('inevitable from here');
});

test('J, K and the buttons step through the story, and the playhead goes along', async ({
  lab,
}) => {
  await lab.open();
  const story = await findRace(lab);
  const steps = await story.length();
  const playhead = lab.inspector.getByText(/^No\. /);
  await expect(story.present).toContainText('1');
  await expect(story.previous).toBeDisabled();
  const places: string[] = [await playhead.innerText()];
  for (let at = 2; at <= steps; at++) {
    await lab.page.keyboard.press('j');
    await expect(story.told).toContainText(`${at} of ${steps}`);
    places.push(await playhead.innerText());
  }
  expect(new Set(places).size).toBe(steps);
  await expect(story.next).toBeDisabled();
  await lab.page.keyboard.press('j');
  await expect(story.told).toContainText(`${steps} of ${steps}`);
  await lab.page.keyboard.press('k');
  await expect(story.told).toContainText(`${steps - 1} of ${steps}`);
  expect(await playhead.innerText()).toBe(places.at(-2));
  await story.next.click();
  await expect(playhead).toHaveText(places.at(-1) ?? '');
  await story.steps.first().getByRole('button').click();
  await expect(playhead).toHaveText(places[0] ?? '');
});

test('its link replays for somebody else: same digest, same story', async ({ lab, otherLab }) => {
  await lab.open();
  const story = await findRace(lab);
  const told = await story.steps.allInnerTexts();
  const digest = await lab.digest();
  await lab.bar.share.click();
  await expect(lab.shareDialog.field).toHaveValue(/#s[12]=.*&p=.*&d=/);
  const link = await lab.shareDialog.field.inputValue();
  await otherLab.page.goto(link);
  await otherLab.ranWith(digest);
  await expect(otherLab.verdict).toContainText('matches the link');
  const other = new Story(otherLab.page);
  await expect(other.told).toContainText('The digest matches the link');
  expect(await other.steps.allInnerTexts()).toEqual(told);
  await otherLab.page.keyboard.press('j');
  await expect(other.present).toHaveCount(1);
});

test('its address survives a reload', async ({ lab }) => {
  await lab.open();
  const story = await findRace(lab);
  const digest = await lab.digest();
  await expect(lab.page).toHaveURL(/&p=/);
  await lab.page.reload();
  await lab.ranWith(digest);
  await story.length();
});

test('a schedule that is damaged or does not fit leaves what is open as it is', async ({ lab }) => {
  const run = await runOnCommandLine('float-drift');
  const race = fragmentOf(await runOnCommandLine('flag-race')).replace(/&.*/, '');
  await lab.open(fragmentOf(run));
  await lab.ranWith(run.digest);
  for (const schedule of ['0A', '0-', '9AA', '0_____A']) {
    await lab.page.evaluate((hash) => (location.hash = hash), `${race}&p=${schedule}`);
    await expect(lab.banner, schedule).toContainText('Your scenario is unchanged');
    expect(await lab.digest()).toBe(run.digest);
    await expect(lab.bar.scenario).toHaveValue('float-drift');
    await lab.banner.getByRole('button', { name: 'Dismiss' }).click();
    await expect(lab.banner).toBeHidden();
  }
});

test('a repaired race is proved, with its scope; sampling it proves nothing', async ({ lab }) => {
  await lab.open();
  await lab.bar.scenario.selectOption('flag-race-repaired');
  await lab.settled();
  await lab.dock.show('Story');
  const story = new Story(lab.page);
  await story.explore.click();
  await expect(story.told).toContainText('Proved. No schedule of this scope violates a check');
  await expect(story.told).toContainText('Scope: 2 symbols');
  await story.strategy.selectOption({ label: 'PCT' });
  await story.schedules.fill('50');
  await story.explore.click();
  await expect(story.told).toContainText('Not refuted in 50 schedules. Not a proof.');
  await expect(story.told).not.toContainText('Proved');
});

test('a search is cancelled with what it has', async ({ lab }) => {
  await lab.open();
  await lab.bar.scenario.selectOption('reference');
  await lab.settled();
  await lab.dock.show('Story');
  const story = new Story(lab.page);
  await story.strategy.selectOption({ label: 'Random' });
  await story.schedules.fill('1000000');
  await story.seconds.fill('600');
  await story.explore.click();
  await expect(story.search).toContainText('Rate');
  await story.cancel.click();
  await expect(story.told).toContainText('Cancelled.');
  await expect(story.told).toContainText('Not refuted in');
});

test('a worker that dies while it searches is told of at once and costs nothing', async ({
  lab,
}) => {
  await lab.open();
  await lab.bar.scenario.selectOption('reference');
  const digest = await lab.digest();
  await lab.dock.show('Story');
  const story = new Story(lab.page);
  await story.strategy.selectOption({ label: 'Random' });
  await story.schedules.fill('1000000');
  await story.explore.click();
  await expect(story.search).toContainText('Rate');
  await explorerOf(lab)?.evaluate(() => {
    setTimeout(() => {
      throw new Error('the explorer was shot');
    });
  });
  await expect(story.told).toContainText('worker is gone. Reason: Uncaught Error: the explorer');
  await expect(story.search).toContainText('Executions');
  expect(await lab.digest()).toBe(digest);
  await story.explore.click();
  await expect(story.cancel).toBeVisible();
  await story.cancel.click();
  await expect(story.told).toContainText('Cancelled.');
});

for (const theme of ['light', 'dark'] as const) {
  for (const width of [1440, 390]) {
    test(`axe finds nothing, ${theme}, ${width} wide`, async ({ lab }) => {
      await lab.page.setViewportSize({ width, height: 900 });
      await lab.open();
      await lab.bar.theme.selectOption(theme);
      await lab.dock.show('Story');
      expect.soft(await faults(lab), 'before a search').toEqual([]);
      await lab.goTo('setup');
      await findRace(lab);
      expect.soft(await faults(lab), 'with a story').toEqual([]);
    });
  }
}

test('the story speaks Chinese', async ({ lab }) => {
  await lab.open();
  const story = await findRace(lab);
  const steps = await story.steps.allInnerTexts();
  await lab.bar.language.selectOption({ label: '简体中文' });
  const told = lab.page.getByRole('region', { name: '经过' });
  await expect(told).toContainText('自此不可避免');
  const words = (await told.getByRole('listitem').allInnerTexts()).join(' ');
  expect(words.replace(/[A-Z]{6}\.s|EFSM|[A-Z]{3,}/g, '')).not.toMatch(/[a-z]{2}/);
  expect(await told.getByRole('listitem').count()).toBe(steps.length);
});
