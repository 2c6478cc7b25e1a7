/**
 * The end-to-end suite: the built page in a real Chromium, on a server of its own.
 *
 * `BASE_URL=https://… npm run e2e` runs it against a hosted page instead; the tests that need a
 * server of their own are a project of their own, and leaving them out is said. No retries: a test
 * that passes at the second try has found something.
 */
import { defineConfig, type ReporterDescription } from '@playwright/test';
import { chromiumLaunch } from './e2e/chromium.ts';

const hosted = process.env['BASE_URL'];
const reports = process.env['INTERLOCK_REPORTS'];
const isFirstLoad = process.env['TEST_WORKER_INDEX'] === undefined;

if (hosted !== undefined && isFirstLoad) {
  process.stderr.write(
    `against ${hosted}; left out, since they need a server of their own: e2e/*.own.spec.ts\n`,
  );
}

const reporter: ReporterDescription[] = [[process.env['CI'] === undefined ? 'line' : 'list']];
if (reports !== undefined) reporter.push(['json', { outputFile: `${reports}/e2e.json` }]);

const OWN_SERVER = '**/*.own.spec.ts';
const own = { name: 'own-server', testMatch: OWN_SERVER };

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter,
  use: {
    // A folder, so that relative addresses stay below it.
    baseURL: (hosted ?? process.env['PAGE_URL'] ?? '').replace(/\/*$/, '/'),
    launchOptions: chromiumLaunch(),
    // The suite must not wait for files being kept, nor be served from an earlier test's.
    serviceWorkers: 'block',
    locale: 'en-GB',
    viewport: { width: 1440, height: 900 },
    actionTimeout: 10_000,
  },
  projects: [{ name: 'page', testIgnore: OWN_SERVER }, ...(hosted === undefined ? [own] : [])],
  ...(hosted === undefined && {
    webServer: {
      command: 'npx tsx scripts/page/serve.ts --port 0',
      wait: { stdout: /Interlock: (?<page_url>http\S+)/ },
      gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
    },
  }),
});
