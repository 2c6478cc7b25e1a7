/**
 * Latency over a real socket at four symbols, as the one who waits has it: from when a signal was
 * due, not from when there was time for it, with every time-out counted.
 *
 * Signals come by the clock, whatever became of those before (an open loop); a loop that waits for
 * its answer before it asks again leaves out what it kept waiting. The far end is slow from time to
 * time, so that receives do time out and are asked again. No percentile is told of fewer than 1,000
 * samples. Known limit: asker and answerer share a process.
 */
import { Reply } from 'zeromq';
import { type Codec, processClock, ReqEndpoint } from '../bridge/index.ts';
import {
  Action,
  Directory,
  EventKind,
  formatReply,
  formatRequest,
  type GatewayReply,
  type GatewayRequest,
  LazyPirate,
  LockGuard,
  LOCKS,
  ObjectId,
  parseReply,
  RealTimeKernel,
  Recorder,
  ReplyStatus,
  type Segment,
  sleep,
  type SocketOptions,
  type TaskBody,
  type TaskRef,
} from '../sim/index.ts';
import { atMost, type Claim, type Measurement } from './claim.ts';

const SYMBOLS = 4;
const SIGNALS = 400;
const SAMPLES_MIN = 1_000;
const PERIOD_US = 10_000;
const SLOW_EVERY = 200;
const SLOW_MS = 30;
const TIMEOUT_US = 20_000;
const LATENCY_MS_MAX = 100;
const US_PER_MS = 1_000;
const SEED = 127;

const ask = (request: number, symbol: number): GatewayRequest => ({
  ...{ request, code: Action.PING, symbol, action: 'PING' },
});

/** A REP that is slow for every so many requests. */
async function answerer(directory: Directory): Promise<Reply> {
  const socket = new Reply({ linger: 0 });
  await socket.bind('tcp://127.0.0.1:*');
  const stamp = { serverMs: 1_800_000_000_000, latencyMs: 0 };
  void (async () => {
    let n = 0;
    for await (const [frame] of socket) {
      const { request } = JSON.parse(String(frame)) as { request: number };
      n += 1;
      if (n % SLOW_EVERY === 0) await new Promise((done) => setTimeout(done, SLOW_MS));
      const pong = { request, code: ReplyStatus.ok, symbol: 0, kind: 'pong' } as const;
      await socket.send(formatReply(pong, ask(request, 0), directory, stamp));
    }
  })();
  return socket;
}

function codecOf(directory: Directory): Codec<GatewayRequest, GatewayReply> {
  return {
    encode: (request) => formatRequest(request, directory, 0),
    decode: (text, request) => {
      const parsed = parseReply(text, request, directory);
      if (parsed.kind === 'error') throw new Error(parsed.error.message);
      return parsed.value;
    },
  };
}

const OPTIONS: SocketOptions = {
  profile: 'zeromq.js',
  ...{ sendTimeoutUs: TIMEOUT_US, receiveTimeoutUs: TIMEOUT_US, lingerUs: 0 },
  ...{ immediate: false, relaxed: false, correlate: false },
};

interface Waits {
  /** Of all signals, in microseconds. */
  readonly waitsUs: number[];
  readonly timeouts: number;
  /** Exchanges that came to nothing after all attempts; their wait counts too. */
  readonly failed: number;
}

async function waits(): Promise<Waits> {
  const symbols = Array.from({ length: SYMBOLS }, (_, n) => `S${n}`);
  const directory = new Directory(SEED, symbols);
  const far = await answerer(directory);
  let timeouts = 0;
  const count = (segment: Segment): void => {
    const kinds = segment.head.subarray(0, segment.size);
    for (const head of kinds) if ((head & 255) === EventKind.socketError) timeouts += 1;
  };
  const recorder = new Recorder({ keep: false, readers: [count] });
  const kernel = new RealTimeKernel({ clock: recorder, wall: processClock, timeLimitUs: Infinity });
  const endpoint = new ReqEndpoint({
    ...{ kernel, recorder, address: far.lastEndpoint ?? '', options: OPTIONS },
    ...{ object: ObjectId.socket, codec: codecOf(directory) },
  });
  const client = new LazyPirate(kernel, endpoint, { attempts: 3, backoffUs: 0, reopen: 'always' });
  let holds = 0;
  const options = { object: ObjectId.socket, timeoutUs: Infinity, leaseUs: 0 };
  const lock = new LockGuard(LOCKS.fifo, kernel, recorder, options, () => ++holds);
  const waitsUs: number[] = [];
  let failed = 0;
  let requests = 0;
  function* loop(self: TaskRef): TaskBody {
    for (let n = 1; n <= SIGNALS; n++) {
      const dueUs = n * PERIOD_US + (self.symbol * PERIOD_US) / SYMBOLS;
      if (kernel.nowUs < dueUs) yield sleep(dueUs - kernel.nowUs);
      const hold = lock.request(self);
      while (hold.state === 'waiting') yield { kind: 'park', timeoutUs: Infinity };
      const result = yield* client.exchange(self, true, () => ask(++requests, self.symbol));
      lock.release(hold, self);
      if (result.kind !== 'reply') failed += 1;
      waitsUs.push(kernel.nowUs - dueUs);
    }
  }
  symbols.forEach((name, symbol) => kernel.spawn(name, symbol, 'worker', loop));
  await new Promise<void>((resolve, reject) => {
    kernel.start((end) => {
      if (end.kind === 'over') resolve();
      else reject(end.error instanceof Error ? end.error : new Error(String(end.error)));
    });
  });
  recorder.finish();
  endpoint.dispose();
  far.close();
  return { waitsUs, timeouts, failed };
}

async function measure(): Promise<Measurement> {
  const { waitsUs, timeouts, failed } = await waits();
  const sorted = [...waitsUs].sort((x, y) => x - y);
  if (sorted.length < SAMPLES_MIN) {
    throw new Error(`expected at least ${SAMPLES_MIN} samples, got ${sorted.length}`);
  }
  const ms = (share: number): number =>
    (sorted[Math.ceil(sorted.length * share) - 1] ?? NaN) / US_PER_MS;
  const detail = { 'p50 ms': ms(0.5), 'max ms': ms(1), samples: sorted.length, timeouts, failed };
  return { value: ms(0.99), detail };
}

export const claim: Claim = {
  name: 'live-latency',
  says: 'Four symbols on one real socket wait little, seen from when each signal was due.',
  unit: 'ms, 99th percentile',
  better: 'less',
  goal: atMost('interlock, four symbols', LATENCY_MS_MAX, `at most ${LATENCY_MS_MAX} ms`),
  rounds: 3,
  subjects: [{ name: 'interlock, four symbols', role: 'ours', measure }],
};
