/**
 * Exchanges a second of a worker in a browser with a gateway, through the page's own connection and
 * a bridge: one after the other, and with many under way, which share frames. A REQ socket has one
 * request under way at the gateway, a DEALER as many as come.
 *
 * Beside it the same worker says as much to a WebSocket that says it back at once: no bridge that
 * sends a frame a request can be faster than that. Known limit: browser, bridge and gateway share
 * the machine's processors.
 */
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import sirv from 'sirv';
import { WebSocketServer } from 'ws';
import { atLeast, type Claim, type Measurement } from '../claim.ts';
import { pingBridge } from '../ping-bridge.ts';
import { inBrowser, inBrowserAt, withBuiltPage } from './browser.ts';
import type { Exchanges } from './contract.ts';

const UNDER_WAY = 128;
const A_SECOND = 10_000;
const MS_PER_S = 1_000;

function measured({ count, ms, p50Us }: Exchanges): Measurement {
  const detail = { 'p50 us': p50Us, exchanges: count };
  return { value: (count / ms) * MS_PER_S, detail, isElsewhere: true };
}

function bridged(underWay: number, socket: 'req' | 'dealer'): Promise<Measurement> {
  return withBuiltPage(async (outDir) => {
    const files = sirv(outDir, { dev: true });
    const serve: RequestListener = (request, response) => void files(request, response);
    const bridge = await pingBridge(serve, socket);
    try {
      return await inBrowserAt(`http://127.0.0.1:${bridge.port}/`, async (page) => {
        const call = `bench.bridge(${JSON.stringify(bridge.code())}, ${underWay})`;
        return measured(await page.evaluate<Exchanges>(call));
      });
    } finally {
      await bridge.close();
    }
  });
}

function echoed(): Promise<Measurement> {
  return inBrowser(async (page) => {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
    await once(server, 'listening');
    server.on('connection', (socket) => {
      socket.on('message', (data: Buffer) => socket.send(data.toString()));
    });
    const { port } = server.address() as AddressInfo;
    const result = await page.evaluate<Exchanges>(`bench.echo('ws://127.0.0.1:${port}/')`);
    server.close();
    return measured(result);
  });
}

const OURS = `${UNDER_WAY} under way, DEALER`;

export const claim: Claim = {
  name: 'browser/bridge',
  says: 'A worker in a browser reaches its gateway ten thousand times a second.',
  unit: 'exchanges/s',
  better: 'more',
  goal: atLeast(OURS, A_SECOND, 'at least 10,000, many envelopes a frame'),
  rounds: 3,
  subjects: [
    { name: OURS, role: 'ours', measure: () => bridged(UNDER_WAY, 'dealer') },
    { name: `${UNDER_WAY} under way, REQ`, role: 'ours', measure: () => bridged(UNDER_WAY, 'req') },
    { name: 'one after the other, REQ', role: 'ours', measure: () => bridged(1, 'req') },
    { name: 'echo alone, one after the other', role: 'limit', measure: echoed },
  ],
};
