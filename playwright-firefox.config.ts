/**
 * The gallery in Debian's Firefox: `npm run e2e:firefox`, the same digests as on the command line;
 * and locks of the reader's own, bounded there as elsewhere.
 *
 * Playwright drives an unpatched Firefox through WebDriver BiDi, by the channel that is named here.
 */
import { defineConfig } from '@playwright/test';
import settings from './playwright.config.ts';
import { findProgram } from './scripts/system/packages.ts';

const executablePath = findProgram('firefox-esr');
if (executablePath === undefined) {
  throw new Error('expected firefox-esr: npm run setup:system installs it');
}

const reports = process.env['INTERLOCK_REPORTS'];

export default defineConfig({
  ...settings,
  testMatch: ['gallery.spec.ts', 'own-lock-bounds.spec.ts'],
  timeout: 120_000,
  reporter: [
    ['list'],
    ...(reports === undefined
      ? []
      : [['json', { outputFile: `${reports}/firefox.json` }] as const]),
  ],
  use: {
    ...settings.use,
    browserName: 'firefox',
    channel: 'moz-firefox',
    launchOptions: { executablePath },
  },
  projects: [{ name: 'firefox' }],
});
