/**
 * A simulated gateway on a bench: kernel, loopback, desk and gateway, asked one request at a time.
 *
 * Virtual time passes only while a request is under way. Sound settings unless a test says
 * otherwise.
 */
import { assertExists } from '../../base/assert.ts';
import { Kernel } from '../../kernel/kernel.ts';
import { fifoOracle } from '../../kernel/oracle.ts';
import { sleep, type TaskBody, type TaskRef } from '../../kernel/task.ts';
import { type EventKind, keepEvent, NONE, type TraceEvent } from '../../trace/event.ts';
import { Recorder } from '../../trace/recorder.ts';
import { eventsOf } from '../../trace/segment.ts';
import { type DeskOptions, TradingDesk } from '../desk.ts';
import { Gateway, type GatewayOptions } from '../gateway.ts';
import {
  createMarket,
  type MarketOptions,
  type RandomWalkMarketOptions,
  type ReferenceMarketOptions,
} from '../market.ts';
import type { GatewayReply, GatewayRequest } from '../protocol.ts';
import { Loopback } from './loopback.ts';

export const REFERENCE_MARKET: ReferenceMarketOptions = {
  kind: 'reference',
  skipPerMillion: 500_000,
  pnlCents: [-10_000, 20_000],
  exposureBp: [10, 50],
};

export const WALK_MARKET: RandomWalkMarketOptions = {
  kind: 'random-walk',
  pricePoints: 6_000_000,
  stepPoints: 500,
  stepUs: 10_000,
  spreadPoints: 100,
  commissionCents: 7,
  skipPerMillion: 500_000,
  exposureBp: [10, 50],
};

export const SOUND_ENDPOINT: DeskOptions & GatewayOptions = {
  serviceUs: [1_000, 3_000],
  pumpUs: 0,
  dedupe: true,
  books: 'exact',
  queryErrorPerMillion: 0,
  faults: { stalls: [] },
};

export const BALANCE_CENTS = 1_000_000;

export interface RigSetup {
  readonly seed?: number;
  readonly markets: Readonly<Record<string, MarketOptions>>;
  readonly endpoint?: Partial<DeskOptions & GatewayOptions>;
}

export class Rig {
  readonly recorder = new Recorder({ keep: true, readers: [] });
  readonly kernel: Kernel;
  readonly socket: Loopback;
  readonly desk: TradingDesk;
  readonly gateway: Gateway;
  readonly task: TaskRef;

  constructor({ seed = 127, markets, endpoint = {} }: RigSetup) {
    const timeLimitUs = Number.MAX_SAFE_INTEGER;
    const { recorder } = this;
    this.kernel = new Kernel({
      clock: recorder,
      oracle: fifoOracle,
      timing: 'virtual',
      timeLimitUs,
    });
    this.socket = new Loopback(this.kernel);
    const options = { ...SOUND_ENDPOINT, ...endpoint };
    const symbolNames = Object.keys(markets);
    const symbols = Object.entries(markets).map(([name, market]) => ({
      name,
      market: createMarket(seed, name, market),
    }));
    const balanceCents = BALANCE_CENTS;
    this.desk = new TradingDesk({ seed, recorder, symbols, balanceCents, options });
    this.gateway = new Gateway({
      ...{ seed, recorder, symbolNames, options },
      ...{ driver: this.kernel, socket: this.socket, desk: this.desk },
    });
    this.task = this.kernel.spawn('gateway', NONE, 'daemon', (self) => this.gateway.serve(self));
    this.kernel.spawn('keep-alive', NONE, 'worker', keepAlive);
  }

  /** Lets everything happen that is due up to `timeUs`. */
  runUntil(timeUs: number): void {
    let reached = false;
    this.kernel.after(timeUs - this.kernel.nowUs, () => {
      reached = true;
    });
    while (!reached) this.kernel.run(1);
  }

  /** Sends a request and waits for the next reply. */
  ask(request: GatewayRequest): GatewayReply {
    const before = this.socket.replies.length;
    this.socket.put(request);
    while (this.socket.replies.length === before) this.kernel.run(1);
    return assertExists(this.socket.replies[before], 'expected a reply');
  }

  /** The events so far of one kind. */
  events(kind: EventKind): TraceEvent[] {
    this.recorder.finish();
    const events: TraceEvent[] = [];
    for (const event of eventsOf(this.recorder.segments)) {
      if (event.kind === kind) events.push(keepEvent(event));
    }
    return events;
  }
}

function* keepAlive(): TaskBody {
  for (;;) yield sleep(1_000_000_000);
}
