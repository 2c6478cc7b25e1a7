/** What a first visit costs, as the browser sees it: the page's own script, and what waits. */
import { gzipSync } from 'node:zlib';
import { expect, test } from './test.ts';

const FIRST_LOAD_BYTES = 60_000;

test('the page asks for at most 60 kB of script before its first run is shown', async ({ lab }) => {
  await lab.open();
  const urls = await lab.page.evaluate(() => {
    const scripts = performance
      .getEntriesByType('resource')
      .filter(({ name }) => name.endsWith('.js'))
      .sort((x, y) => x.startTime - y.startTime);
    // What is asked for once the engine's worker starts is the worker's.
    const worker = scripts.findIndex(({ name }) => name.includes('engine-worker'));
    return scripts.slice(0, worker).map(({ name }) => name);
  });
  expect(urls).not.toEqual([]);
  const sizes = await Promise.all(
    urls.map(async (url) => {
      const response = await lab.page.request.get(url);
      return { name: url.replace(/.*\//, ''), bytes: gzipSync(await response.body()).length };
    }),
  );
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  expect(total, JSON.stringify(sizes)).toBeLessThanOrEqual(FIRST_LOAD_BYTES);
});

test('nothing is asked for twice', async ({ lab }) => {
  const seen: string[] = [];
  lab.page.on('request', (request) => seen.push(request.url()));
  await lab.open();
  const page = seen.filter((url) => !url.includes('worker'));
  const twice = page.filter((url, at) => page.indexOf(url) !== at);
  // A chunk that page and worker share is asked for by both, and comes from the cache.
  expect(twice.filter((url) => !url.endsWith('.js'))).toEqual([]);
});
