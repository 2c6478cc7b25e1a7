/**
 * The browser half of a benchmark: builds the benchmarks' page as the product is built, serves it,
 * and opens it in the Chromium that the tests use.
 *
 * Every call is a browser of its own, so that nothing that was measured before decides. The page is
 * no part of the product: it is built into a folder that is gone afterwards.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { svelte, vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { build, preview } from 'vite';
import { chromiumLaunch } from '../../e2e/chromium.ts';

const ROOT = join(import.meta.dirname, 'page');
const VIEWPORT = { width: 1_440, height: 900 };

/** Opens the page for `work` and closes everything after it. */
export async function inBrowser<T>(work: (page: Page, browser: Browser) => Promise<T>): Promise<T> {
  return withBuiltPage(async (outDir) => {
    const server = await preview({
      ...{ configFile: false, root: ROOT, logLevel: 'warn', build: { outDir } },
      preview: { host: '127.0.0.1', port: 0 },
    });
    const [address] = server.resolvedUrls?.local ?? [];
    try {
      if (address === undefined) throw new Error('expected the page to be served');
      return await inBrowserAt(address, work);
    } finally {
      await server.close();
    }
  });
}

/** Builds the page into a folder that is gone after `work`. */
export async function withBuiltPage<T>(work: (outDir: string) => Promise<T>): Promise<T> {
  const outDir = mkdtempSync(join(tmpdir(), 'interlock-bench-'));
  try {
    await build({
      ...{ configFile: false, root: ROOT, base: './', logLevel: 'warn' },
      plugins: [
        svelte({
          configFile: false,
          preprocess: vitePreprocess({ script: false }),
          compilerOptions: { runes: true },
        }),
      ],
      worker: { format: 'es' },
      build: { outDir, emptyOutDir: true, target: 'es2023' },
    });
    return await work(outDir);
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

/** Opens the page that is served at `address` in a browser of its own. */
export async function inBrowserAt<T>(
  address: string,
  work: (page: Page, browser: Browser) => Promise<T>,
): Promise<T> {
  const browser = await chromium.launch(chromiumLaunch());
  try {
    const page = await browser.newPage({ viewport: VIEWPORT });
    await page.goto(address);
    return await work(page, browser);
  } finally {
    await browser.close();
  }
}

/** The value that so many per cent do not exceed, by nearest rank. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  const value = sorted[Math.max(0, Math.ceil((percent * sorted.length) / 100) - 1)];
  if (value === undefined) throw new Error('expected at least one value');
  return value;
}
