/** What `npm start` serves: the page with its policy, from one folder, and a bridge beside it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Started, startPage } from '../../bridge/start.ts';
import { headersFile } from './hosts.ts';
import { CACHE_HASHED, CACHE_OTHER, SECURITY_HEADERS } from './policy.ts';

let directory: string;
let servers: Started[];
let codes: string[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'interlock-serve-'));
  servers = [];
  codes = [];
  mkdirSync(join(directory, 'site', 'assets'), { recursive: true });
  writeFileSync(join(directory, 'secret.txt'), 'outside');
  writeFileSync(join(directory, 'site', 'index.html'), '<p>page</p>');
  writeFileSync(join(directory, 'site', '_headers'), headersFile());
  writeFileSync(join(directory, 'site', 'manifest.webmanifest'), '{}');
  writeFileSync(join(directory, 'site', 'assets', 'index-1.js'), 'void 0');
});

afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  rmSync(directory, { recursive: true });
});

async function start(base = '/', port = 0, portsMore = 0): Promise<Started> {
  const started = await startPage({
    ...{ directory: join(directory, 'site'), base, port, portsMore },
    showCode: (code) => codes.push(code),
    crashed: (error) => {
      throw error;
    },
  });
  if (started.kind === 'error') throw new Error(started.error.message);
  servers.push(started.value);
  return started.value;
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
        expect(answer.headers.get(name)).toContain(value);
      }
    }
  });

  it('lets nobody frame what could trade, and anybody what is made for it', async () => {
    const { url } = await start();
    const policyOf = async (query: string): Promise<string | null> =>
      (await fetch(url + query)).headers.get('content-security-policy');
    const policy = SECURITY_HEADERS['Content-Security-Policy'];
    expect(await policyOf('')).toBe(`${policy}; frame-ancestors 'none'`);
    expect(await policyOf('?embed=0')).toContain("frame-ancestors 'none'");
    expect(await policyOf('?embed=1')).toBe(policy);
  });

  it('comes under any name, for whoever forwards a port; the socket does not', async () => {
    const { port } = await start();
    const ask = (path: string, headers: Record<string, string>): Promise<number> =>
      new Promise((resolve, reject) => {
        const options = { host: '127.0.0.1', port, path, headers };
        request(options, (answer) => resolve(answer.resume().statusCode ?? 0))
          .on('error', reject)
          .end();
      });
    expect(await ask('/', { host: 'forwarded.example.com' })).toBe(200);
    const upgrade = { connection: 'Upgrade', upgrade: 'websocket', host: 'forwarded.example.com' };
    const more = { 'sec-websocket-version': '13', 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==' };
    expect(await ask('/bridge', { ...upgrade, ...more })).toBe(421);
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
    await expect(start('/', first.port)).rejects.toThrow('EADDRINUSE');
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

describe('a bridge', () => {
  it('stands beside the page: it has shown its code, and lets play money be traded', async () => {
    const { noBridge, url } = await start();
    expect(noBridge).toBeUndefined();
    expect(codes).toEqual([expect.stringMatching(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/)]);
    expect((await fetch(new URL('/bridge', url))).status).toBe(426);
  });

  it('needs a page that was built', async () => {
    const nothing = { base: '/', port: 0, portsMore: 0, showCode: () => {}, crashed: () => {} };
    const started = await startPage({ directory, ...nothing });
    expect(started).toMatchObject({ kind: 'error', error: { code: 'unavailable' } });
  });
});
