/**
 * The suite's own `test`: a page that is watched, and the page object of the playground.
 *
 * Every test fails on whatever the watch sees, also a test that never looks at it.
 */
import { expect, test as base } from '@playwright/test';
import { LabPage } from './pages/lab-page.ts';
import { Watch } from './watch.ts';

interface Fixtures {
  readonly watch: Watch;
  readonly lab: LabPage;
  /** Another reader with nothing remembered, watched too. */
  readonly otherLab: LabPage;
}

export const test = base.extend<Fixtures>({
  watch: [
    async ({ context, baseURL }, use) => {
      const watch = new Watch(baseURL ?? '');
      watch.attach(context);
      await use(watch);
      expect(watch.problems, 'what the watch saw').toEqual([]);
    },
    { auto: true },
  ],
  lab: async ({ page }, use) => use(new LabPage(page)),
  otherLab: async ({ browser, baseURL, watch, contextOptions }, use) => {
    const context = await browser.newContext({
      ...contextOptions,
      baseURL: baseURL ?? '',
      serviceWorkers: 'block',
    });
    watch.attach(context);
    await use(new LabPage(await context.newPage()));
    await context.close();
  },
});

export { expect };
