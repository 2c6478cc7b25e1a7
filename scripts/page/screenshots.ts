/**
 * Takes the README's pictures of the built page, with the same Chromium as the tests:
 * `npm run screenshots`, by hand, when the page looks different.
 *
 * Invariant: a picture shows a finished run at rest, and nothing was drawn over it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { startPageAlone } from '../../bridge/start.ts';
import { chromiumLaunch } from '../../e2e/chromium.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const OUT = join(ROOT, 'docs', 'images');

/** A picture: how wide, in which theme, and what is brought into sight first. */
interface Picture {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly theme: 'light' | 'dark';
  readonly prepare?: (page: Page) => Promise<void>;
}

const done = (page: Page): Promise<unknown> => page.waitForSelector('main[data-phase=done]');

const PICTURES: readonly Picture[] = [
  { name: 'wide-light', width: 1440, height: 900, theme: 'light' },
  {
    name: 'wide-dark',
    ...{ width: 1440, height: 900, theme: 'dark' },
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Repair lock' }).click();
      await page.getByText('Passed on this schedule').waitFor();
      await done(page);
    },
  },
  { name: 'narrow-light', width: 390, height: 844, theme: 'light' },
  {
    name: 'narrow-dark',
    ...{ width: 390, height: 844, theme: 'dark' },
    prepare: async (page) => {
      await page.locator('nav').getByRole('button', { name: 'Timeline' }).click();
    },
  },
];

mkdirSync(OUT, { recursive: true });
const server = await startPageAlone(join(ROOT, 'dist'));
const browser = await chromium.launch(chromiumLaunch());
try {
  for (const { name, width, height, theme, prepare } of PICTURES) {
    const page = await browser.newPage({
      viewport: { width, height },
      colorScheme: theme,
      reducedMotion: 'reduce',
      serviceWorkers: 'block',
    });
    await page.goto(server.url);
    await done(page);
    await prepare?.(page);
    const image = await page.screenshot({ animations: 'disabled', caret: 'hide' });
    writeFileSync(join(OUT, `${name}.png`), image);
    await page.close();
    process.stdout.write(`${name}.png: ${Math.round(image.length / 1_000)} kB\n`);
  }
} finally {
  await browser.close();
  await server.close();
}
