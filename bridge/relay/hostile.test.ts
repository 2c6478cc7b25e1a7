/**
 * Hostile handshakes, frames and envelopes over real sockets: each is refused with its code,
 * nothing of it reaches the gateway, and a good page is served before and after.
 */
import { request as httpRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CloseCode, ENVELOPES_MAX, FRAME_BYTES_MAX, REQUEST_CREDITS } from '../protocol.ts';
import { withDeadline } from '../sockets/testing/peer.ts';
import { CONNECTIONS_MAX, RATE } from './limits.ts';
import type { PageManners, TestPage } from './testing/page.ts';
import { type FakeGateway, Rig } from './testing/rig.ts';

let rig: Rig;
/** A bridge whose clock stands still. */
let frozen: Rig;
let gateway: FakeGateway;

beforeEach(async () => {
  rig = new Rig();
  gateway = await rig.gateway();
  await rig.start(gateway, { allowTrade: true });
  frozen = new Rig();
  frozen.nowMs = () => 0;
  await frozen.start(gateway);
});
afterEach(async () => {
  await frozen.stop();
  await rig.stop();
});

/** A good page pairs and gets its answer; the gateway has seen that one request and no other. */
async function expectService(): Promise<void> {
  const page = await rig.paired();
  expect(await page.ask(page.request('PING', { uuid: 'good' }))).toMatchObject([
    { outcome: 'answered', reply: { uuid: 'good' } },
  ]);
  expect(gateway.got).toEqual([{ action: 'PING', uuid: 'good' }]);
}

const own = (port: number): string => `127.0.0.1:${port}`;

describe('a handshake', () => {
  const refusals: readonly [string, number, (port: number) => PageManners][] = [
    ['no Origin', 403, () => ({ origin: undefined })],
    ['the Origin null', 403, () => ({ origin: 'null' })],
    ['another Origin', 403, () => ({ origin: 'https://example.com' })],
    ['our Origin by https', 403, (port) => ({ origin: `https://${own(port)}` })],
    ['our Origin with a path', 403, (port) => ({ origin: `http://${own(port)}/` })],
    ['an Origin that begins alike', 403, (port) => ({ origin: `http://${own(port)}.evil.com` })],
    ['an Origin that ends alike', 403, (port) => ({ origin: `http://evil-${own(port)}` })],
    ['the Origin of another port', 403, (port) => ({ origin: `http://${own(port + 1)}` })],
    ['our Origin in capitals', 403, (port) => ({ origin: `HTTP://${own(port)}` })],
    ['another Host', 421, (port) => ({ host: `evil.example.com:${port}` })],
    ['a Host of another port', 421, (port) => ({ host: own(port + 1) })],
    ['a Host without a port', 421, () => ({ host: '127.0.0.1' })],
    ['a Host that begins alike', 421, (port) => ({ host: `127.0.0.1.evil.com:${port}` })],
    ['another path', 404, () => ({ path: '/' })],
    ['a token in the address', 404, () => ({ path: '/bridge?token=abc' })],
    ['another subprotocol', 400, () => ({ subprotocol: 'interlock.v2' })],
  ];

  it.each(refusals)('with %s is refused', async (_, status, manners) => {
    const refused = await rig.page(manners(rig.port)).refused();
    expect(refused.status).toBe(status);
    expect(refused.text).toMatch(/^expected /);
    await expectService();
  });

  it.each(['localhost', '127.0.0.1', '[::1]'])('from the page at %s is let in', async (name) => {
    const authority = `${name}:${rig.port}`;
    const page = await rig.page({ host: authority, origin: `http://${authority}` }).opened();
    expect(page.socket.protocol).toBe('interlock.v1');
    // The client offers compression, and does not get it.
    expect(page.socket.extensions).toBe('');
  });

  it('beyond the connections that are allowed is refused, until one is closed', async () => {
    const pages = Array.from({ length: CONNECTIONS_MAX }, () => rig.page());
    await Promise.all(pages.map((page) => page.opened()));
    expect((await rig.page().refused()).status).toBe(503);
    pages[0]?.cut();
    await pages[0]?.closed;
    await Promise.all(pages.slice(1).map((page) => (page.cut(), page.closed)));
    await expectService();
  });
});

