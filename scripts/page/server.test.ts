/** The server answers loopback alone, with the headers of the policy, from one folder. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CACHE_HASHED, CACHE_OTHER, SECURITY_HEADERS } from './policy.ts';
import { type PageServer, startPageServer } from './server.ts';

let directory: string;
let servers: PageServer[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'interlock-serve-'));
  servers = [];
  mkdirSync(join(directory, 'site', 'assets'), { recursive: true });
  writeFileSync(join(directory, 'secret.txt'), 'outside');
  writeFileSync(join(directory, 'site', 'index.html'), '<p>page</p>');
  writeFileSync(join(directory, 'site', 'manifest.webmanifest'), '{}');
  writeFileSync(join(directory, 'site', 'assets', 'index-1.js'), 'void 0');
});

afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  rmSync(directory, { recursive: true });
});

async function start(base = '/', port = 0, portsMore = 0): Promise<PageServer> {
  const server = await startPageServer({
    directory: join(directory, 'site'),
    base,
    port,
    portsMore,
  });
  servers.push(server);
  return server;
}

describe('an answer', () => {
  it('carries the whole policy, whatever it answers', async () => {
    const { url } = await start();
    for (const [path, status] of [
      ['', 200],
      ['assets/index-1.js', 200],
      ['nothing', 404],
    ] as const) {
      const answer = await fetch(url + path);
      expect(answer.status).toBe(status);
      for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
        expect(answer.headers.get(name)).toBe(value);
      }
    }
  });

  it('keeps hashed files for ever and asks again about the others', async () => {
    const { url } = await start();
    const cacheOf = async (path: string): Promise<string | null> =>
      (await fetch(url + path)).headers.get('cache-control');
    expect(await cacheOf('assets/index-1.js')).toBe(CACHE_HASHED);
    expect(await cacheOf('')).toBe(CACHE_OTHER);
    expect(await cacheOf('manifest.webmanifest')).toBe(CACHE_OTHER);
    expect(await cacheOf('assets/gone-1.js')).toBe('no-store');
  });

  it('names the type of a manifest, and is short when nothing has changed', async () => {
    const { url } = await start();
    const answer = await fetch(`${url}manifest.webmanifest`);
    expect(answer.headers.get('content-type')).toContain('application/manifest+json');
    const headers = { 'If-None-Match': answer.headers.get('etag') ?? '' };
    expect((await fetch(`${url}manifest.webmanifest`, { headers })).status).toBe(304);
  });

  it('shows a file that was built after the start', async () => {
    const { url } = await start();
    writeFileSync(join(directory, 'site', 'assets', 'index-2.js'), 'void 1');
    expect(await (await fetch(`${url}assets/index-2.js`)).text()).toBe('void 1');
  });

  it('never comes from outside of the folder', async () => {
    const { url } = await start();
    for (const path of ['..%2fsecret.txt', '%2e%2e/secret.txt', '....//secret.txt']) {
      expect((await fetch(url + path)).status).toBe(404);
    }
  });

  it('is given to reading only', async () => {
    const { url } = await start();
    expect((await fetch(url, { method: 'POST', body: 'x' })).status).toBe(405);
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
  });
});

describe('a page in a folder', () => {
  it('is served there and nowhere else, also without the last slash', async () => {
    const { url } = await start('/some/folder/');
    expect(url).toMatch(/\/some\/folder\/$/);
    expect(await (await fetch(url)).text()).toBe('<p>page</p>');
    expect((await fetch(url.replace(/\/$/, ''))).url).toBe(url);
    expect((await fetch(new URL('/', url))).status).toBe(404);
  });
});

describe('a port', () => {
  it('that is taken makes way for the next, if that may be', async () => {
    const first = await start();
    const second = await start('/', first.port, 20);
    expect(second.port).toBeGreaterThan(first.port);
    await expect(start('/', first.port)).rejects.toThrow(`${first.port} is taken`);
  });

  it('is free again once the server is closed', async () => {
    const first = await start();
    await first.close();
    const again = await start('/', first.port);
    expect(again.port).toBe(first.port);
  });

  it('answers on IPv4', async () => {
    const { port } = await start();
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
  });
});
