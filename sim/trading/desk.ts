/**
 * The gateway's trading desk: answers a request at once, keeps positions, deals and books.
 *
 * Invariant: every execution is stamped as one `fill`, entered in the books once and remembered, in
 * one atomic step. With `dedupe` an order that comes again gets the answer of its first execution;
 * without, it is executed again. How long an answer takes, and whether it arrives, is the gateway's
 * affair.
 */
import { assertUnreachable } from '../base/assert.ts';
import { Decimal, postCents } from '../base/money.ts';
import { RandomStream } from '../base/random.ts';
import { EventKind, NONE, ReplyStatus } from '../trace/event.ts';
import type { Recorder } from '../trace/recorder.ts';
import { Books, type BooksRule } from './books.ts';
import { Deals, type RememberedDeal } from './deals.ts';
import type { Market } from './market.ts';
import { Positions } from './positions.ts';
import {
  type Account,
  type ErrorCode,
  type GatewayReply,
  type GatewayRequest,
  type Position,
  VOLUME_MILLI_MAX,
} from './protocol.ts';

const BP_PER_WHOLE = 10_000;
const CENTS_PER_UNIT = 100;

/** How the desk behaves, named as in the scenario's `endpoint`. */
export interface DeskOptions {
  /** Recognises an order that it has executed, and repeats its answer. */
  readonly dedupe: boolean;
  readonly books: BooksRule;
  /** Account and position queries that fail, parts per million. */
  readonly queryErrorPerMillion: number;
}

export interface DeskSymbol {
  readonly name: string;
  readonly market: Market;
}

export interface DeskParts {
  readonly seed: number;
  readonly recorder: Recorder;
  readonly symbols: readonly DeskSymbol[];
  /** The account's balance at the start. */
  readonly balanceCents: number;
  readonly options: DeskOptions;
}

type Open = Extract<GatewayRequest, { action: 'OPEN' }>;
type Close = Extract<GatewayRequest, { action: 'CLOSE' }>;
/** A request that changes nothing. */
type Query = Exclude<GatewayRequest, Open | Close>;

/** What the desk keeps for one symbol. */
interface Row {
  readonly symbol: number;
  readonly market: Market;
  readonly deals: Deals;
  readonly positions: Positions;
  readonly queryError: RandomStream;
  /** The signal of the next new order that does not name its own. */
  ownSignal: number;
}

export class TradingDesk {
  readonly #recorder: Recorder;
  readonly #options: DeskOptions;
  readonly #balanceCents: number;
  readonly #rows: readonly Row[];
  readonly #queryError: RandomStream;
  readonly #books: Books;
  #lastTicket = 0;

