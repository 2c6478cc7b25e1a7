/** The reconciliation shows and copies every digit, the same as the command line. */
import { fragmentOf, runOnCommandLine } from './command-line.ts';
import { expect, test } from './test.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

for (const name of ['snapshot-gap', 'float-drift', 'reference']) {
  test(`${name}: the table that is copied holds exact decimals`, async ({ lab }) => {
    const run = await runOnCommandLine(name);
    await lab.open(fragmentOf(run));
    await lab.ranWith(run.digest);
    await lab.dock.show('Reconciliation');
    await lab.dock.copyCsv.click();
    await expect(lab.dock.panel.getByRole('status')).toHaveText('Copied');
    const csv = await lab.page.evaluate(() => navigator.clipboard.readText());
    const rows = csv
      .trimEnd()
      .split('\r\n')
      .map((row) => row.split(','));
    const { perSymbol, ledgerTotal, aggregatorTotal, difference } = run.pnl;
    for (const [symbol, ledger] of Object.entries(perSymbol)) {
      expect(rows.find(([first]) => first === symbol)?.[1]).toBe(ledger);
    }
    expect(rows.at(-1)?.slice(0, 4)).toEqual(['total', ledgerTotal, aggregatorTotal, difference]);
  });
}

test('a gap is named with the fills that are missing', async ({ lab }) => {
  const run = await runOnCommandLine('snapshot-gap');
  await lab.open(fragmentOf(run));
  await lab.dock.show('Reconciliation');
  await expect(lab.dock.panel).toContainText(/apart\. They part for good at .+ ms\./);
  await expect(lab.dock.panel).toContainText('The missing fills add up to the difference.');
  await lab.dock.panel
    .getByRole('button', { name: /^Show on the timeline/ })
    .last()
    .click();
  await expect(lab.inspector).toContainText(/No\. \d/);
});
