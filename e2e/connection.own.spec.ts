/** Each state of the connection: what it says, what axe finds, what a person may decide. */
import { faults } from './axe.ts';
import { type FakeBridge, fakeBridge } from './fake-bridge.ts';
import { expect, test as base } from './test.ts';

const ENDPOINT = 'tcp://127.0.0.1:5555';
const UUID = 'b7e9c6d2-0000-4000-8000-000000000001';

const WELCOME = {
  ...{ endpoint: ENDPOINT, gateway: 'own', mode: 'orders-allowed', credits: 128 },
  ...{ symbols: [], unknown: [{ uuid: UUID, op: 'OPEN', symbol: 'BTCUSD.s' }] },
  token: 'a-token-of-a-test-that-is-long-enough-to-be-one',
};

const test = base.extend<{ bridge: FakeBridge; baseURL: string }>({
  bridge: async ({}, use) => {
    let tries = 0;
    const bridge = await fakeBridge(WELCOME, (op) => {
      if (op === 'RESOLVE') {
        tries += 1;
        const message = 'expected the gateway to be asked first';
        return tries === 1
          ? { outcome: 'refused', code: 'not-asked', message }
          : { outcome: 'done' };
      }
      // The gateway answers, and knows nothing of the order.
      const reply = { status: op === 'PING' ? 'ok' : 'OK', deals: [] };
      if (['PING', 'SYNC_ALL', 'GET_ACCOUNT'].includes(op)) {
        return { outcome: 'answered', reply, resolved: [] };
      }
      return { outcome: 'done' };
    });
    await use(bridge);
    await bridge.stop();
  },
  baseURL: async ({ bridge }, use) => use(bridge.url),
});

for (const theme of ['light', 'dark'] as const) {
  test(`every state of the connection, ${theme}`, async ({ lab, bridge, watch }) => {
    watch.allow(/WebSocket connection to/);
    await lab.open();
    await lab.bar.theme.selectOption(theme);
    await lab.live.connect.click();
    await expect(lab.live.code).toBeVisible();
    expect.soft(await faults(lab, 'dialog'), 'pairing').toEqual([]);
    await lab.live.pair('');
    await expect(lab.live.connectDialog.getByRole('alert')).toContainText('Type the code');
    await lab.live.pair('AAAA-AAAA');
    await expect(lab.live.connectDialog).toContainText('orders allowed');
    expect.soft(await faults(lab, 'dialog'), 'connected, an order unknown').toEqual([]);
    await lab.live.connectDialog.getByRole('button', { name: 'Arm orders' }).click();
    await expect(lab.live.endpointField).toBeFocused();
    expect.soft(await faults(lab, 'dialog'), 'arming').toEqual([]);
    await lab.live.arm();
    await expect(lab.live.bar).toContainText('Orders armed');
    expect.soft(await faults(lab), 'armed').toEqual([]);
    await lab.page.emulateMedia({ forcedColors: 'active' });
    await expect(lab.live.bar).toBeVisible();
    await lab.page.emulateMedia({ forcedColors: 'none' });
    expect(bridge.asked.find(({ op }) => op === 'ARM')?.body).toMatchObject({ endpoint: ENDPOINT });
    await lab.live.disarm.click();
    await expect(lab.live.bar).not.toContainText('Orders armed');
    await bridge.stop();
    await expect(lab.live.bar).toContainText('lost');
    expect.soft(await faults(lab), 'lost').toEqual([]);
    await lab.live.chip.click();
    await expect(lab.live.connectDialog).toContainText('Looking for it again');
    expect.soft(await faults(lab, 'dialog'), 'lost, the dialog').toEqual([]);
    await lab.live.connectDialog.getByRole('button', { name: 'Disconnect' }).click();
    await expect(lab.live.bar).toHaveCount(0);
    expect.soft(await faults(lab, 'dialog'), 'no bridge').toEqual([]);
  });
}

test('an order of unknown outcome is told everywhere, and settled by two steps', async ({
  lab,
  bridge,
  watch,
}) => {
  watch.allow(/WebSocket connection to/);
  await lab.open();
  await lab.live.connect.click();
  await lab.live.pair('AAAA-AAAA');
  await expect(lab.live.connectDialog).toContainText('orders allowed');
  await lab.page.keyboard.press('Escape');
  const notice = lab.page.getByRole('region', { name: 'Orders of unknown outcome' });
  await expect(notice).toContainText(
    'Reply lost: outcome unknown. Querying the gateway; not resending.',
  );
  await notice.getByRole('button', { name: 'Show' }).click();
  const decide = lab.live.connectDialog.getByRole('button', { name: /^It was not executed/ });
  await decide.click();
  await expect(lab.live.connectDialog).toContainText('This cannot be taken back');
  await lab.live.connectDialog.getByRole('button', { name: 'Keep asking' }).click();
  const settled = (): unknown =>
    bridge.asked.filter(({ op }) => op === 'RESOLVE').map(({ body }) => body);
  expect(settled()).toEqual([]);
  await decide.click();
  await lab.live.connectDialog.getByRole('button', { name: 'Settle it' }).click();
  await expect(lab.live.connectDialog).toContainText('expected the gateway to be asked first');
  expect(settled()).toEqual([{ uuid: UUID, as: 'not-executed' }]);
  // No order is ever sent again by the page.
  expect(bridge.asked.filter(({ op }) => op === 'OPEN' || op === 'CLOSE')).toEqual([]);
});
