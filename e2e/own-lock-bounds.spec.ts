/** A lock that fills memory is cut off where it stands, in the words of the command line. */
import { readFileSync } from 'node:fs';
import { LockBench } from './pages/lock-bench.ts';
import { expect, test } from './test.ts';

interface Flood {
  readonly what: string;
  readonly body: string;
  readonly gotMb: string;
}

const FLOODS = JSON.parse(
  readFileSync(new URL('../fixtures/subjects/floods.json', import.meta.url), 'utf8'),
) as Flood[];

const lockThat = (body: string): string =>
  `export const createLock = () => ({\n  async acquire() {\n    ${body}\n  },\n  release() {},\n});`;

test('every flood is told with its line, and the next search works', async ({ lab }) => {
  test.slow();
  await lab.open();
  const bench = new LockBench(lab.page);
  await bench.open();
  await bench.pick('Your own');
  for (const { what, body, gotMb } of FLOODS) {
    await bench.type(lockThat(body));
    await bench.explore.click();
    await expect
      .soft(bench.problem, what)
      .toContainText(`made in one execution, got ${gotMb} MB in line 3: look for`);
  }
  await bench.pick('Check, then act');
  await bench.explore.click();
  await expect(bench.outcome).toContainText('Violated. lock.exclusion');
});
