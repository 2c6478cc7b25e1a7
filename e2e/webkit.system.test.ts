/** The page in WebKit computes the digests of the command line, module workers and all. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fragmentOf, galleryOfCommandLine, runOnCommandLine } from './command-line.ts';
import { type OwnServer, serve } from './own-server.ts';
import { startWebKit, type WebKit } from './webkit.ts';

const DIGEST_MS = 120_000;
const gallery = galleryOfCommandLine();

let host: OwnServer;
let webkit: WebKit;

beforeAll(async () => {
  host = await serve();
  webkit = await startWebKit();
}, 60_000);

afterAll(async () => {
  await webkit.stop();
  await host.stop();
});

describe('the page in WebKit', () => {
  it('is in WebKit', async () => {
    await webkit.driver.get(host.url);
    const agent = await webkit.driver.executeScript<string>('return navigator.userAgent');
    expect(agent).toContain('AppleWebKit');
    expect(agent).not.toContain('Chrome');
  });

  it.each(gallery.map(({ name }) => name))(
    '%s has the digest of the command line',
    async (name) => {
      const run = await runOnCommandLine(name);
      await webkit.driver.get(`${host.url}${fragmentOf(run)}`);
      const digest = async (): Promise<string | null> =>
        webkit.driver.executeScript(
          'const { phase, digest } = document.querySelector("main")?.dataset ?? {};' +
            'return phase === "done" ? digest : null',
        );
      await webkit.driver.wait(
        async () => (await digest()) === run.digest,
        DIGEST_MS,
        `expected digest ${run.digest}`,
      );
      const verdict = await webkit.driver.executeScript<string>(
        'return document.querySelector("#verdict").textContent',
      );
      expect(verdict).toContain('matches the link');
    },
    DIGEST_MS + 30_000,
  );
});
