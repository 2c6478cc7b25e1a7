/** The engine's worker may die at any moment: the page says so, loses nothing, starts another. */
import type { Worker } from '@playwright/test';
import type { LabPage } from './pages/lab-page.ts';
import { expect, test } from './test.ts';

const REASON = 'the worker was shot';

const engineOf = ({ page }: LabPage): Worker => {
  const engine = page.workers().find((worker) => worker.url().includes('engine-worker'));
  if (engine === undefined) throw new Error('expected the worker of the engine');
  return engine;
};

/** An exception nobody catches, in a turn of its own. */
const shoot = (worker: Worker): Promise<void> =>
  worker.evaluate((reason) => {
    setTimeout(() => {
      throw new Error(reason);
    });
  }, REASON);

test('a worker that dies while it runs is told of, and Restart runs the same again', async ({
  lab,
}) => {
  await lab.open();
  const digest = await lab.digest();
  const scenario = await lab.bar.scenario.inputValue();
  await lab.bar.speed.selectOption('0.1×');
  await lab.bar.run.click();
  await lab.settled('running');
  await shoot(engineOf(lab));
  await lab.settled('failed');
  await expect(lab.verdict).toContainText('worker is gone');
  await expect(lab.verdict).toContainText(REASON);
  await expect(lab.bar.scenario).toHaveValue(scenario);
  await lab.bar.speed.selectOption('full speed');
  await lab.verdict.getByRole('button', { name: 'Restart' }).click();
  await lab.ranWith(digest);
});

test('a worker that dies while nothing runs costs nothing', async ({ lab }) => {
  await lab.open();
  const digest = await lab.digest();
  await shoot(engineOf(lab));
  await expect(lab.main).toHaveAttribute('data-phase', /failed|done/);
  await lab.bar.scenario.selectOption('reference');
  await lab.settled();
  await lab.bar.scenario.selectOption('escaping-lock');
  await lab.ranWith(digest);
});

test('a worker that goes without a word is missed all the same', async ({ lab }) => {
  await lab.open();
  const digest = await lab.digest();
  await lab.bar.speed.selectOption('0.1×');
  await lab.bar.run.click();
  await lab.settled('running');
  await engineOf(lab).evaluate(() => self.close());
  await lab.settled('failed');
  await lab.bar.speed.selectOption('full speed');
  await lab.verdict.getByRole('button', { name: 'Restart' }).click();
  await lab.ranWith(digest);
});
