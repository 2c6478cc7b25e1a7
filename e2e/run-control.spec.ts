/** Run, Pause, Step, speed, Stop and seeking decide when an event is seen, never which ones. */
import type { LabPage } from './pages/lab-page.ts';
import { expect, test } from './test.ts';

/** What the verdict says while a run rests; NaN while it says something else. */
const eventsSoFar = async (lab: LabPage): Promise<number> => {
  const [, digits] = /after ([\d,]+) event/.exec(await lab.verdict.innerText()) ?? [];
  return Number(digits?.replace(/\D/g, '') ?? NaN);
};

test('a run that is slowed down, paused and stepped has the same digest', async ({ lab }) => {
  await lab.open();
  const digest = await lab.digest();
  await lab.bar.speed.selectOption('0.1×');
  await lab.bar.run.click();
  await lab.settled('running');
  await lab.bar.pause.click();
  await lab.settled('resting');
  await expect.poll(() => eventsSoFar(lab)).toBeGreaterThan(0);
  const before = await eventsSoFar(lab);
  await lab.bar.step.click();
  await expect.poll(() => eventsSoFar(lab)).toBeGreaterThan(before);
  await lab.settled('resting');
  await lab.bar.speed.selectOption('full speed');
  await lab.bar.resume.click();
  await lab.ranWith(digest);
});

test('Stop judges what there is, and says how much that is', async ({ lab }) => {
  await lab.open();
  await lab.bar.speed.selectOption('0.1×');
  await lab.bar.run.click();
  await lab.settled('running');
  await lab.bar.stop.click();
  await lab.settled();
  await expect(lab.verdict).toContainText(/Only the first \d+ % was judged|Inconclusive|Violated/);
  await expect(lab.bar.run).toBeEnabled();
});

test('Step begins a run that is over at its first event', async ({ lab }) => {
  await lab.open();
  await lab.bar.step.click();
  await lab.settled('resting');
  await expect.poll(() => eventsSoFar(lab)).toBeGreaterThanOrEqual(1);
  expect(await eventsSoFar(lab), 'events of one atomic step').toBeLessThan(10);
});

test('Run to here rests at the event that is looked at', async ({ lab }) => {
  await lab.open();
  await lab.inspector.getByRole('button', { name: 'Run to here' }).click();
  await lab.settled('resting');
  const place = /No\. ([\d,]+)/.exec(await lab.inspector.innerText())?.[1]?.replace(/\D/g, '');
  await expect.poll(() => eventsSoFar(lab)).toBeGreaterThan(Number(place));
  expect(await eventsSoFar(lab), 'events up to the end of that step').toBeLessThan(
    Number(place) + 10,
  );
  await lab.bar.resume.click();
  await lab.settled();
});

test('a long run can be stopped while it is under way', async ({ lab }) => {
  await lab.open();
  await lab.bar.scenario.selectOption('day-at-100ms');
  await lab.settled('running');
  await lab.bar.stop.click();
  await lab.settled();
  await expect(lab.verdict).toContainText(/first \d+ %/);
});
