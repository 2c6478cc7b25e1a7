/** The page in a frame of somebody else's: the run alone, and a way to the whole page. */
import { fragmentOf, runOnCommandLine } from './command-line.ts';
import { LabPage } from './pages/lab-page.ts';
import { expect, test } from './test.ts';

test('a frame shows the run of its link, without header and set-up', async ({ page, baseURL }) => {
  const run = await runOnCommandLine('lost-update');
  const address = `${baseURL ?? ''}?embed=1${fragmentOf(run)}`;
  await page.setContent(`<iframe src="${address}" width="800" height="500" title="run"></iframe>`);
  const frame = page.frameLocator('iframe');
  const main = frame.getByRole('main');
  await expect(main).toHaveAttribute('data-digest', run.digest);
  await expect(frame.getByRole('application', { name: 'Lock timeline' })).toBeVisible();
  await expect(frame.getByRole('banner')).toHaveCount(0);
  await expect(frame.getByRole('button', { name: 'Share' })).toHaveCount(0);
});

test('an embedded page leads to the whole one', async ({ lab, context }) => {
  const run = await runOnCommandLine('lost-update');
  await lab.open(`?embed=1${fragmentOf(run)}`);
  await lab.ranWith(run.digest);
  const link = lab.page.getByRole('link', { name: 'Open in Interlock' });
  await expect(link).toHaveAttribute('href', /^(?!.*embed).*#s1=/);
  const opened = context.waitForEvent('page');
  await link.click();
  const whole = new LabPage(await opened);
  await whole.ranWith(run.digest);
  await expect(whole.bar.run).toBeVisible();
});
