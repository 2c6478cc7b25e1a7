/**
 * The engine's client where a bridge stands between: its requests go by the page's connection, and
 * what the bridge's REQ socket does with them is stamped as if the socket stood here.
 *
 * Invariants: an order goes once; a question is asked again up to the client's attempts; what the
 * gateway executed is stamped before anybody acts on it, once. An order of unknown outcome stays so
 * until the gateway lists it, or lists others after the order could no longer begin. Known limit:
 * stamps are of the page's clock, so an exchange looks as long as it is from here.
 */
import {
  Action,
  type Deal,
  type Directory,
  type ExchangeResult,
  GatewayCodec,
  type GatewayReply,
  type GatewayRequest,
  NONE,
  type Position,
  type RealTimeKernel,
  type Recorder,
  SteppedClient,
  type TaskRef,
  type Unreadable,
  WireFills,
} from '../../sim/index.ts';
import { askOf, DEADLINE_MS_MAX, type Outcome, type TickBody } from '../../bridge/protocol.ts';
import { BridgeCalls, type Later } from './bridge-calls.ts';
import { BridgeSteps } from './bridge-steps.ts';
import type { FromGateway, ToGateway } from './contract.ts';
import type { PortEnd } from './link-door.ts';
import { SocketStamps } from './socket-stamps.ts';

export interface BridgeClientParts {
  readonly kernel: RealTimeKernel;
  readonly recorder: Recorder;
  /** A port of `BridgeLink.openPort`, by `portEnd`. */
  readonly port: PortEnd<FromGateway, ToGateway>;
  /** Names of symbols, and uuids that no earlier run of anybody had: draw its seed at random. */
  readonly directory: Directory;
  readonly clock: {
    /** The instant that time 0 of the run stands for, in microseconds since 1970. */
    readonly originUs: () => number;
    readonly unixNowUs: () => number;
    readonly later: Later;
  };
  /** The socket's number in the trace. */
  readonly object: number;
  readonly options: BridgeClientOptions;
  /** The connection is lost, or there again. */
  readonly onLink?: (isThere: boolean) => void;
  /** The bridge did not let a request through: its symbol is not armed, or the like. */
  readonly onRefused?: (code: string, message: string) => void;
}

export interface BridgeClientOptions {
  /** How long the bridge may take for an exchange, lock included, in microseconds. */
  readonly timeoutUs: number;
  /** How often a question is asked, at least once, and the pause between, in microseconds. */
  readonly attempts: number;
  readonly backoffUs: number;
}

/** A question that may be asked outside a run. */
export type OutsideQuestion = 'PING' | 'GET_ACCOUNT' | 'SYNC_ALL';

const US_PER_MS = 1_000;
/** Numbers of requests outside the run; a run's own count upwards from 1. */
const OUTSIDE_REQUEST = 0x4000_0000;
const RESOLVE_MS = 5_000;

export class BridgeClient extends SteppedClient<GatewayRequest, GatewayReply> {
  readonly #parts: BridgeClientParts;
  readonly #codec: GatewayCodec;
  readonly #fills: WireFills;
  readonly #calls: BridgeCalls;
  readonly #stamps: SocketStamps;
  readonly #deadlineMs: number;
  /** Orders of unknown outcome by uuid, with the time from which they cannot begin. */
  readonly #unknown = new Map<string, number>();
  #outside = OUTSIDE_REQUEST;

  constructor(parts: BridgeClientParts) {
    super();
    const { port, recorder, object, directory, clock, options } = parts;
    this.#parts = parts;
    this.#codec = new GatewayCodec(directory, clock);
    this.#fills = new WireFills(recorder);
    this.#calls = new BridgeCalls(port, clock.later, (isThere) => parts.onLink?.(isThere));
    this.#stamps = new SocketStamps(recorder, object);
    const deadlineMs = Math.ceil(options.timeoutUs / US_PER_MS);
    this.#deadlineMs = Math.min(DEADLINE_MS_MAX, Math.max(1, deadlineMs));
  }

  /** Replies that could not be read, and why. */
  get unreadable(): Unreadable {
    return this.#codec.unreadable;
  }

  /** How many orders there are of which this client does not know what became. */
  get unknown(): number {
    return this.#unknown.size;
  }

