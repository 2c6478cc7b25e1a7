/**
 * The reference gateway behind a bridge: the engine asks as a page does, through a WebSocket, the
 * bridge's guards, pairing and arming, and a real REQ socket of the bridge.
 *
 * Invariants: what the gateway executed is stamped as it is heard, and its balance at the end is
 * its word on the ledger; a connection that ends cuts the run short. Known limit: engine, bridge
 * and gateway take turns on one processor, as in `own-end.ts`; the gateway has its own clock.
 */
import { randomInt } from 'node:crypto';
import {
  Action,
  Directory,
  EventKind,
  type GatewayReply,
  type LiveRun,
  NONE,
  type Problem,
  type Recollection,
  type Result,
  type Scenario,
  type SocketOptions,
  WireFills,
} from '../../sim/index.ts';
import { type Standalone, startGateway } from '../gateway/standalone.ts';
import { askOf, type Outcome } from '../protocol.ts';
import { Orders } from '../relay/orders.ts';
import { Secrets } from '../relay/secrets.ts';
import { type BridgeServer, startBridge } from '../relay/server.ts';
import { GatewayCodec } from '../sockets/gateway-codec.ts';
import { BridgedSocket } from './bridged-socket.ts';
import type { EndParts, FarEnd } from './far-end.ts';
import { type Hello, PageLine } from './page-line.ts';

const SEED_MAX = 2 ** 48 - 1;
const ASK_MS = 5_000;
/** Numbers of requests before and after the run; a run's own count upwards from 1. */
const OUTSIDE_REQUEST = 0x4000_0000;

/** What was opened for the far end, and has to be closed. */
interface Opened {
  readonly gateway: Standalone;
  readonly bridge: BridgeServer;
  readonly lines: PageLine[];
}

export class BridgedEnd implements FarEnd {
  readonly #parts: EndParts;
  readonly #scenario: Scenario;
  readonly #opened: Opened;
  readonly #directory: Directory;
  readonly #codec: GatewayCodec;
  readonly #fills: WireFills;
  readonly #unknown = new Map<string, number>();
  /** Opens a further connection of the same page. */
  readonly #token: string;
  #baselineCents = 0;
  #sockets = 0;
  #asked = 0;
  #run: LiveRun | undefined = undefined;

  private constructor(scenario: Scenario, parts: EndParts, opened: Opened, token: string) {
    this.#parts = parts;
    this.#scenario = scenario;
    this.#opened = opened;
    this.#token = token;
    this.#directory = new Directory(randomInt(SEED_MAX), namesOf(scenario));
    this.#codec = new GatewayCodec(this.#directory, parts.originUs);
    this.#fills = new WireFills(parts.recorder);
  }

  /** Starts gateway and bridge, pairs with it, and arms the scenario's symbols. */
  static async open(scenario: Scenario, parts: EndParts): Promise<Result<BridgedEnd, Problem>> {
    const crashed = (error: unknown): void => parts.kernel.fail(error);
    const place = { host: '127.0.0.1', port: 0, pubPort: 0 };
    const gateway = await startGateway({ scenario, place, crashed });
    let code = '';
    const nowMs = (): number => performance.now();
    const secrets = new Secrets((shown) => (code = shown), nowMs);
    const { requests, ticks } = gateway.addresses;
    const bridge = await startBridge({
      parts: {
        endpoint: { address: requests, curve: undefined },
        ticks: { address: ticks, curve: undefined },
        ...{ gateway: 'reference', symbols: namesOf(scenario), allowTrade: true },
        socket: 'req',
        ...{ secrets, orders: new Orders(), nowMs, crashed },
      },
      page: (_, response) => void response.writeHead(404).end(),
      ...{ port: 0, portsMore: 0, host: undefined },
    });
    const opened: Opened = { gateway, bridge, lines: [] };
    const line = await openLine(opened, scenario, { code });
    if (line.kind === 'error') return refused(opened, line.error);
    const end = new BridgedEnd(scenario, parts, opened, line.value.welcome.token ?? '');
    const balance = await end.#balance();
    if (balance === undefined) {
      const message = `expected a gateway that answers SYNC_ALL behind ${bridge.url}, got none`;
      return refused(opened, { code: 'unavailable', message });
    }
    end.#baselineCents = balance.account.balance;
    return { kind: 'ok', value: end };
  }

