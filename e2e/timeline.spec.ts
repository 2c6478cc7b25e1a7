/** The timeline by keyboard, the event table beside it, and both at the same place. */
import { expect, test } from './test.ts';

test.beforeEach(async ({ lab }) => {
  await lab.open();
  await lab.dock.show('Events');
  await expect(lab.dock.selectedEvent).toBeVisible();
});

test('comma and full stop step from event to event', async ({ lab }) => {
  const start = await lab.dock.selectedPlace();
  await lab.timeline.plot.focus();
  await lab.page.keyboard.press('Period');
  await expect.poll(() => lab.dock.selectedPlace()).toBeGreaterThan(start);
  await lab.page.keyboard.press('Comma');
  await expect.poll(() => lab.dock.selectedPlace()).toBe(start);
});

test('N and Shift N go from violation to violation', async ({ lab }) => {
  const first = await lab.dock.selectedPlace();
  await lab.timeline.plot.focus();
  await lab.page.keyboard.press('n');
  await expect.poll(() => lab.dock.selectedPlace()).toBeGreaterThan(first);
  await expect(lab.inspector).toContainText(/Inside · [23]/);
  await lab.page.keyboard.press('Shift+N');
  await expect.poll(() => lab.dock.selectedPlace()).toBe(first);
});

test('zooming changes the picture, and Fit shows the whole run again', async ({ lab }) => {
  await lab.timeline.plot.focus();
  const opening = await lab.timeline.rest();
  await lab.page.keyboard.press('f');
  const whole = await lab.timeline.rest(opening);
  await lab.page.keyboard.press('w');
  const near = await lab.timeline.rest(whole);
  await lab.page.keyboard.press('d');
  await lab.timeline.rest(near);
  await lab.page.keyboard.press('f');
  await expect.poll(() => lab.timeline.picture()).toBe(whole);
  await lab.timeline.zoomIn.click();
  await lab.timeline.rest(whole);
  await lab.timeline.fit.click();
  await expect.poll(() => lab.timeline.picture()).toBe(whole);
});

test('a choice in the event table moves the playhead, by keys too', async ({ lab }) => {
  await lab.dock.events.focus();
  await lab.page.keyboard.press('Home');
  await expect.poll(() => lab.dock.selectedPlace()).toBe(0);
  await expect(lab.inspector).toContainText('No. 0,');
  await lab.page.keyboard.press('ArrowDown');
  await expect.poll(() => lab.dock.selectedPlace()).toBe(1);
  await lab.page.keyboard.press('End');
  const rows = Number(await lab.dock.events.getAttribute('aria-rowcount'));
  await expect.poll(() => lab.dock.selectedPlace()).toBe(rows - 2);
  await expect(lab.dock.selectedEvent).toBeInViewport();
});

test('a finding leads to its place', async ({ lab }) => {
  await lab.dock.events.focus();
  await lab.page.keyboard.press('Home');
  await lab.dock.show('Checks');
  await lab.dock.panel
    .getByRole('button', { name: /^Show on the timeline/ })
    .first()
    .click();
  await expect(lab.inspector).toContainText(/Inside · [23]/);
});
