/** Where a gateway may be, and that what leaves the machine is encrypted. */
import { describe, expect, it } from 'vitest';
import { capability, curveKeyPair, Reply } from 'zeromq';
import { Directory } from '../../sim/index.ts';
import { query } from '../live/query.ts';
import { GatewayCodec } from './gateway-codec.ts';
import { parseUpstream, SERVER_KEY_VARIABLE, type Upstream } from './upstream.ts';

const KEY = 'rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7';

function upstream(text: string, key?: string): Upstream {
  const result = parseUpstream(text, key);
  if (result.kind === 'error') throw new Error(result.error.message);
  return result.value;
}

describe('an endpoint', () => {
  it.each([
    'tcp://127.0.0.1:5555',
    'tcp://localhost:1',
    'tcp://[::1]:65535',
    'tcp://127.9.9.9:80',
    'ipc:///tmp/gateway',
  ])('%s stays on this machine and needs no key', (text) => {
    expect(upstream(text)).toEqual({ address: text, curve: undefined });
  });

  it.each([
    ...['', 'tcp://', 'tcp://127.0.0.1', 'tcp://127.0.0.1:', 'tcp://127.0.0.1:0'],
    ...['tcp://127.0.0.1:65536', 'tcp://*:5555', 'http://127.0.0.1:5555', 'ipc://', 'inproc://x'],
    ...['tcp://127.0.0.1:5555 ', 'tcp://a b:1', 'pgm://127.0.0.1:5555'],
  ])('%j is refused', (text) => {
    expect(parseUpstream(text, undefined)).toMatchObject({ error: { code: 'bad-endpoint' } });
  });

  it.each(['tcp://192.168.1.20:5555', 'tcp://gateway.example.com:5555', 'tcp://0.0.0.0:1'])(
    '%s is another machine: refused without its key',
    (text) => {
      const refused = parseUpstream(text, undefined);
      expect(refused).toMatchObject({ error: { code: 'unencrypted' } });
      expect(JSON.stringify(refused)).toContain(SERVER_KEY_VARIABLE);
      expect(upstream(text, KEY).curve).toMatchObject({ curveServerKey: KEY });
    },
  );

  it('with a key that is none is refused', () => {
    expect(parseUpstream('tcp://127.0.0.1:1', 'secret')).toMatchObject({
      error: { code: 'bad-server-key' },
    });
  });
});

describe('a connection with a key', () => {
  /** A gateway that only speaks to who knows its key. */
  async function ask(key: string, server: { publicKey: string; secretKey: string }) {
    const reply = new Reply({
      ...{ linger: 0, curveServer: true, curveSecretKey: server.secretKey },
    });
    await reply.bind('tcp://127.0.0.1:*');
    void (async () => {
      for await (const [frame] of reply) {
        const { uuid } = JSON.parse(String(frame)) as { uuid: string };
        await reply.send(JSON.stringify({ uuid, status: 'ok' }));
      }
    })();
    const codec = new GatewayCodec(new Directory(1, []), () => 0);
    const signal = new AbortController().signal;
    const options = { codec, attempts: 1, timeoutMs: 1_500, signal };
    const answer = await query('PING', {
      upstream: upstream(reply.lastEndpoint ?? '', key),
      ...options,
    });
    reply.close();
    return answer?.kind;
  }

  it('reaches the gateway that has it, and no other', async () => {
    expect(capability.curve).toBe(true);
    const server = curveKeyPair();
    expect(await ask(server.publicKey, server)).toBe('pong');
    expect(await ask(curveKeyPair().publicKey, server)).toBeUndefined();
  });
});
