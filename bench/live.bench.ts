/**
 * Exchanges a second over a real socket: our client beside bare zeromq.js, one process, one
 * machine.
 *
 * Both send the same PING text and get the same reply text from a REP in the same process, one
 * exchange after the other over TCP on the loopback. Ours does what an engine's exchange does: the
 * Lazy Pirate client on the real-time kernel, JSON written and read, every send and receive
 * stamped. Known limit: asker and answerer share a processor, so neither figure is what two
 * processes reach.
 */
import { Reply, Request } from 'zeromq';
import { type Codec, processClock, ReqEndpoint } from '../bridge/index.ts';
import {
  Action,
  Directory,
  formatReply,
  formatRequest,
  type GatewayReply,
  type GatewayRequest,
  LazyPirate,
  NONE,
  parseReply,
  RealTimeKernel,
  Recorder,
  ReplyStatus,
  type SocketOptions,
  TraceDigest,
} from '../sim/index.ts';
import type { Claim, Measurement } from './claim.ts';

const WARM_UP = 2_000;
const EXCHANGES = 20_000;
const SEED = 127;
const US_PER_S = 1_000_000;

function ping(request: number): GatewayRequest {
  return { request, code: Action.PING, symbol: NONE, action: 'PING' };
}

/** A REP that has its one answer ready. */
async function answerer(): Promise<{ readonly socket: Reply; readonly address: string }> {
  const directory = new Directory(SEED, []);
  const stamp = { serverMs: 1_800_000_000_000, latencyMs: 0 };
  const socket = new Reply({ linger: 0 });
  await socket.bind('tcp://127.0.0.1:*');
  void (async () => {
    // The number is read off the request, as little work as an answer can be.
    for await (const [frame] of socket) {
      const { request } = JSON.parse(String(frame)) as { request: number };
      const pong = { request, code: ReplyStatus.ok, symbol: NONE, kind: 'pong' } as const;
      await socket.send(formatReply(pong, ping(request), directory, stamp));
    }
  })();
  return { socket, address: socket.lastEndpoint ?? '' };
}

/** Times of single exchanges in microseconds, as figures. */
function measured(timesUs: number[]): Measurement {
  const sorted = [...timesUs].sort((x, y) => x - y);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? NaN;
  const total = timesUs.reduce((sum, us) => sum + us, 0);
  const detail = { 'p50 us': at(0.5), 'p99 us': at(0.99), samples: timesUs.length };
  return { value: (timesUs.length * US_PER_S) / total, detail };
}

async function bare(): Promise<Measurement> {
  const { socket, address } = await answerer();
  const request = new Request({ linger: 0 });
  request.connect(address);
  const directory = new Directory(SEED, []);
  const timesUs: number[] = [];
  for (let n = 1; n <= WARM_UP + EXCHANGES; n++) {
    const text = formatRequest(ping(n), directory, 0);
    const startUs = processClock.nowUs();
    await request.send(text);
    await request.receive();
    if (n > WARM_UP) timesUs.push(processClock.nowUs() - startUs);
  }
  request.close();
  socket.close();
  return measured(timesUs);
}

/** The codec of an engine's socket, without the clock of a run. */
function codec(): Codec<GatewayRequest, GatewayReply> {
  const directory = new Directory(SEED, []);
  return {
    encode: (request) => formatRequest(request, directory, 0),
    decode: (text, awaited) => {
      const parsed = parseReply(text, awaited, directory);
      if (parsed.kind === 'error') throw new Error(parsed.error.message);
      return parsed.value;
    },
  };
}

async function ours(): Promise<Measurement> {
  const { socket, address } = await answerer();
  const digest = new TraceDigest();
  const recorder = new Recorder({ keep: false, readers: [digest.read] });
  const wall = processClock;
  const kernel = new RealTimeKernel({ clock: recorder, wall, timeLimitUs: Infinity });
  const options: SocketOptions = {
    profile: 'zeromq.js',
    sendTimeoutUs: 2 * US_PER_S,
    receiveTimeoutUs: 2 * US_PER_S,
    lingerUs: 0,
    immediate: false,
    relaxed: false,
    correlate: false,
  };
  const parts = { kernel, recorder, address, options, object: 0, codec: codec() };
  const endpoint = new ReqEndpoint(parts);
  const client = new LazyPirate(kernel, endpoint, { attempts: 3, backoffUs: 0, reopen: 'always' });
  const timesUs: number[] = [];
  let n = 0;
  kernel.spawn('client', NONE, 'worker', function* (self) {
    while (n < WARM_UP + EXCHANGES) {
      n += 1;
      const startUs = processClock.nowUs();
      const result = yield* client.exchange(self, true, () => ping(n));
      if (result.kind !== 'reply') throw new Error(`expected a reply, got ${result.kind}`);
      if (n > WARM_UP) timesUs.push(processClock.nowUs() - startUs);
    }
  });
  await new Promise<void>((resolve, reject) => {
    kernel.start((end) => {
      if (end.kind === 'over') resolve();
      else reject(end.error instanceof Error ? end.error : new Error(String(end.error)));
    });
  });
  endpoint.dispose();
  socket.close();
  return measured(timesUs);
}

const OURS = 'interlock, stamped';
const BARE = 'bare zeromq.js 6.8.0';
const SHARE = 0.6;

export const claim: Claim = {
  name: 'live',
  says: 'An engine’s exchange over a real socket costs little more than the socket itself.',
  unit: 'exchanges/s',
  better: 'more',
  goal: {
    text: `at least ${SHARE} of bare zeromq.js`,
    holds: (medians) => (medians.get(OURS) ?? 0) >= SHARE * (medians.get(BARE) ?? Infinity),
  },
  rounds: 3,
  subjects: [
    { name: OURS, role: 'ours', measure: ours },
    { name: BARE, role: 'limit', measure: bare },
  ],
};
