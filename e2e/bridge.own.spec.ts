/**
 * The whole chain: browser, workers, WebSocket, bridge, a ZeroMQ socket, the reference gateway.
 *
 * Each test has a bridge of its own, which serves the page too. How fast this machine is decides
 * nothing: what locks, sockets and money came to does.
 */
import type { LabPage } from './pages/lab-page.ts';
import { type OwnBridge, startBridge } from './own-bridge.ts';
import { expect, test as base } from './test.ts';

/** A run of some seconds, with its workers and sockets. */
const RUN_MS = 45_000;

const test = base.extend<{ options: readonly string[]; bridge: OwnBridge; baseURL: string }>({
  options: [['--allow-trade'], { option: true }],
  bridge: async ({ options }, use) => {
    const bridge = await startBridge(options);
    await use(bridge);
    await bridge.stop();
  },
  baseURL: async ({ bridge }, use) => use(bridge.url),
});

test.beforeEach(({ watch }) => {
  // A browser tells of every WebSocket that does not open, whatever the page makes of it.
  watch.allow(/WebSocket connection to/);
});

/** Opens the scenario and pairs with the code that the bridge printed. */
async function paired(lab: LabPage, bridge: OwnBridge, scenario: string): Promise<void> {
  await lab.open();
  await lab.bar.scenario.selectOption(scenario);
  await lab.live.connect.click();
  await lab.live.pair(await bridge.code());
  await expect(lab.live.connectDialog).toContainText('Connected');
  await lab.page.keyboard.press('Escape');
}

/** What the dock's list says of a check. */
async function groupOf(lab: LabPage, id: string): Promise<string> {
  await lab.dock.show('Checks');
  const text = lab.page.getByText(id, { exact: true });
  const heading = lab.dock.panel.locator('section', { has: text }).getByRole('heading');
  return (await heading.innerText()).replace(/\s*\d+$/, '');
}

test('a run over the real socket: paired, armed, judged, equal to the gateway’s books', async ({
  lab,
  bridge,
}) => {
  await paired(lab, bridge, 'reference');
  await expect(lab.live.chip).toContainText(/tcp:\/\/127\.0\.0\.1:\d+/);
  await expect(lab.live.chip).toContainText(/[\d.]+ ms/);
  await expect(lab.live.chip).toContainText('orders allowed');
  await lab.live.start({ end: 'bridge' });
  await expect(lab.live.armDialog).toContainText('BTCUSD.s, ETHUSD.s, XAUUSD.s');
  await lab.live.endpointField.fill('tcp://127.0.0.1:1');
  await lab.live.endpointField.press('Enter');
  await expect(lab.live.armDialog.getByRole('alert')).toContainText('That is not the endpoint');
  await lab.live.arm();
  await expect(lab.live.bar).toContainText('Orders armed');
  await expect(lab.live.strip).toContainText(/[1-9]\d* signals?/, { timeout: RUN_MS });
  await lab.settled('done', RUN_MS);
  await expect(lab.live.strip).toContainText('gateway at the bridge');
  for (const id of ['lock.exclusion', 'socket.alternation', 'order.at-most-once', 'pnl.ledger']) {
    expect(await groupOf(lab, id), id).toBe('Passed');
  }
  await lab.dock.show('Acceptance');
  for (const row of ['A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7']) {
    await expect(lab.dock.panel.getByText(row, { exact: false }).first()).toBeVisible();
  }
  await lab.dock.show('Reconciliation');
  await expect(lab.dock.panel).toContainText('equal, to the last digit');
  await lab.live.disarm.click();
  await expect(lab.live.bar).not.toContainText('Orders armed');
  await expect(lab.live.chip).toContainText('orders allowed');
});

test('without a lock at the bridge the real socket itself objects', async ({ lab, bridge }) => {
  await paired(lab, bridge, 'no-lock');
  await lab.live.start({ end: 'bridge', lockAt: 'bridge' });
  await lab.live.arm();
  await lab.settled('running', RUN_MS);
  await lab.settled('done', RUN_MS);
  await expect(lab.live.strip).toContainText('lock at the bridge');
  await expect(lab.verdict).toContainText('Violated');
  expect(await groupOf(lab, 'socket.alternation')).toBe('Violated');
  await expect(lab.dock.panel).toContainText(/EFSM|EBUSY/);
});

test('the scenario’s lock at the bridge excludes before the real socket', async ({
  lab,
  bridge,
}) => {
  await paired(lab, bridge, 'reference');
  await lab.live.start({ end: 'bridge', lockAt: 'bridge' });
  await lab.live.arm();
  await lab.settled('running', RUN_MS);
  await lab.settled('done', RUN_MS);
  expect(await groupOf(lab, 'socket.alternation')).toBe('Passed');
  await lab.dock.show('Reconciliation');
  await expect(lab.dock.panel).toContainText('equal, to the last digit');
});

