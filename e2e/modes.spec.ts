/** The reader's settings of system and browser are kept: colours, motion, theme, language. */
import { expect, test } from './test.ts';

test('forced colours keep words, outlines and the picture', async ({ lab }) => {
  await lab.page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
  await lab.open();
  await expect(lab.verdict).toContainText('Violated');
  const plain = await lab.timeline.rest();
  await lab.page.emulateMedia({ forcedColors: 'none', colorScheme: 'light' });
  await lab.timeline.rest(plain);
});

test('with reduced motion nothing moves', async ({ lab }) => {
  await lab.page.emulateMedia({ reducedMotion: 'reduce' });
  await lab.open();
  await lab.timeline.zoomIn.click();
  await lab.page.keyboard.press('Control+KeyK');
  await expect(lab.page.getByRole('dialog')).toBeVisible();
  const moving = await lab.page.evaluate(() =>
    document.getAnimations().map(({ playState }) => playState),
  );
  expect(moving.filter((state) => state === 'running')).toEqual([]);
});

test('theme and language are remembered, and the theme follows the system until then', async ({
  lab,
}) => {
  await lab.page.emulateMedia({ colorScheme: 'dark' });
  await lab.open();
  const ground = (): Promise<string> =>
    lab.page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const dark = await ground();
  await lab.bar.theme.selectOption('light');
  await expect.poll(ground).not.toBe(dark);
  await lab.bar.language.selectOption({ label: '简体中文' });
  await expect(lab.page.locator('html')).toHaveAttribute('lang', /^zh/);
  await lab.page.reload();
  await lab.settled();
  await expect(lab.page.locator('html')).toHaveAttribute('lang', /^zh/);
  await expect(lab.verdict).toContainText('未通过');
  expect(await ground()).not.toBe(dark);
});

test.describe('a reader of Chinese', () => {
  test.use({ locale: 'zh-CN' });
  test('is greeted in Chinese', async ({ lab }) => {
    await lab.open();
    await expect(lab.verdict).toContainText('未通过');
  });
});
