/** A lock that fills memory is cut off where it stands, in the words of the command line. */
import { readFileSync } from 'node:fs';
import type { LabPage } from './pages/lab-page.ts';
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

/** One of each kind; all of them are tried in Node. */
const KINDS = [
  'objects, pushed in a loop',
  'a list doubled by spread',
  'one list many times, made flat',
  'a huge typed array',
  'buffers kept by the global object',
  'a text doubled by +',
  'one text many times, joined',
  'lists of lists, told as JSON',
  'an iterator without an end, by spread',
  'a recursion that branches',
  'a whole number squared',
  'promises',
  'a flood that is caught',
];

async function benchOf(lab: LabPage): Promise<LockBench> {
  await lab.open();
  const bench = new LockBench(lab.page);
  await bench.open();
  await bench.pick('Your own');
  return bench;
}

test('a flood is told with its line as on the command line, and the next search works', async ({
  lab,
  browserName,
}) => {
  const bench = await benchOf(lab);
  // The driver of Firefox begins what it inserts with a line of its own.
  const line = browserName === 'firefox' ? 4 : 3;
  for (const kind of KINDS) {
    const flood = FLOODS.find(({ what }) => what === kind);
    await bench.type(lockThat(flood?.body ?? 'no such flood'));
    await bench.explore.click();
    await expect
      .soft(bench.problem, kind)
      .toContainText(`made in one execution, got ${flood?.gotMb} MB in line ${line}: look for`);
  }
  await bench.pick('Check, then act');
  await bench.explore.click();
  await expect(bench.outcome).toContainText('Violated. lock.exclusion');
});

test('what the code keeps over executions does not pile up', async ({ lab }) => {
  const bench = await benchOf(lab);
  // Some 64 MB are kept until all is put back, and each execution makes one: more is a leak.
  const body = `const kept = (globalThis.kept ??= []); kept.push(new Uint8Array(1e6));
    if (kept.length > 140) for (;;) ;
    all.push(kept.length);`;
  await bench.type(`const all = [];\n${lockThat(body)}`);
  await bench.dialog.getByLabel('Schedules').press('ControlOrMeta+a');
  await bench.dialog.getByLabel('Schedules').pressSequentially('1000');
  await bench.explore.click();
  await expect(bench.outcome).toContainText(/Violated\.|Not refuted/);
  await expect(bench.outcome).not.toContainText('cannot be explored');
});
