/** axe finds nothing, in every view, both themes, two widths and both languages. */
import { AxeBuilder } from '@axe-core/playwright';
import type { LabPage } from './pages/lab-page.ts';
import { VIEWS } from './pages/views.ts';
import { expect, test } from './test.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** axe's package knows the page by the types of another version of Playwright. */
type AxePage = ConstructorParameters<typeof AxeBuilder>[0]['page'];

/** What axe says against a part of the page as it is, short enough to act on. */
async function faults(lab: LabPage, scope = 'html'): Promise<readonly string[]> {
  const page = lab.page as unknown as AxePage;
  const { violations } = await new AxeBuilder({ page }).include(scope).withTags(TAGS).analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id} (${help}): ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
  );
}

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
