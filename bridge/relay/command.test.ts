/** The bridge as a command and as a process: refusals, the page, secrets kept, signals. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { withDeadline } from '../sockets/testing/peer.ts';
import { type BridgeHost, bridgeCommand } from './command.ts';
import { TestPage } from './testing/page.ts';

const POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'";
const root = mkdtempSync(join(tmpdir(), 'interlock-bridge-'));
const pageDirectory = join(root, 'dist');
mkdirSync(join(pageDirectory, 'assets'), { recursive: true });
writeFileSync(join(root, 'secret.txt'), 'outside');
writeFileSync(join(pageDirectory, 'index.html'), '<p>page</p>');
writeFileSync(join(pageDirectory, 'assets', 'a-1.js'), 'void 0');
writeFileSync(
  join(pageDirectory, '_headers'),
  `/*\n  Content-Security-Policy: ${POLICY}\n  X-Content-Type-Options: nosniff\n` +
    '/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n',
);
afterAll(() => rmSync(root, { recursive: true }));

interface Told {
  readonly lines: string[];
  readonly notes: string[];
}
const portIn = (lines: readonly string[]): number =>
  Number(/127\.0\.0\.1:(\d+)\//.exec(lines[0] ?? '')?.[1]);
const codeIn = (lines: readonly string[]): string =>
  /: ([A-Z0-9]{4}-[A-Z0-9]{4})$/.exec(lines.at(-1) ?? '')?.[1] ?? '';

/** Runs the command until it ends by itself, or `meanwhile` is over. */
async function run(
  words: readonly string[],
  meanwhile: (told: Told) => Promise<void> = () => new Promise(() => {}),
  more: Partial<BridgeHost> = {},
): Promise<Told & { readonly status: number }> {
  const told: Told = { lines: [], notes: [] };
  let tellReady = (): void => {};
  const ready = new Promise<void>((resolve) => {
    tellReady = resolve;
  });
  const status = await bridgeCommand(['--port', '0', ...words], {
    print: (line) => {
      told.lines.push(line);
      if (line.startsWith('Pairing')) tellReady();
    },
    note: (line) => told.notes.push(line),
    ...{ environment: {}, pageDirectory, ended: ready.then(() => meanwhile(told)) },
    ...more,
  });
  return { ...told, status };
}

