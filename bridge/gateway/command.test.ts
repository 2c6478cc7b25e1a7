/** The gateway as a process and as a command: addresses, refusals, signals. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { Reply } from 'zeromq';
import { Directory } from '../../sim/index.ts';
import { query } from '../live/query.ts';
import { GatewayCodec } from '../sockets/gateway-codec.ts';
import { withDeadline } from '../sockets/testing/peer.ts';
import { gatewayCommand } from './command.ts';
import { TestClient } from './testing/client.ts';

/** Runs the command until it ends by itself, or `meanwhile` is over. */
async function run(
  words: readonly string[],
  meanwhile: (lines: readonly string[]) => Promise<void> = () => new Promise(() => {}),
): Promise<{ status: number; lines: string[]; notes: string[] }> {
  const lines: string[] = [];
  const notes: string[] = [];
  let tellReady = (): void => {};
  const ready = new Promise<void>((resolve) => {
    tellReady = resolve;
  });
  const status = await gatewayCommand(words, {
    print: (line) => {
      lines.push(line);
      if (lines.length === 2) tellReady();
    },
    note: (line) => notes.push(line),
    ended: ready.then(() => meanwhile(lines)),
  });
  return { status, lines, notes };
}

const FREE = ['--port', '0', '--pub', '0'];
const addressIn = (lines: readonly string[]): string =>
  /^REP (.*)$/.exec(lines[0] ?? '')?.[1] ?? '';

describe('the gateway command', () => {
  it('says where it listens, on this machine only, and serves the scenario that was named', async () => {
    const { status, lines } = await run([...FREE, '--scenario', 'reference'], async (told) => {
      const client = new TestClient(addressIn(told), ['XAUUSD.s']);
      expect(JSON.parse(await client.say('{"uuid":"1","action":"GET_ACCOUNT"}'))).toMatchObject({
        balance: 10_000,
        currency: 'USD',
      });
      client.close();
    });
    expect(status).toBe(0);
    expect(lines[0]).toMatch(/^REP tcp:\/\/127\.0\.0\.1:\d+$/);
    expect(lines[1]).toMatch(/^PUB tcp:\/\/127\.0\.0\.1:\d+$/);
  });

  it('listens on another address where one is named', async () => {
    const { status, lines } = await run([...FREE, '--host', '::1'], async (told) => {
      const upstream = { address: addressIn(told), curve: undefined };
      const codec = new GatewayCodec(new Directory(1, []), () => 0);
      const signal = new AbortController().signal;
      const answer = await query('PING', {
        upstream,
        codec,
        attempts: 1,
        timeoutMs: 5_000,
        signal,
      });
      expect(answer?.kind).toBe('pong');
    });
    expect(status).toBe(0);
    expect(lines[0]).toMatch(/^REP tcp:\/\/\[::1\]:\d+$/);
  });

  it('says that a port is taken', async () => {
    const other = new Reply({ linger: 0 });
    await other.bind('tcp://127.0.0.1:*');
    const port = other.lastEndpoint?.split(':').at(-1) ?? '';
    const { status, notes } = await run(['--port', port, '--pub', '0']);
    expect(status).toBe(3);
    expect(notes.join()).toContain(`expected ports ${port} and 0 of 127.0.0.1 to be free for it`);
    other.close();
  });

  it.each([
    [['--port', '70000'], 'Expected a port from 0 to 65535'],
    [['--seed', '-1'], 'Expected a whole number'],
    [['--scenario', 'no-such-thing'], 'expected a file or a gallery name'],
    [['--scenario', 'package.json'], 'package.json: '],
    [['surplus'], 'too many arguments'],
    [['--surplus'], 'unknown option'],
  ])('refuses %j', async (words, expected) => {
    const { status, notes, lines } = await run([...FREE, ...words]);
    expect(status).toBe(2);
    expect(notes.join()).toContain(expected);
    expect(lines).toEqual([]);
  });

  it('explains itself', async () => {
    const { status, lines } = await run(['--help']);
    expect(status).toBe(0);
    expect(lines.join()).toContain('--scenario <source>');
  });
});

describe.each(['SIGINT', 'SIGTERM'] as const)('the gateway process on %s', (signal) => {
  it('ends well, even while a request is in its hands', async () => {
    const words = ['--import', 'tsx', 'bridge/gateway/main.ts', ...FREE];
    const pumped = ['--scenario', 'timer-pump-gateway'];
    const child = spawn(process.execPath, [...words, ...pumped], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (piece: Buffer) => (text += piece.toString()));
    while (!text.includes('PUB'))
      await withDeadline(once(child.stdout, 'data'), 'expected its addresses');
    const client = new TestClient(addressIn(text.split('\n')), []);
    const asking = client.say('{"uuid":"1","action":"PING"}');
    await asking;
    void client.say('{"uuid":"2","action":"PING"}').catch(() => {});
    child.kill(signal);
    const [status] = (await withDeadline(once(child, 'exit'), 'expected it to end')) as [number];
    expect(status).toBe(0);
    client.close();
  });
});
