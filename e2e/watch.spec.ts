/** The watch that every test stands under sees what it is there to see. */
import { test as bare } from '@playwright/test';
import { expect } from './test.ts';
import { Watch } from './watch.ts';

const test = bare.extend<{ seen: (act: () => unknown) => Promise<string> }>({
  seen: async ({ page, context, baseURL }, use) => {
    const watch = new Watch(baseURL ?? '');
    watch.attach(context);
    await page.goto('./');
    await expect(page.getByRole('main')).toHaveAttribute('data-phase', 'done');
    expect(watch.problems).toEqual([]);
    await use(async (act) => {
      await page.evaluate(act);
      await expect.poll(() => watch.problems).not.toEqual([]);
      return watch.problems.join('\n');
    });
  },
});

test('an error and a warning on the console', async ({ seen }) => {
  expect(await seen(() => console.error('one'))).toContain('console error: one');
  expect(await seen(() => console.warn('two'))).toContain('console warning: two');
});

test('an exception that nobody catches', async ({ seen }) => {
  const act = (): void => {
    setTimeout(() => {
      throw new Error('uncaught');
    });
  };
  expect(await seen(act)).toContain('exception: uncaught');
});

test('an error on the console of a worker', async ({ seen, page }) => {
  const [worker] = page.workers();
  await worker?.evaluate(() => console.error('in a worker'));
  expect(await seen(() => undefined)).toContain('in a worker');
});

test('what the content policy refuses', async ({ seen }) => {
  const act = (): void => {
    const script = document.createElement('script');
    script.textContent = 'void 0';
    document.body.append(script);
  };
  expect(await seen(act)).toMatch(/Content Security Policy/);
});

test('a request that finds nothing', async ({ seen }) => {
  expect(await seen(() => void fetch('./nothing-here'))).toContain('status 404');
});

test('a request that goes elsewhere', async ({ seen }) => {
  const act = (): void => void fetch('http://127.0.0.1:9/').catch(() => undefined);
  expect(await seen(act)).toMatch(/Content Security Policy|left/);
});

test('a request that sends something', async ({ seen }) => {
  const act = (): void => void fetch('./', { method: 'POST', body: 'x' }).catch(() => undefined);
  expect(await seen(act)).toContain('sent: POST');
});

test('what is allowed is not a problem, and only that', async ({ page, context, baseURL }) => {
  const watch = new Watch(baseURL ?? '');
  watch.attach(context);
  watch.allow(/expected/);
  await page.goto('./');
  await page.evaluate(() => {
    console.error('expected');
    console.error('another');
  });
  await expect.poll(() => watch.problems).toEqual(['console error: another']);
});