  constructor(parts: DeskParts) {
    this.#recorder = parts.recorder;
    this.#options = parts.options;
    this.#balanceCents = parts.balanceCents;
    this.#books = new Books(parts.symbols.length, parts.options.books);
    this.#queryError = new RandomStream(parts.seed, '', 'query-error');
    this.#rows = parts.symbols.map(({ name, market }, symbol) => ({
      symbol,
      market,
      deals: new Deals(),
      positions: new Positions(symbol, market),
      queryError: new RandomStream(parts.seed, name, 'query-error'),
      ownSignal: 0,
    }));
  }

  /**
   * Does what a request asks and answers it. `beganUs` is when the work on it began, `task` whose
   * events it causes.
   */
  answer(request: GatewayRequest, beganUs: number, task: number): GatewayReply {
    switch (request.action) {
      case 'OPEN':
        return this.#open(request, beganUs, task);
      case 'CLOSE':
        return this.#close(request, beganUs, task);
      case 'PING':
      case 'GET_ACCOUNT':
      case 'GET_POSITIONS':
      case 'SYNC_ALL':
        return this.#query(request, task);
      default:
        return assertUnreachable(request);
    }
  }

  /** Stamps the books of every symbol and of the account: the gateway's last word. */
  stampBooks(task: number): void {
    for (const row of this.#rows) this.#books.stampSymbol(this.#recorder, task, row.symbol);
    this.#books.stampAccount(this.#recorder, task);
  }

  #open(request: Open, beganUs: number, task: number): GatewayReply {
    const row = this.#rows[request.symbol];
    if (row === undefined) return rejected(request, 'MISSING_SYMBOL');
    const { order, side, volumeMilli } = request;
    if (!isVolume(volumeMilli, VOLUME_MILLI_MAX)) return rejected(request, 'INVALID_VOLUME');
    const { market, deals } = row;
    const earlier = deals.find(order);
    if (earlier !== undefined && this.#options.dedupe) return this.#repeat(request, row, earlier);
    const late = beganUs > request.validUntilUs;
    if (late || (!request.roundTrip && row.positions.full)) {
      return rejected(request, 'MT5_ORDER_FAILED');
    }
    const signal = request.signal ?? earlier?.signal ?? row.ownSignal++;
    const nowUs = this.#recorder.nowUs;
    const openPoints = market.openPoints(side, nowUs);
    const ticket = ++this.#lastTicket;
    if (request.roundTrip) {
      const gross = market.roundTripCents(signal, side, volumeMilli, nowUs);
      const charged = 2 * market.commissionCents;
      return this.#execute(request, row, task, ticket, signal, openPoints, gross, charged);
    }
    const { exposureBp } = request;
    const openedMilli = volumeMilli;
    row.positions.add({
      ticket,
      order,
      signal,
      side,
      openedMilli,
      volumeMilli,
      openPoints,
      exposureBp,
    });
    const charged = market.commissionCents;
    return this.#execute(request, row, task, ticket, signal, openPoints, 0, charged);
  }

  #close(request: Close, beganUs: number, task: number): GatewayReply {
    const row = this.#rowOf(request);
    if (row === undefined) return rejected(request, 'MT5_CLOSE_FAILED');
    const { market, deals, positions } = row;
    const earlier = deals.find(request.order);
    if (earlier !== undefined && this.#options.dedupe) return this.#repeat(request, row, earlier);
    const position = positions.find(request.ticket);
    if (position === undefined || beganUs > request.validUntilUs) {
      return rejected(request, 'MT5_CLOSE_FAILED');
    }
    const volumeMilli = request.volumeMilli ?? position.volumeMilli;
    if (!isVolume(volumeMilli, position.volumeMilli)) return rejected(request, 'INVALID_VOLUME');
    const nowUs = this.#recorder.nowUs;
    const points = market.closePoints(position.side, nowUs);
    const gross = market.profitCents(position, volumeMilli, nowUs);
    positions.reduce(position, volumeMilli);
    const { ticket, signal } = position;
    return this.#execute(request, row, task, ticket, signal, points, gross, market.commissionCents);
  }

  /** The one place where an execution is stamped, entered and remembered. */
  #execute(
    request: Open | Close,
    row: Row,
    task: number,
    ticket: number,
    signal: number,
    points: number,
    grossCents: number,
    commissionCents: number,
  ): GatewayReply {
    const { order } = request;
    const profit = grossCents - commissionCents;
    this.#recorder.stamp(EventKind.fill, task, row.symbol, NONE, order, ticket, profit);
    this.#books.enter(row.symbol, profit, commissionCents);
    row.deals.remember(order, ticket, signal, points, profit);
    return filled(request, ticket, points, profit);
  }

  #repeat(request: Open | Close, row: Row, earlier: RememberedDeal): GatewayReply {
    const { ticket, points, profit } = earlier;
    this.#books.recognised(row.symbol, profit);
    return filled(request, ticket, points, profit);
  }

  /**
   * The symbol that a close concerns: its own word, or else whoever knows the ticket or the order.
   */
  #rowOf(request: Close): Row | undefined {
    if (request.symbol !== NONE) return this.#rows[request.symbol];
    const { ticket, order } = request;
    return this.#rows.find(
      ({ positions, deals }) =>
        positions.find(ticket) !== undefined || deals.find(order) !== undefined,
    );
  }

  #query(request: Query, task: number): GatewayReply {
    const { request: number, symbol, action } = request;
    const code = ReplyStatus.ok;
    if (action === 'PING') return { request: number, code, symbol, kind: 'pong' };
    const draws = this.#rows[symbol]?.queryError ?? this.#queryError;
    if (draws.chance(this.#options.queryErrorPerMillion)) {
      const error: ErrorCode = 'MT5_NOT_CONNECTED';
      return { request: number, code: ReplyStatus.error, symbol, kind: 'failed', error };
    }
    if (action === 'GET_POSITIONS') {
      const positions = this.#positionsOf(request.positionsOf ?? NONE);
      return { request: number, code, symbol, kind: 'positions', positions };
    }
    this.#books.stampAccount(this.#recorder, task);
    const account = this.#account();
    if (action === 'GET_ACCOUNT')
      return { request: number, code, symbol, kind: 'account', account };
    const positions = this.#positionsOf(symbol);
    const deals = this.#rowsOf(symbol).flatMap((row) => row.deals.list());
    return { request: number, code, symbol, kind: 'sync', account, positions, deals };
  }

  #rowsOf(symbol: number): readonly Row[] {
    return symbol === NONE ? this.#rows : this.#rows.filter((row) => row.symbol === symbol);
  }

  #positionsOf(symbol: number): Position[] {
    const positions: Position[] = [];
    for (const row of this.#rowsOf(symbol)) row.positions.list(positions, this.#recorder.nowUs);
    return positions;
  }

  /** Margin is the exposure's share of the balance at the start. */
  #account(): Account {
    const balance = this.#balanceCents + this.#books.total;
    let equity = balance;
    let exposureBp = 0;
    for (const row of this.#rows) {
      equity += row.positions.unrealisedCents(this.#recorder.nowUs);
      exposureBp += row.positions.exposureBp();
    }
    const share = new Decimal(exposureBp).div(BP_PER_WHOLE);
    const margin = postCents(share.times(this.#balanceCents).div(CENTS_PER_UNIT));
    return { balance, equity, margin };
  }
}

function isVolume(volumeMilli: number, max: number): boolean {
  return Number.isSafeInteger(volumeMilli) && volumeMilli >= 1 && volumeMilli <= max;
}

function filled(
  request: Open | Close,
  ticket: number,
  points: number,
  profit: number,
): GatewayReply {
  const { request: number, symbol, order } = request;
  const code = ReplyStatus.filled;
  return { request: number, code, symbol, kind: 'filled', order, ticket, points, profit };
}

function rejected(request: Open | Close, error: ErrorCode): GatewayReply {
  const { request: number, symbol, order } = request;
  return { request: number, code: ReplyStatus.rejected, symbol, kind: 'rejected', order, error };
}
