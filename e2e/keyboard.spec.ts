/** Everything can be reached and done without a pointer, and one sees where one is. */
import type { LabPage } from './pages/lab-page.ts';
import { expect, test } from './test.ts';

const STEPS_MAX = 400;

/** Marks every control that a keyboard should reach, and gives back their descriptions. */
const controls = (lab: LabPage): Promise<readonly string[]> =>
  lab.page.evaluate(() => {
    const selector =
      'a[href], button, select, textarea, summary, input:not([type=hidden]), [tabindex]';
    const wanted = [...document.querySelectorAll<HTMLElement>(selector)].filter(
      (element) =>
        element.tabIndex >= 0 &&
        !element.matches(':disabled') &&
        element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) &&
        element.getClientRects().length > 0,
    );
    return wanted.map((element, at) => {
      element.dataset['walk'] = String(at);
      const name = element.ariaLabel ?? element.textContent;
      return `${at} ${element.tagName} ${name.trim().slice(0, 40)}`;
    });
  });

interface Stop {
  /** Number of the control that has the focus; undefined outside of the page. */
  readonly at: number | undefined;
  /** Whether a ring or an outline can be seen on it. */
  readonly isMarked: boolean;
}

const stop = (lab: LabPage): Promise<Stop> =>
  lab.page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null;
    const at = element?.dataset['walk'];
    if (element === null || at === undefined) return { at: undefined, isMarked: false };
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return {
      at: Number(at),
      isMarked: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1,
    };
  });

for (const width of [1440, 1024, 390]) {
  test(`Tab reaches every control at ${width}, and shows where it is`, async ({ lab }) => {
    await lab.page.setViewportSize({ width, height: 900 });
    await lab.open();
    const wanted = await controls(lab);
    expect(wanted.length).toBeGreaterThan(20);
    const reached = new Set<number>();
    const unmarked: string[] = [];
    for (let at = 0; at < STEPS_MAX && reached.size < wanted.length; at += 1) {
      await lab.page.keyboard.press('Tab');
      const here = await stop(lab);
      if (here.at === undefined) continue;
      reached.add(here.at);
      if (!here.isMarked) unmarked.push(wanted[here.at] ?? '');
    }
    expect(
      wanted.filter((_, at) => !reached.has(at)),
      'controls that Tab does not reach',
    ).toEqual([]);
    expect([...new Set(unmarked)], 'controls without a visible focus').toEqual([]);
  });
}

test('the first Tab offers to skip to the verdict', async ({ lab }) => {
  await lab.open();
  await lab.page.keyboard.press('Tab');
  await lab.page.keyboard.press('Enter');
  await expect(lab.verdict).toBeFocused();
});

test('arrows go from tab to tab, and the panel follows', async ({ lab }) => {
  await lab.open();
  await lab.dock.tab('Checks').focus();
  await lab.page.keyboard.press('ArrowRight');
  await expect(lab.dock.tab('Acceptance')).toBeFocused();
  await expect(lab.dock.panel.getByRole('table')).toBeVisible();
  await lab.page.keyboard.press('ArrowLeft');
  await expect(lab.dock.tab('Checks')).toHaveAttribute('aria-selected', 'true');
});

test('the palette runs a scenario without a pointer', async ({ lab }) => {
  await lab.open();
  await lab.page.keyboard.press('Control+KeyK');
  await expect(lab.page.getByRole('dialog')).toBeVisible();
  await lab.page.keyboard.type('crossed-locks');
  await lab.page.keyboard.press('Enter');
  await expect(lab.page.getByRole('dialog')).toHaveCount(0);
  await expect(lab.bar.scenario).toHaveValue('crossed-locks');
  await lab.settled();
  await expect(lab.dock.panel).toContainText('lock.deadlock');
});

test('Ctrl Enter runs what is open', async ({ lab }) => {
  await lab.open();
  const digest = await lab.digest();
  await lab.bar.speed.selectOption('0.1×');
  await lab.page.keyboard.press('Control+Enter');
  await lab.settled('running');
  await lab.bar.speed.selectOption('full speed');
  await lab.ranWith(digest);
});