  protected override makeSteps(task: TaskRef): BridgeSteps {
    const { attempts, backoffUs } = this.#parts.options;
    return new BridgeSteps({
      ...{ task, attempts, backoffUs },
      place: (request, settle) => this.#place(task, request, settle),
    });
  }

  /**
   * Asks the gateway outside the run, before its first step or after its last; undefined if no
   * answer came. Nothing of it is stamped. The state of the account is asked for symbol by symbol,
   * because all of it may be longer than a reply may be.
   */
  async ask(action: OutsideQuestion): Promise<GatewayReply | undefined> {
    if (action !== 'SYNC_ALL') return this.#ask(action, NONE);
    const { directory } = this.#parts;
    const positions = new Map<number, Position>();
    const deals = new Map<number, Deal>();
    let last: Extract<GatewayReply, { readonly kind: 'sync' }> | undefined;
    for (let symbol = 0; directory.symbolName(symbol) !== undefined; symbol++) {
      const reply = await this.#ask(action, symbol);
      if (reply?.kind !== 'sync') return undefined;
      // Some gateways list everything, whoever asks.
      for (const position of reply.positions) positions.set(position.ticket, position);
      for (const deal of reply.deals) deals.set(deal.ticket, deal);
      last = reply;
    }
    return last && { ...last, positions: [...positions.values()], deals: [...deals.values()] };
  }

  async #ask(action: OutsideQuestion, symbol: number): Promise<GatewayReply | undefined> {
    this.#outside += 1;
    const request = { request: this.#outside, code: Action[action], symbol, action };
    const outcome = await new Promise<Outcome>((settle) => {
      this.#calls.ask(askOf(this.#codec.encode(request)), this.#deadlineMs, settle);
    });
    if (outcome.outcome !== 'answered') return undefined;
    const reply = this.#codec.decode(JSON.stringify(outcome.reply), request);
    return reply.kind === 'failed' ? undefined : reply;
  }

  /** Stamps executions of the run that a reply from outside it lists, and that nobody heard of. */
  hear(reply: GatewayReply): void {
    this.#fills.onReply(NONE, reply);
  }

  /** Has the prices of `symbols` given to `take`, `credits` at most on their way. */
  subscribe(symbols: readonly string[], credits: number, take: (tick: TickBody) => void): void {
    this.#calls.subscribe(symbols, credits, take);
  }

  /** Sends one attempt; `settle` is called within a step of the kernel. */
  #place(
    task: TaskRef,
    request: GatewayRequest,
    settle: (result: ExchangeResult<GatewayReply>) => void,
  ): void {
    const { kernel } = this.#parts;
    this.#fills.onRequest(request);
    const exchange = this.#stamps.begin(task, request, this.#calls.isThere);
    const settled = kernel.await();
    this.#calls.ask(askOf(this.#codec.encode(request)), this.#deadlineMs, (outcome) =>
      kernel.outside(() => {
        const reply = this.#readIn(task, request, outcome);
        settle(exchange.end(outcome, reply));
        kernel.wake(task);
        settled();
      }),
    );
  }

  /** Takes in what an outcome tells of orders and executions; gives the reply, if it is one. */
  #readIn(task: TaskRef, request: GatewayRequest, outcome: Outcome): GatewayReply | undefined {
    if (outcome.outcome === 'refused') this.#parts.onRefused?.(outcome.code, outcome.message);
    if (outcome.outcome === 'unknown' && 'order' in request) {
      const uuid = this.#parts.directory.uuidOfOrder(request.order);
      this.#unknown.set(uuid, request.validUntilUs);
    }
    if (outcome.outcome !== 'answered') return undefined;
    const reply = this.#codec.decode(JSON.stringify(outcome.reply), request);
    this.#fills.onReply(task.id, reply);
    if (reply.kind === 'sync') this.#resolve(outcome.resolved);
    return reply;
  }

  /**
   * The gateway said what it executed. An order that is not among that, and that it may not begin
   * on any more, was not executed: the bridge is told, since it lets nothing else of the symbol
   * pass.
   */
  #resolve(executed: readonly string[]): void {
    for (const uuid of executed) this.#unknown.delete(uuid);
    for (const [uuid, validUntilUs] of this.#unknown) {
      if (this.#parts.recorder.nowUs < validUntilUs) continue;
      this.#unknown.delete(uuid);
      const body = { uuid, as: 'not-executed' };
      this.#calls.ask({ op: 'RESOLVE', body }, RESOLVE_MS, () => {});
    }
  }
}
