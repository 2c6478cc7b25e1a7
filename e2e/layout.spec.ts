/** No width makes the page scroll sideways or hides what it is about. */
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

test('something that sticks out is seen', async ({ lab }) => {
  await lab.open();
  await lab.verdict.evaluate((verdict) => {
    verdict.style.width = '3000px';
    verdict.style.position = 'absolute';
    document.body.append(verdict);
  });
  expect(await overhang(lab)).not.toEqual([]);
});
