/**
 * A page from a host on the web: no bridge can be reached from there, and the page says what helps.
 *
 * The host is a name that leads to this machine, in a browser of this file's own.
 */
import { chromiumLaunch } from './chromium.ts';
import { staticPage, type StaticPage } from './static-page.ts';
import { expect, test as base } from './test.ts';

const HOST = 'playground.example';
const launch = chromiumLaunch();

const test = base.extend<{ host: StaticPage; baseURL: string }>({
  host: async ({}, use) => {
    const host = await staticPage();
    await use(host);
    await host.stop();
  },
  baseURL: async ({ host }, use) => use(host.url.replace('127.0.0.1', HOST)),
});

test.use({
  launchOptions: {
    ...launch,
    args: [...(launch.args ?? []), `--host-resolver-rules=MAP ${HOST} 127.0.0.1`],
  },
});

const SAID = {
  English: 'The browser blocked this site from reaching 127.0.0.1. Run `npm run bridge`',
  简体中文: '浏览器阻止本站访问 127.0.0.1。请运行 `npm run bridge`',
};

for (const [language, said] of Object.entries(SAID)) {
  test(`a hosted page says in ${language} why it reaches no bridge`, async ({ lab, watch }) => {
    watch.allow(/WebSocket connection to/);
    await lab.open();
    await lab.bar.language.selectOption({ label: language });
    await lab.live.connect.click();
    await expect(lab.page.getByRole('dialog')).toContainText(said);
    await expect(lab.page.getByRole('dialog').locator('code')).toHaveText('npm run bridge');
  });
}
