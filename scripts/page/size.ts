/**
 * `npm run size`: loads the built page in a browser, prints what it weighs in script, and fails
 * when that is over a limit. A goal that is missed is said and fails nothing.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { startPageAlone } from '../../bridge/start.ts';
import { chromiumLaunch } from '../../e2e/chromium.ts';
import { ALLOWANCES, overLimit, PARTS, type Script, scriptsOf, sumOf } from './sizes.ts';

const DIRECTORY = join(import.meta.dirname, '..', '..', 'dist');

/** The scripts that the page asks for until its first run, with its timeline, is shown. */
async function askedScripts(): Promise<ReadonlySet<string>> {
  const server = await startPageAlone(DIRECTORY);
  const browser = await chromium.launch(chromiumLaunch());
  try {
    const context = await browser.newContext({ serviceWorkers: 'block' });
    const page = await context.newPage();
    // The page's own session of the protocol; a worker's requests are told on the worker's.
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    const asked = new Set<string>();
    session.on('Network.requestWillBeSent', ({ request }) => {
      if (request.url.endsWith('.js')) asked.add(request.url.slice(server.url.length));
    });
    await page.goto(server.url);
    await page.locator('main[data-phase=done]').waitFor();
    await page.getByRole('application').waitFor();
    return new Set(asked);
  } finally {
    await browser.close();
    await server.close();
  }
}

function print(scripts: readonly Script[]): void {
  const line = (name: string, bytes: number, note = ''): void => {
    process.stdout.write(`${name.padEnd(44)}${(bytes / 1_000).toFixed(1).padStart(8)} kB${note}\n`);
  };
  for (const part of PARTS) {
    line(part, sumOf(scripts, [part]));
    const those = scripts.filter((script) => script.part === part);
    for (const { path, gzipBytes } of those) line(`  ${path}`, gzipBytes);
  }
  for (const { what, parts, goalBytes, limitBytes } of ALLOWANCES) {
    const bytes = sumOf(scripts, parts);
    const missed = bytes > goalBytes ? ' MISSED' : '';
    line(what, bytes, `  goal ${goalBytes / 1_000}${missed}, limit ${limitBytes / 1_000}`);
  }
}

if (existsSync(join(DIRECTORY, 'index.html'))) {
  const scripts = scriptsOf(DIRECTORY, await askedScripts());
  print(scripts);
  for (const fault of overLimit(scripts)) {
    process.stderr.write(`${fault}\n`);
    process.exitCode = 1;
  }
} else {
  process.stderr.write(`expected a built page in ${DIRECTORY}: npm run build makes one\n`);
  process.exitCode = 2;
}