describe('the bridge command', () => {
  it('starts the reference gateway, serves the page, pairs, and relays to a real socket', async () => {
    const { status, lines } = await run([], async ({ lines: told }) => {
      const page = new TestPage(portIn(told));
      const welcome = await page.greet({ code: codeIn(told) });
      expect(welcome).toMatchObject({ gateway: 'reference', mode: 'read-only', unknown: [] });
      expect(welcome.symbols).toContain('BTCUSD.s');
      const [account] = await page.ask(page.request('GET_ACCOUNT', { uuid: 'a' }));
      expect(account).toMatchObject({ reply: { balance: '10000', currency: 'USD' } });
      // The token opens further connections of the page; it was never shown.
      const { token = '' } = welcome;
      const next = new TestPage(portIn(told));
      expect((await next.greet({ token })).token).toBeUndefined();
      expect(told.join()).not.toContain(token);
    });
    expect(status).toBe(0);
    expect(lines.map((line) => line.replace(/\d+/g, 'N'))).toMatchObject([
      'Interlock bridge: http://N.N.N.N:N/',
      'Upstream: tcp://N.N.N.N:N (reference gateway), read-only',
      expect.stringMatching(/^Pairing code/) as string,
      expect.stringMatching(/^Pairing code/) as string,
    ]);
  });

  it('serves the page with the policy of its build, framed by nobody, and nothing else', async () => {
    await run([], async ({ lines }) => {
      const base = `http://127.0.0.1:${portIn(lines)}`;
      const page = await fetch(`${base}/`);
      expect(await page.text()).toBe('<p>page</p>');
      expect(page.headers.get('content-security-policy')).toBe(`${POLICY}; frame-ancestors 'none'`);
      expect(page.headers.get('x-content-type-options')).toBe('nosniff');
      expect(page.headers.get('cache-control')).toBe('no-cache');
      const hashed = await fetch(`${base}/assets/a-1.js`);
      expect(hashed.headers.get('cache-control')).toContain('immutable');
      for (const path of ['/../secret.txt', '/%2e%2e/secret.txt', '/nothing']) {
        expect((await fetch(base + path)).status).toBe(404);
      }
      expect((await fetch(`${base}/`, { method: 'POST' })).status).toBe(405);
    });
  });

  it('listens on loopback alone', async () => {
    await run([], async ({ lines }) => {
      const port = portIn(lines);
      await fetch(`http://[::1]:${port}/`);
      const others = Object.values(networkInterfaces())
        .flatMap((list) => list ?? [])
        .filter(({ internal, family }) => !internal && family === 'IPv4');
      for (const { address } of others) {
        await expect(fetch(`http://${address}:${port}/`)).rejects.toThrow();
      }
    });
  });

  it.each([
    [['--endpoint', 'http://127.0.0.1:5555'], 2, 'expected tcp://HOST:PORT'],
    [['--endpoint', 'tcp://192.168.1.20:5555'], 2, 'expected an encrypted connection'],
    [
      ['--endpoint', 'tcp://127.0.0.1:1', '--ticks', 'tcp://192.168.1.20:1'],
      2,
      'expected an encrypted connection',
    ],
    [['--endpoint', 'tcp://127.0.0.1:1', '--scenario', 'reference'], 2, 'cannot be used with'],
    [['--scenario', 'no-such-thing'], 2, 'expected a file or a gallery name'],
    [['--host', '0.0.0.0'], 2, 'Expected one IP address'],
    [['--host', '::'], 2, 'Expected one IP address'],
    [['--host', 'example.com'], 2, 'Expected one IP address'],
    [['--host', '192.0.2.1'], 3, 'expected to listen on 192.0.2.1'],
    [['--port', '70000'], 2, 'Expected a port'],
    [['--socket', 'pub'], 2, 'Allowed choices are req, dealer'],
    [['--insecure'], 2, 'unknown option'],
    [['--token', 'x'], 2, 'unknown option'],
    [['surplus'], 2, 'too many arguments'],
  ])('refuses %j', async (words, expected, message) => {
    const { status, notes, lines } = await run(words);
    expect(status).toBe(expected);
    expect(notes.join()).toContain(message);
    expect(lines).toEqual([]);
  });

  it('says that a port is taken, and that no page was built', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const taken = await run(['--port', String(port)]);
    expect([taken.status, taken.notes.join()]).toEqual([
      3,
      expect.stringContaining(`expected to listen on 127.0.0.1 port ${port}, got EADDRINUSE`),
    ]);
    other.close();
    const unbuilt = await run([], undefined, { pageDirectory: root });
    expect([unbuilt.status, unbuilt.notes.join()]).toEqual([
      3,
      expect.stringContaining('npm run build makes one'),
    ]);
  });

  it('explains itself', async () => {
    const { status, lines } = await run(['--help']);
    expect(status).toBe(0);
    expect(lines.join()).toContain('--allow-trade');
  });
});

describe.each(['SIGINT', 'SIGTERM'] as const)('the bridge process on %s', (signal) => {
  it('tells its pages, closes its sockets and ends well, and never showed the token', async () => {
    const entry = join(root, `main-${signal}.ts`);
    const command = join(import.meta.dirname, 'command.ts');
    writeFileSync(
      entry,
      `import { bridgeCommand } from ${JSON.stringify(command)};
       const ended = new Promise((resolve) => process.once('${signal}', resolve));
       process.exitCode = await bridgeCommand(process.argv.slice(2), {
         print: (line) => process.stdout.write(line + '\\n'),
         note: (line) => process.stderr.write(line + '\\n'),
         environment: process.env, pageDirectory: ${JSON.stringify(pageDirectory)}, ended,
       });`,
    );
    writeFileSync(join(root, 'package.json'), '{"type":"module"}');
    // Its gateway serves once in a while: a request is under way when the signal comes.
    const words = ['--import', 'tsx', entry, '--port', '0', '--scenario', 'timer-pump-gateway'];
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    child.stdout.on('data', (piece: Buffer) => (text += piece.toString()));
    child.stderr.on('data', (piece: Buffer) => (text += piece.toString()));
    while (!text.includes('Pairing code')) {
      await withDeadline(once(child.stdout, 'data'), 'expected the pairing code');
    }
    const lines = text.trim().split('\n');
    const page = new TestPage(portIn(lines));
    const { token = '' } = await page.greet({ code: codeIn(lines) });
    page.send([page.request('PING', { uuid: 'a' }), page.request('PING', { uuid: 'b' })]);
    await page.until(() => page.received.length > 1);
    child.kill(signal);
    const [status] = (await withDeadline(once(child, 'exit'), 'expected it to end')) as [number];
    expect(status).toBe(0);
    expect((await page.closed).code).toBe(1001);
    expect(token).toHaveLength(43);
    expect(text).not.toContain(token);
  });
});