  /** Where the bridge is. */
  get address(): string {
    return this.#opened.bridge.url;
  }

  get unreadable(): GatewayCodec['unreadable'] {
    return this.#codec.unreadable;
  }

  createSocket(object: number, options: SocketOptions): BridgedSocket {
    const codec = this.#codec;
    const directory = this.#directory;
    const unknown = this.#unknown;
    this.#sockets += 1;
    return new BridgedSocket({
      ...{ ...this.#parts, object, options, codec, directory, unknown },
      line: this.#lineOf(this.#sockets),
      onRequest: (request) => this.#fills.onRequest(request),
      onReply: (task, reply) => this.#fills.onReply(task.id, reply),
    });
  }

  recollection(): Recollection | undefined {
    return undefined;
  }

  begun(run: LiveRun): void {
    this.#run = run;
  }

  betweenTurns(): void {
    // This gateway's books end with the process, so there is nothing to keep.
  }

  async lastWords(whole: boolean): Promise<() => void> {
    // A run that was cut short has orders under way, of which the books would say too much.
    const state = whole ? await this.#balance() : undefined;
    if (state === undefined) return () => {};
    return () => {
      this.#fills.onReply(NONE, state);
      if (this.#unknown.size > 0) return;
      const realised = state.account.balance - this.#baselineCents;
      this.#parts.recorder.stamp(EventKind.books, NONE, NONE, NONE, 0, 0, realised);
    };
  }

  async close(): Promise<void> {
    await closeAll(this.#opened);
  }

  /** Every socket has a connection, and so a REQ socket of the bridge, of its own. */
  async #lineOf(nth: number): Promise<PageLine | undefined> {
    const [first] = this.#opened.lines;
    const opened =
      nth > 1
        ? await openLine(this.#opened, this.#scenario, { token: this.#token })
        : ({ kind: 'ok', value: first } as const);
    const line = opened.kind === 'ok' ? opened.value : undefined;
    if (line === undefined) this.#run?.stop();
    line?.onGone(() => this.#run?.stop());
    return line;
  }

  async #balance(): Promise<Extract<GatewayReply, { kind: 'sync' }> | undefined> {
    this.#asked += 1;
    const request = {
      ...{ request: OUTSIDE_REQUEST + this.#asked, code: Action.SYNC_ALL, symbol: NONE },
      action: 'SYNC_ALL' as const,
    };
    const { op, body } = askOf(this.#codec.encode(request));
    const outcome = await this.#opened.lines[0]?.ask(op, body, ASK_MS);
    if (outcome?.outcome !== 'answered') return undefined;
    const reply = this.#codec.decode(JSON.stringify(outcome.reply), request);
    return reply.kind === 'sync' ? reply : undefined;
  }
}

function namesOf({ symbols }: Scenario): readonly string[] {
  return symbols.map(({ name }) => name);
}

/** Connects, leaves the lock to the engine, and arms what it trades. */
async function openLine(
  { bridge, lines }: Opened,
  scenario: Scenario,
  hello: Hello,
): Promise<Result<PageLine, Problem>> {
  const opened = await PageLine.open(bridge.url, hello);
  if (opened.kind === 'error') return opened;
  const line = opened.value;
  lines.push(line);
  const { endpoint } = line.welcome;
  const asked = [
    await line.ask('LOCK', { lock: 'none' }, ASK_MS),
    await line.ask('ARM', { endpoint, symbols: namesOf(scenario) }, ASK_MS),
  ];
  if (asked.every((outcome) => outcome?.outcome === 'done')) return opened;
  const message = `expected a bridge that arms the symbols, got ${asked.map(wordsOf).join(', ')}`;
  return { kind: 'error', error: { code: 'unavailable', message } };
}

function wordsOf(outcome: Outcome | undefined): string {
  if (outcome === undefined) return 'the end of the connection';
  return 'message' in outcome ? outcome.message : outcome.outcome;
}

async function refused(opened: Opened, error: Problem): Promise<Result<never, Problem>> {
  await closeAll(opened);
  return { kind: 'error', error };
}

async function closeAll({ gateway, bridge, lines }: Opened): Promise<void> {
  for (const line of lines) line.close();
  await bridge.close();
  await gateway.close();
}
