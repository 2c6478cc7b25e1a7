/** A lock of the reader's own is explored without a network, once the page was visited. */
import { LockBench } from './pages/lock-bench.ts';
import { serve, type OwnServer } from './own-server.ts';
import { expect, test as base } from './test.ts';

const test = base.extend<{ host: OwnServer; baseURL: string }>({
  serviceWorkers: 'allow',
  host: async ({}, use) => {
    const host = await serve();
    await use(host);
    await host.stop();
  },
  baseURL: async ({ host }, use) => use(host.url),
});

test('a race is found and told without a network, in a lock of npm too', async ({
  lab,
  host,
  watch,
}) => {
  await lab.open();
  await lab.page.evaluate(async () => {
    const { installing, waiting } = await navigator.serviceWorker.ready;
    const next = installing ?? waiting;
    while (next !== null && next.state !== 'activated') {
      await new Promise((resolve) => {
        next.addEventListener('statechange', resolve, { once: true });
      });
    }
  });
  await host.stop();
  await lab.page.context().setOffline(true);
  await lab.page.reload();
  await lab.settled();
  const bench = new LockBench(lab.page);
  await bench.open();
  for (const name of [
    'Check, then act',
    'semaphore-async-await 1.5.1 acquire() and release() called',
  ]) {
    await bench.pick(name);
    await bench.explore.click();
    await expect(bench.outcome).toContainText('Violated. lock.exclusion');
    await expect(bench.outcome).toContainText('No choice can be left out');
  }
  watch.allow(/ERR_(CONNECTION_REFUSED|INTERNET_DISCONNECTED)|service-worker\.js/);
});
