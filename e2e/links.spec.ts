/** A link is the run; a link that cannot be read costs nothing but a banner. */
import { fragmentOf, runOnCommandLine } from './command-line.ts';
import type { LabPage } from './pages/lab-page.ts';
import { expect, test } from './test.ts';

/** Puts a fragment into the address bar of a page that is open, as pasting a link does. */
const paste = (lab: LabPage, fragment: string): Promise<void> =>
  lab.page.evaluate((hash) => {
    location.hash = hash;
  }, fragment);

const historyLength = (lab: LabPage): Promise<number> => lab.page.evaluate(() => history.length);

test('a shared link reproduces the digest for somebody else, and says so', async ({
  lab,
  otherLab,
}) => {
  await lab.open();
  const digest = await lab.digest();
  await lab.bar.share.click();
  const link = await lab.shareDialog.link();
  await otherLab.page.goto(link);
  await otherLab.ranWith(digest);
  await expect(otherLab.verdict).toContainText('matches the link');
});

test('a link that promises another digest is told so', async ({ lab }) => {
  const run = await runOnCommandLine('lost-update');
  const wrong = fragmentOf(run).replace(/&d=[0-9a-f]{16}/, '&d=0123456789abcdef');
  await lab.open(wrong);
  await expect(lab.verdict).toContainText('differs from the link');
  expect(await lab.digest()).toBe(run.digest);
});

const BAD_LINKS: readonly (readonly [string, (good: string) => string, RegExp])[] = [
  ['cut off', (good) => good.slice(0, good.indexOf('&') / 2), /cut off or damaged/],
  ['damaged', (good) => good.replace(/(=.{20})..../, '$1AAAA'), /cut off or damaged/],
  ['of a newer version', (good) => good.replace('#s1=', '#s99='), /newer Interlock/],
  ['oversized', () => `#s1=${'A'.repeat(60_000)}`, /cut off or damaged/],
  ['without a scenario', () => '#hello', /cut off or damaged/],
];

for (const [what, spoil, told] of BAD_LINKS) {
  test(`a link that is ${what} leaves what is open as it is`, async ({ lab }) => {
    const run = await runOnCommandLine('float-drift');
    await lab.open(fragmentOf(run));
    await lab.ranWith(run.digest);
    await paste(lab, spoil(fragmentOf(run)));
    await expect(lab.banner).toContainText(told);
    await expect(lab.banner).toContainText('Your scenario is unchanged');
    expect(await lab.digest()).toBe(run.digest);
    await expect(lab.bar.scenario).toHaveValue('float-drift');
    await lab.banner.getByRole('button', { name: 'Dismiss' }).click();
    await expect(lab.banner).toBeHidden();
  });

  test(`a first visit by a link that is ${what} still shows a run`, async ({ lab }) => {
    const run = await runOnCommandLine('float-drift');
    await lab.open(spoil(fragmentOf(run)));
    await expect(lab.banner).toContainText(told);
    await expect(lab.bar.scenario).toHaveValue('escaping-lock');
  });
}

test('a link in the address bar runs at once, without a reload', async ({ lab }) => {
  const run = await runOnCommandLine('shared-slot');
  await lab.open();
  await lab.page.evaluate(() => Object.assign(window, { isSamePage: true }));
  await paste(lab, fragmentOf(run));
  await lab.ranWith(run.digest);
  await expect(lab.verdict).toContainText('matches the link');
  expect(await lab.page.evaluate(() => 'isSamePage' in window)).toBe(true);
});

test('the address stays as it came until something is changed, and adds no history', async ({
  lab,
}) => {
  await lab.open();
  const bare = lab.page.url();
  const length = await historyLength(lab);
  expect(bare).not.toContain('#');
  await lab.dock.show('Events');
  await lab.timeline.nextViolation.click();
  expect(lab.page.url()).toBe(bare);
  await lab.bar.scenario.selectOption('crossed-locks');
  await expect(lab.page).toHaveURL(/#s1=/);
  expect(await historyLength(lab)).toBe(length);
});

test('the address of a link stays to the letter', async ({ lab }) => {
  const run = await runOnCommandLine('shared-slot');
  await lab.open(fragmentOf(run));
  await lab.ranWith(run.digest);
  expect(new URL(lab.page.url()).hash).toBe(fragmentOf(run));
});
