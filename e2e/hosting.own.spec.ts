/** The built page from a folder of any static host, with the headers that a good one sends. */
import { runOnCommandLine, fragmentOf } from './command-line.ts';
import { serve, type OwnServer } from './own-server.ts';
import { expect, test as base } from './test.ts';

const test = base.extend<{ host: OwnServer; baseURL: string }>({
  host: async ({}, use) => {
    const host = await serve(undefined, '/deep/down/');
    await use(host);
    await host.stop();
  },
  baseURL: async ({ host }, use) => use(host.url),
});

test('a folder of a host is as good as its top', async ({ lab }) => {
  const run = await runOnCommandLine('lost-update');
  await lab.open(fragmentOf(run));
  await lab.ranWith(run.digest);
  await lab.logs.openReal('exclusive');
  await expect(lab.verdict).toContainText('Passed on this log');
});

test('links made there lead there', async ({ lab, host }) => {
  await lab.open();
  await lab.bar.share.click();
  expect(await lab.shareDialog.link()).toContain(`${host.url}#s1=`);
});

test('the manifest and its icons are where it says', async ({ lab }) => {
  await lab.open();
  const href = await lab.page.locator('link[rel=manifest]').getAttribute('href');
  const url = new URL(href ?? '', lab.page.url());
  const answer = await lab.page.request.get(url.href);
  expect(answer.headers()['content-type']).toContain('manifest+json');
  const manifest = (await answer.json()) as { icons: readonly { src: string }[]; scope: string };
  expect(new URL(manifest.scope, url).href).toBe(lab.page.url().replace(/[?#].*/, ''));
  for (const { src } of manifest.icons) {
    const icon = await lab.page.request.get(new URL(src, url).href);
    expect(icon.ok(), src).toBe(true);
  }
});
