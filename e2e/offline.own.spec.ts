/** Kept for when there is no network, and never old where the new can be had. */
import { expect, type Page } from '@playwright/test';
import { test as base } from './test.ts';
import { copyOfPage, nextVersion, serve, type OwnServer } from './own-server.ts';

interface Host {
  readonly directory: string;
  server: OwnServer;
}

const test = base.extend<{ host: Host; baseURL: string }>({
  serviceWorkers: 'allow',
  host: async ({}, use) => {
    const { directory, remove } = copyOfPage();
    const host = { directory, server: await serve(directory, '/some/folder/') };
    await use(host);
    await host.server.stop();
    remove();
  },
  baseURL: async ({ host }, use) => use(host.server.url),
});

/** Waits until the newest service worker has kept everything and is in charge. */
const kept = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    for (;;) {
      const next = registration.installing ?? registration.waiting;
      if (next === null) return;
      await new Promise((resolve) => {
        next.addEventListener('statechange', resolve, { once: true });
      });
    }
  });

const version = (page: Page): Promise<string | null> =>
  page.locator('html').getAttribute('data-version');

test('a page that was visited works without a network, in a folder too', async ({
  lab,
  host,
  watch,
}) => {
  await lab.open();
  const digest = await lab.digest();
  await kept(lab.page);
  await host.server.stop();
  await lab.page.reload();
  await lab.ranWith(digest);
  await lab.bar.scenario.selectOption('lost-update');
  await expect(lab.verdict).toContainText('Violated');
  for (const tab of ['Acceptance', 'Reconciliation', 'Lock', 'Events'] as const) {
    await lab.dock.show(tab);
    await expect(lab.dock.panel.getByRole('alert')).toHaveCount(0);
    await expect(lab.dock.panel.locator('table, [role=grid]').first()).toBeVisible();
  }
  await lab.bar.language.selectOption({ label: '简体中文' });
  await expect(lab.page.locator('html')).toHaveAttribute('lang', /^zh/);
  // What the browser itself tries meanwhile cannot be reached.
  watch.allow(/ERR_CONNECTION_REFUSED|service-worker\.js/);
});

test('a new version is shown at the next visit, and is the one that is kept', async ({
  lab,
  host,
  watch,
}) => {
  await lab.open();
  expect(await version(lab.page)).toBeNull();
  await kept(lab.page);

  nextVersion(host.directory, 'b');
  await lab.page.reload();
  await lab.settled();
  expect(await version(lab.page), 'the new version where it can be had').toBe('b');

  await lab.page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
  });
  await kept(lab.page);
  await host.server.stop();
  await lab.page.reload();
  await lab.settled();
  expect(await version(lab.page), 'the new version from what was kept').toBe('b');
  watch.allow(/ERR_CONNECTION_REFUSED|service-worker\.js/);
});

test('a tab of the version before can still load its parts', async ({ lab, host }) => {
  await lab.open();
  await kept(lab.page);
  const fresh = await lab.page.context().newPage();
  nextVersion(host.directory, 'c');
  await fresh.goto('./');
  await kept(fresh);
  await lab.dock.show('Events');
  await expect(lab.dock.events).toBeVisible();
});

test('caches do not pile up over versions', async ({ lab, host }) => {
  await lab.open();
  await kept(lab.page);
  for (const mark of ['d', 'e', 'f']) {
    nextVersion(host.directory, mark);
    await lab.page.reload();
    await lab.settled();
    await lab.page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      await registration.update();
    });
    await kept(lab.page);
    expect(await version(lab.page)).toBe(mark);
  }
  await expect
    .poll(() => lab.page.evaluate(async () => (await caches.keys()).length))
    .toBeLessThanOrEqual(2);
});

test('keeping costs the first load nothing: it begins once the run is shown', async ({ lab }) => {
  await lab.page.addInitScript(() => {
    const { register } = ServiceWorkerContainer.prototype;
    ServiceWorkerContainer.prototype.register = function (...given) {
      document.documentElement.dataset['keptAt'] =
        document.querySelector('main')?.dataset['phase'] ?? 'nothing shown';
      return register.apply(this, given);
    };
  });
  await lab.open();
  await kept(lab.page);
  await expect(lab.page.locator('html')).toHaveAttribute('data-kept-at', 'done');
});

test('an embedded page keeps nothing', async ({ lab }) => {
  await lab.open('?embed=1');
  // Two idle periods after the run is shown: the whole page would have begun by then.
  await lab.page.evaluate(async () => {
    for (let at = 0; at < 2; at += 1) {
      await new Promise((resolve) => setTimeout(() => requestIdleCallback(resolve), 600));
    }
  });
  const count = await lab.page.evaluate(
    async () => (await navigator.serviceWorker.getRegistrations()).length,
  );
  expect(count).toBe(0);
});
