/**
 * Draws the page's icons from web/public/icon.svg with Chromium: `npm run icons`.
 *
 * The PNGs are committed, so nobody needs this before the drawing changes. A maskable icon is the
 * drawing at four fifths on its own ground, since systems cut the edge to a shape of theirs.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { chromiumLaunch } from '../../e2e/chromium.ts';

const PUBLIC = join(import.meta.dirname, '..', '..', 'web', 'public');
const ICONS = [
  { name: 'icon-180.png', px: 180, share: 1 },
  { name: 'icon-192.png', px: 192, share: 1 },
  { name: 'icon-512.png', px: 512, share: 1 },
  { name: 'icon-maskable-512.png', px: 512, share: 0.8 },
];
const GROUND = '#131519';

const svg = readFileSync(join(PUBLIC, 'icon.svg'), 'utf8');
const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
mkdirSync(join(PUBLIC, 'icons'), { recursive: true });
const browser = await chromium.launch(chromiumLaunch());
try {
  for (const { name, px, share } of ICONS) {
    const page = await browser.newPage({ viewport: { width: px, height: px } });
    // iOS and masks put corners of their own: only the plain icons keep ours.
    const ground = name === 'icon-180.png' || share < 1 ? GROUND : 'transparent';
    await page.setContent(
      `<body style="margin:0;display:grid;place-items:center;height:100vh;background:${ground}">` +
        `<img src="${source}" width="${px * share}" height="${px * share}"></body>`,
    );
    const image = await page.screenshot({ omitBackground: true });
    writeFileSync(join(PUBLIC, 'icons', name), image);
    await page.close();
    process.stdout.write(`${name}: ${image.length} bytes\n`);
  }
} finally {
  await browser.close();
}
