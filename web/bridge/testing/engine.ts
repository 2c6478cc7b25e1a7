/** Tasks that ask a gateway through a page's connection, and what they leave in a trace. */
import {
  Action,
  Directory,
  EventKind,
  type GatewayRequest,
  newView,
  ObjectId,
  readEvent,
  RealTimeKernel,
  Recorder,
  type TaskBody,
  type TaskRef,
  type TraceEvent,
} from '../../../sim/index.ts';
import { BridgeClient } from '../bridge-client.ts';
import type { FromGateway, ToGateway } from '../contract.ts';
import type { LinkHost } from '../link-host.ts';
import { portPair } from './doors.ts';

export const SYMBOLS: readonly string[] = ['BTCUSD.s', 'ETHUSD.s', 'XAUUSD.s'];
const US_PER_MS = 1_000;

function later(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
}

/** A run of tasks on a client of the page's connection. */
export class TestEngine {
  readonly events: TraceEvent[] = [];
  readonly recorder = new Recorder({
    keep: false,
    readers: [
      (segment) => {
        for (let at = 0; at < segment.size; at++) {
          const view = newView();
          readEvent(segment, at, view);
          this.events.push(view);
        }
      },
    ],
  });
  readonly links: boolean[] = [];
  readonly refused: string[] = [];
  #originUs = Date.now() * US_PER_MS;
  readonly kernel = new RealTimeKernel({
    clock: this.recorder,
    wall: {
      nowUs: () => performance.now() * US_PER_MS,
      later: (us, callback) => later(us / US_PER_MS, callback),
    },
    timeLimitUs: Infinity,
  });
  readonly client: BridgeClient;
  #requests = 0;

  constructor(host: LinkHost, seed: number, timeoutUs = 2_000_000, symbols = SYMBOLS) {
    const [near, far] = portPair<FromGateway, ToGateway>();
    host.openPort(far);
    this.client = new BridgeClient({
      ...{ kernel: this.kernel, recorder: this.recorder, port: near },
      directory: new Directory(seed, symbols),
      clock: {
        originUs: () => this.#originUs,
        unixNowUs: () => Date.now() * US_PER_MS,
        later,
      },
      object: ObjectId.socket,
      options: { timeoutUs, attempts: 2, backoffUs: 0 },
      onLink: (isThere) => this.links.push(isThere),
      onRefused: (code) => this.refused.push(code),
    });
  }

  ping(symbol: number): GatewayRequest {
    this.#requests += 1;
    return { request: this.#requests, code: Action.PING, symbol, action: 'PING' };
  }

  sync(symbol: number): GatewayRequest {
    this.#requests += 1;
    return { request: this.#requests, code: Action.SYNC_ALL, symbol, action: 'SYNC_ALL' };
  }

  open(symbol: number, order: number, validUs = 500_000): GatewayRequest {
    this.#requests += 1;
    const trade = { side: 'BUY', volumeMilli: 10, roundTrip: true, exposureBp: 10 } as const;
    return {
      ...{ request: this.#requests, code: Action.OPEN, symbol, action: 'OPEN', order },
      ...{ ...trade, validUntilUs: this.recorder.nowUs + validUs, signal: order },
    };
  }

  spawn(symbol: number, body: (self: TaskRef) => TaskBody): void {
    this.kernel.spawn(`symbol ${symbol}`, symbol, 'worker', body);
  }

  /** Runs to the end; gives the events by the names of their kinds. */
  async run(): Promise<string[]> {
    this.#originUs = Date.now() * US_PER_MS;
    await new Promise<void>((resolve, reject) =>
      this.kernel.start((end) => {
        if (end.kind === 'crashed') reject(new Error('a step failed', { cause: end.error }));
        else resolve();
      }),
    );
    this.recorder.finish();
    const names = Object.entries(EventKind);
    return this.events.map(({ kind }) => names.find(([, one]) => one === kind)?.[0] ?? '?');
  }
}
