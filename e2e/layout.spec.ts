/** No width makes the page scroll sideways or hides what it is about. */
import type { Locator } from '@playwright/test';
import type { LabPage } from './pages/lab-page.ts';
import { VIEWS } from './pages/views.ts';
import { expect, test } from './test.ts';

/** Elements that stick out of the window to the right, with how far, in CSS pixels. */
const overhang = (lab: LabPage): Promise<readonly string[]> =>
  lab.page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
      .map((element) => `${element.tagName}.${element.className} to ${scrollWidth}`)
      .slice(-5);
  });

for (const width of [360, 390, 1024, 1440, 1920]) {
  for (const language of ['English', '简体中文']) {
    test(`nothing sticks out at ${width} in ${language}`, async ({ lab }) => {
      await lab.page.setViewportSize({ width, height: width < 720 ? 800 : 900 });
      await lab.open();
      await lab.bar.language.selectOption({ label: language });
      await expect(lab.verdict).toBeInViewport();
      for (const { name, enter, leave } of VIEWS) {
        await enter(lab);
        expect.soft(await overhang(lab), name).toEqual([]);
        await leave?.(lab);
      }
    });
  }
}

test('the first screen shows verdict, witnesses and lanes without scrolling', async ({ lab }) => {
  await lab.open();
  await expect(lab.verdict).toBeInViewport({ ratio: 1 });
  await expect(lab.witnesses).toBeInViewport({ ratio: 1 });
  await expect(lab.timeline.plot).toBeInViewport({ ratio: 0.5 });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  /** How far below the window's top an element begins, in CSS pixels. */
  const topOf = async (element: Locator): Promise<number> =>
    (await element.boundingBox())?.y ?? Number.NaN;

  test('another pane begins at its beginning, below the bars', async ({ lab }) => {
    await lab.open();
    await lab.goTo('setup');
    await lab.gallery.getByRole('listitem').last().scrollIntoViewIfNeeded();
    await lab.goTo('timeline');
    await expect(lab.timeline.nextViolation).toBeInViewport({ ratio: 1 });
    const bars = await lab.verdict.evaluate((bar) => bar.getBoundingClientRect().bottom);
    const title = lab.timeline.region.getByRole('heading').first();
    await expect.poll(() => topOf(title)).toBeGreaterThanOrEqual(bars);
  });

  test('what is explored from a card is told in sight', async ({ lab }) => {
    await lab.open();
    await lab.goTo('setup');
    await lab.gallery
      .getByRole('button', { name: /^Explore: / })
      .first()
      .click();
    await expect(lab.dock.tab('Story')).toBeInViewport({ ratio: 1 });
    await expect(lab.page.getByRole('heading', { name: 'Story' })).toBeInViewport({ ratio: 1 });
  });

  test('nothing that takes the keyboard is hidden by the bars', async ({ lab }) => {
    await lab.open();
    await lab.goTo('setup');
    await lab.gallery.getByRole('button').first().focus();
    for (const key of ['Tab', 'Shift+Tab']) {
      for (let step = 0; step < 30; step++) {
        await lab.page.keyboard.press(key);
        const hidden = await lab.page.evaluate(() => {
          const { activeElement: focused } = document;
          if (focused === null || focused === document.body) return undefined;
          const { x, y, width, height } = focused.getBoundingClientRect();
          const top = document.elementFromPoint(x + width / 2, y + height / 2);
          return top !== null && (focused.contains(top) || top.contains(focused))
            ? undefined
            : focused.outerHTML.slice(0, 120);
        });
        expect(hidden, `${key} ${step}`).toBeUndefined();
      }
    }
  });

  test('the tab that is chosen is in sight, and none moves when another is', async ({ lab }) => {
    await lab.open();
    await lab.goTo('verdict');
    const widths = (): Promise<readonly number[]> =>
      lab.dock.tabs.evaluateAll((tabs) => tabs.map((tab) => tab.getBoundingClientRect().width));
    const before = await widths();
    await lab.page.keyboard.press('Control+KeyK');
    await lab.page.getByRole('combobox', { name: 'Command palette' }).fill('Story');
    await lab.page.keyboard.press('Enter');
    await expect(lab.dock.tab('Story')).toHaveAttribute('aria-selected', 'true');
    await expect(lab.dock.tab('Story')).toBeInViewport({ ratio: 1 });
    expect(await widths()).toEqual(before);
  });
});

test('something that sticks out is seen', async ({ lab }) => {
  await lab.open();
  await lab.verdict.evaluate((verdict) => {
    verdict.style.width = '3000px';
    verdict.style.position = 'absolute';
    document.body.append(verdict);
  });
  expect(await overhang(lab)).not.toEqual([]);
});