test('a wrong code is told, the right one works, and nothing of the token is left behind', async ({
  lab,
  bridge,
}) => {
  await lab.open();
  await lab.live.connect.click();
  await expect(lab.live.code).toBeFocused();
  await lab.live.pair('AAAA-AAAA');
  await expect(lab.live.connectDialog.getByRole('alert')).toContainText('not the code');
  await expect(lab.live.code).toBeFocused();
  await lab.live.pair(await bridge.code());
  await expect(lab.live.connectDialog).toContainText('Connected');
  const token = await lab.page.evaluate(() => Object.values({ ...sessionStorage }).join(' '));
  expect(token.length).toBeGreaterThan(20);
  expect(await lab.live.kept()).not.toContain(token);
  // A page that is loaded again, by whatever link, connects with nothing by itself.
  await lab.page.reload();
  await lab.settled();
  await expect(lab.live.bar).toHaveCount(0);
  await lab.live.connect.click();
  await expect(lab.live.connectDialog).toContainText('Connected');
});

test.describe('a bridge that reads only', () => {
  test.use({ options: [] });

  test('says how orders are allowed, and lets none through', async ({ lab, bridge }) => {
    await paired(lab, bridge, 'reference');
    await expect(lab.live.chip).toContainText('read-only');
    await lab.live.chip.click();
    await expect(lab.live.connectDialog.locator('code')).toContainText('--allow-trade');
    await lab.live.connectDialog.getByRole('button', { name: 'Run in real time' }).click();
    await expect(lab.live.runDialog).toContainText('it refuses orders');
    await lab.live.start({ end: 'bridge' });
    await lab.settled('running', RUN_MS);
    await lab.settled('done', RUN_MS);
    await lab.dock.show('Reconciliation');
    await expect(lab.dock.panel).toContainText('No fills');
  });
});

test('a connection that is cut is looked for, found again, and the hole is seen', async ({
  lab,
  bridge,
  watch,
}) => {
  watch.allow(/ERR_CONNECTION_REFUSED/);
  await paired(lab, bridge, 'day-at-100ms');
  await lab.live.start({ end: 'bridge' });
  await lab.live.arm();
  await expect(lab.live.strip).toContainText(/[1-9]\d* signals?/, { timeout: RUN_MS });
  await bridge.kill();
  await expect(lab.live.bar).toContainText('lost, reconnecting');
  await expect(lab.live.bar).not.toContainText('Orders armed');
  await expect(lab.verdict).toContainText('The connection is lost');
  await lab.live.chip.click();
  await expect(lab.live.connectDialog).toContainText('Connection lost');
  await lab.page.keyboard.press('Escape');
  const next = await startBridge(['--allow-trade'], bridge.port);
  try {
    // Another bridge has another token: it is found, and wants its own code.
    await expect(lab.live.connect).toBeVisible();
    await lab.live.connect.click();
    await expect(lab.live.connectDialog).toContainText('started anew', { timeout: RUN_MS });
    await lab.live.pair(await next.code());
    await expect(lab.live.connectDialog).toContainText('Connected');
    await lab.page.keyboard.press('Escape');
    await lab.bar.stop.click();
    await lab.settled('done', 10_000);
    await expect(lab.verdict).toContainText('Unknown is what happened during');
    await expect(lab.live.strip).toContainText('connection lost');
    await lab.live.strip
      .getByRole('button', { name: /^Show on the timeline/ })
      .first()
      .click();
    await expect(lab.inspector).toContainText('Nobody knows what happened here');
    await lab.dock.show('Events');
    await expect(lab.dock.panel).toContainText('Events are missing in');
    await expect(lab.live.restart).toBeVisible();
  } finally {
    await next.stop();
  }
});

test('no bridge any more: the page says how to start one', async ({ lab, bridge, watch }) => {
  watch.allow(/ERR_CONNECTION_REFUSED/);
  const sockets: string[] = [];
  lab.page.on('websocket', (socket) => sockets.push(socket.url()));
  await lab.open();
  await lab.live.open.click();
  await expect(lab.live.runDialog.getByRole('radio').nth(1)).toBeDisabled();
  await lab.page.keyboard.press('Escape');
  expect(sockets).toEqual([]);
  // What the dialog needs is there before the server goes.
  await lab.live.connect.click();
  await expect(lab.live.code).toBeVisible();
  await lab.page.keyboard.press('Escape');
  await bridge.kill();
  await lab.live.connect.click();
  await expect(lab.live.connectDialog).toContainText('No bridge answers');
  await expect(lab.live.connectDialog.locator('code')).toHaveText('npm run bridge');
});