describe('the page', () => {
  const get = (host: string, path: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port: rig.port, path, headers: { host } };
      httpRequest(options, (answer) => resolve(answer.resume().statusCode ?? 0))
        .on('error', reject)
        .end();
    });

  it('is served to a Host of ours and no other; the socket path is no page', async () => {
    expect(await get(own(rig.port), '/')).toBe(200);
    expect(await get(`evil.example.com:${rig.port}`, '/')).toBe(421);
    expect(await get(own(rig.port), '/bridge')).toBe(426);
  });
});

describe('a first frame', () => {
  const hello = { v: 1, kind: 'hello', sid: '', seq: 1, id: 0, deadlineMs: 0 };
  const token = { ...hello, op: 'token', body: { token: 'A'.repeat(43) } };
  const ping = { ...hello, kind: 'request', id: 1, deadlineMs: 100, op: 'PING' };
  const asks = { ...ping, body: { uuid: 'x' } };
  const { unauthenticated, malformed, outOfOrder } = CloseCode;

  it.each([
    ['a wrong token', unauthenticated, [token]],
    ['an empty token', malformed, [{ ...token, body: { token: '' } }]],
    ['a token that is a number', malformed, [{ ...token, body: { token: 1 } }]],
    ['a wrong code', unauthenticated, [{ ...hello, op: 'pair', body: { code: 'AAAA-AAAA' } }]],
    ['a request instead', unauthenticated, [asks]],
    ['a request behind the hello', unauthenticated, [token, { ...asks, seq: 2 }]],
    ['a session of its own choice', outOfOrder, [{ ...token, sid: 'mine' }]],
    ['a later number', outOfOrder, [{ ...token, seq: 2 }]],
    ['an endpoint', malformed, [{ ...token, endpoint: 'tcp://10.0.0.1:1' }]],
    ['no envelope', malformed, []],
    ['no JSON', malformed, 'hello'],
  ])('with %s is refused', async (_, code, frame) => {
    const page = await rig.page().opened();
    page.send(frame);
    expect((await page.closed).code).toBe(code);
    await expectService();
  });

  it('that does not come closes the connection', async () => {
    const page = await rig.page().opened();
    const { code, reason } = await withDeadline(page.closed, 'expected to be closed');
    expect(code).toBe(unauthenticated);
    expect(reason).toContain('within 2000 ms');
    await expectService();
  });

  it('of guessed codes, one after the other, is stopped; the code is another then', async () => {
    const [first] = frozen.codes;
    const codes: number[] = [];
    for (let tries = 0; tries < 6; tries++) {
      const page = await frozen.page().opened();
      page.hello({ code: 'AAAA-AAAA' });
      codes.push((await page.closed).code);
    }
    expect(codes).toEqual([...Array<number>(5).fill(unauthenticated), CloseCode.tooMuch]);
    expect(frozen.codes).toHaveLength(2);
    expect(frozen.codes[1]).not.toBe(first);
  });
});

