/** The laws of every lock, held against the `navigator.locks` of a real browser. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { build } from 'vite';
import { expect, it } from 'vitest';
import { chromiumLaunch } from '../../e2e/chromium.ts';
import { PROJECT_ROOT } from '../project/files.ts';

const SEED = 127;
const SCRIPTS = 60;

/** The laws as one module that a browser loads. */
async function lawsModule(): Promise<string> {
  const built = await build({
    ...{ root: PROJECT_ROOT, configFile: false, logLevel: 'warn' },
    build: {
      ...{ write: false, minify: false },
      lib: {
        entry: join(PROJECT_ROOT, 'web', 'live', 'testing', 'lock-laws.ts'),
        ...{ formats: ['es'], fileName: 'laws' },
      },
    },
  });
  const outputs = Array.isArray(built) ? built : [built];
  const [chunk] = outputs.flatMap((one) => ('output' in one ? one.output : []));
  if (chunk?.type !== 'chunk') throw new Error('expected one module');
  return chunk.code;
}

/** Run in the page. A query comes back after what was asked before it. */
const IN_PAGE = `async ([seed, scripts]) => {
  const { breachesOf } = await import('/laws.js');
  const turn = async () => {
    for (let n = 0; n < 2; n++) {
      await navigator.locks.query();
      await new Promise((done) => setTimeout(done));
    }
  };
  return breachesOf(navigator.locks, turn, seed, scripts);
}`;

it('navigator.locks of Chromium keeps the laws of every lock', { timeout: 120_000 }, async () => {
  const code = await lawsModule();
  const server = createServer(({ url }, response) => {
    const isModule = url === '/laws.js';
    response.setHeader('content-type', isModule ? 'text/javascript' : 'text/html');
    response.end(isModule ? code : '<!doctype html><title>locks</title>');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const browser = await chromium.launch(chromiumLaunch());
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const breaches = await page.evaluate<readonly string[]>(`(${IN_PAGE})([${SEED}, ${SCRIPTS}])`);
    expect(breaches).toEqual([]);
  } finally {
    await browser.close();
    server.close();
  }
});
