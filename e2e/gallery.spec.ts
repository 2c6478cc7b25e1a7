/** Every scenario of the gallery comes out on the page as it does on the command line. */
import {
  fragmentOf,
  galleryOfCommandLine,
  runOnCommandLine,
  violatedChecks,
} from './command-line.ts';
import { expect, test } from './test.ts';

const WORDS = { passed: 'Passed', violated: 'Violated', inconclusive: 'Inconclusive' } as const;
const LONG_MS = 60_000;
/** Scenarios that share a tab: loading the page costs more than most runs. */
const TOGETHER = 8;

const gallery = galleryOfCommandLine();
const short = gallery.filter(({ long }) => !long);
const groups = Array.from({ length: Math.ceil(short.length / TOGETHER) }, (_, at) =>
  short.slice(at * TOGETHER, (at + 1) * TOGETHER),
);

for (const group of [...groups, ...gallery.filter(({ long }) => long).map((card) => [card])]) {
  const title = group.map(({ name }) => name).join(', ');
  test(`as on the command line: ${title}`, async ({ lab }) => {
    test.slow(group.some(({ long }) => long));
    for (const { name, long } of group) {
      await test.step(name, async () => {
        const run = await runOnCommandLine(name);
        await lab.page.goto(`./${fragmentOf(run)}`);
        await expect(lab.bar.scenario).toHaveValue(name);
        await lab.ranWith(run.digest, long ? LONG_MS : undefined);
        await expect(lab.verdict).toContainText(WORDS[run.verdict]);
        await expect(lab.verdict).toContainText('matches the link');
        expect(await lab.dock.violated()).toEqual(violatedChecks(run));
      });
    }
  });
}

test('there is a card for every scenario, or for the defect that it repairs', async ({ lab }) => {
  await lab.open();
  const cards = gallery.filter(({ name }) => !name.endsWith('-repaired'));
  await expect(lab.gallery.getByRole('listitem')).toHaveCount(cards.length);
  for (const { title } of cards) {
    await expect(lab.gallery.getByText(title, { exact: true })).toBeAttached();
  }
});

test('a card runs its scenario, and its twin beside it the repair', async ({ lab }) => {
  const [defect, repaired] = await Promise.all([
    runOnCommandLine('snapshot-gap'),
    runOnCommandLine('snapshot-gap-repaired'),
  ]);
  const title = gallery.find(({ name }) => name === 'snapshot-gap')?.title ?? '';
  await lab.open();
  await lab.pick(title);
  await lab.ranWith(defect.digest);
  await lab.pickRepaired(title);
  await lab.ranWith(repaired.digest);
  await expect(lab.verdict).toContainText('Passed');
});