describe('a page with the token that sends', () => {
  const frames: readonly [string, number, (page: TestPage) => unknown][] = [
    ['a frame above the limit', CloseCode.tooLarge, () => ' '.repeat(FRAME_BYTES_MAX + 1)],
    [
      'half a frame',
      CloseCode.malformed,
      (page) => {
        const frame = JSON.stringify([page.request('PING', { uuid: 'x' })]);
        return frame.slice(0, -9);
      },
    ],
    [
      'a foreign operation',
      CloseCode.malformed,
      (page) => [{ ...page.request('PING', { uuid: 'x' }), op: 'EXEC' }],
    ],
    [
      'an endpoint of its own',
      CloseCode.malformed,
      (page) => [page.request('PING', { uuid: 'x', endpoint: 'tcp://10.0.0.1:5555' })],
    ],
    [
      'an envelope again',
      CloseCode.outOfOrder,
      (page) => {
        const once = page.request('PING', { uuid: 'x' });
        return [{ ...once, op: 'DISARM', body: {} }, once];
      },
    ],
    [
      'a request number again',
      CloseCode.outOfOrder,
      (page) => [page.request('DISARM', {}), { ...page.request('PING', { uuid: 'x' }), id: 1 }],
    ],
    [
      'another session',
      CloseCode.outOfOrder,
      (page) => [{ ...page.request('PING', { uuid: 'x' }), sid: 'another' }],
    ],
    [
      'a second hello',
      CloseCode.malformed,
      (page) => [
        {
          ...{ ...page.numbers.next(), kind: 'hello', id: 0, deadlineMs: 0, op: 'token' },
          body: { token: 'x' },
        },
      ],
    ],
    [
      'too many envelopes in a frame',
      CloseCode.malformed,
      (page) => Array.from({ length: ENVELOPES_MAX + 1 }, () => page.request('DISARM', {})),
    ],
    [
      'a volume in floating point',
      CloseCode.malformed,
      (page) => [
        page.request('OPEN', { uuid: 'x', symbol: 'A', type: 'BUY', volume: 0.1, price: '1' }),
      ],
    ],
  ];

  it.each(frames)('%s is cut off', async (_, code, frame) => {
    const page = await rig.paired();
    page.send(frame(page));
    expect((await page.closed).code).toBe(code);
    await expectService();
  });

  it('bytes instead of text is cut off', async () => {
    const page = await rig.paired();
    page.socket.send(Buffer.from([1, 2, 3]), { binary: true });
    expect((await page.closed).code).toBe(CloseCode.malformed);
    await expectService();
  });

  it('more than the rate is cut off', async () => {
    const page = await frozen.paired();
    const { burst } = RATE;
    // Of a clock that stands nothing comes back: pairing took two, a full frame takes 129.
    const full = Math.floor((burst - 2) / (ENVELOPES_MAX + 1));
    const left = burst - 2 - full * (ENVELOPES_MAX + 1);
    const frame = (length: number): unknown =>
      Array.from({ length }, () => page.request('DISARM', {}));
    for (let sent = 0; sent < full; sent++) page.send(frame(ENVELOPES_MAX));
    const last = frame(left - 1) as { readonly id: number }[];
    expect(await page.ask(...last)).toHaveLength(left - 1);
    page.send(frame(1));
    expect((await page.closed).code).toBe(CloseCode.tooMuch);
    await expectService();
  });

  it('a frame that comes twice, byte by byte, is cut off at the second', async () => {
    const page = await rig.paired();
    const frame = JSON.stringify([page.request('DISARM', {})]);
    page.send(frame);
    page.send(frame);
    expect((await page.closed).code).toBe(CloseCode.outOfOrder);
    await expectService();
  });
});

describe('a page with more requests than credits', () => {
  it('is cut off; with as many as it has all are answered', async () => {
    const silent = new Rig();
    try {
      const quiet = await silent.gateway(() => undefined);
      await silent.start(quiet);
      const page = await silent.paired();
      const many = Array.from({ length: REQUEST_CREDITS }, (_, n) =>
        page.request('PING', { uuid: `q-${n}` }),
      );
      page.send(many.slice(0, 100));
      page.send(many.slice(100));
      page.send([page.request('PING', { uuid: 'too-many' })]);
      expect((await page.closed).code).toBe(CloseCode.tooMuch);
      expect(quiet.got.length).toBeLessThanOrEqual(1);
    } finally {
      await silent.stop();
    }
    const page = await rig.paired();
    const many = Array.from({ length: REQUEST_CREDITS }, (_, n) =>
      page.request('PING', { uuid: `p-${n}` }),
    );
    const outcomes = await page.ask(...many);
    expect(outcomes.every(({ outcome }) => outcome === 'answered')).toBe(true);
    expect(gateway.got.map(({ uuid }) => uuid)).toEqual(many.map((_, n) => `p-${n}`));
  });
});
