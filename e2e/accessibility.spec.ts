/** axe finds nothing, in every view, both themes, two widths and both languages. */
import { faults } from './axe.ts';
import { VIEWS } from './pages/views.ts';
import { expect, test } from './test.ts';

const CASES = [
  { language: 'English', theme: 'light', width: 1440 },
  { language: 'English', theme: 'dark', width: 1440 },
  { language: 'English', theme: 'light', width: 390 },
  { language: 'English', theme: 'dark', width: 390 },
  { language: '简体中文', theme: 'light', width: 1440 },
] as const;

for (const { language, theme, width } of CASES) {
  test(`every view in ${language}, ${theme}, ${width} wide`, async ({ lab }) => {
    test.setTimeout(120_000);
    await lab.page.setViewportSize({ width, height: width < 720 ? 844 : 900 });
    await lab.open();
    await lab.bar.theme.selectOption(theme);
    await lab.bar.language.selectOption({ label: language });
    await expect(lab.page.locator('html')).toHaveAttribute('data-theme', theme);
    expect.soft(await faults(lab), 'the whole page').toEqual([]);
    for (const { name, scope, enter, leave } of VIEWS) {
      await test.step(name, async () => {
        await enter(lab);
        expect.soft(await faults(lab, scope), name).toEqual([]);
        await leave?.(lab);
      });
    }
  });
}

test('a banner and a log are no worse', async ({ lab }) => {
  await lab.open('#s1=broken');
  await expect(lab.banner).toBeVisible();
  expect.soft(await faults(lab), 'banner').toEqual([]);
  await lab.logs.openReal('gap');
  await expect(lab.verdict).toContainText('Violated');
  await lab.settled();
  await lab.dock.show('Reconciliation');
  expect.soft(await faults(lab), 'log').toEqual([]);
});

test('axe sees a button without a name', async ({ lab }) => {
  await lab.open();
  await lab.dock.panel.evaluate((panel) => panel.append(document.createElement('button')));
  expect((await faults(lab, '#dock-panel')).join()).toContain('button-name');
});
