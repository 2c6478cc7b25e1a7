/**
 * Replies as JSON: one object a frame, in the v4.3 dialect with the extensions listed in `wire.ts`.
 *
 * A reply is read against the request that awaits it, because the dialect does not name its kind.
 * One that answers something else is given as what it says it answers, or refused where it does not
 * say; nothing is ever taken for the awaited answer by default.
 */
import { assertUnreachable } from '../../base/assert.ts';
import { Decimal } from '../../base/money.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import { NONE, ReplyStatus } from '../../trace/event.ts';
import {
  type Account,
  type Deal,
  ERROR_CODES,
  type ErrorCode,
  type GatewayReply,
  type GatewayRequest,
  type Position,
} from '../protocol.ts';
import type { Directory } from './directory.ts';
import { asFields, decimalJson, type Fields, parseFields, unitsOf, wholeOf } from './json.ts';
import { type RequestProblem, uuidOf, VOLUME_PLACES } from './request.ts';

/** Longest frame that is read, in characters: SYNC_ALL of 64 symbols fits. */
export const REPLY_LENGTH_MAX = 16_777_216;
export const CURRENCY = 'USD';
const MONEY_PLACES = 2;
const U32_MAX = 0xffff_ffff;
const LIST_MAX = 100_000;

/** When a reply was made, and how long its request took. */
export interface ReplyStamp {
  /** Milliseconds since 1970, UTC. */
  readonly serverMs: number;
  readonly latencyMs: number;
}

/** A reply to `request` as text. */
export function formatReply(
  reply: GatewayReply,
  request: GatewayRequest,
  directory: Directory,
  stamp: ReplyStamp,
): string {
  const uuid = uuidOf(request, directory);
  const ours = { request: reply.request, client: directory.symbolName(reply.symbol) };
  return JSON.stringify({ uuid, ...replyFields(reply, request, directory, stamp), ...ours });
}

/** The answer to a request that could not be read. */
export function formatProblem(problem: RequestProblem): string {
  const { uuid, isOrder, code, message } = problem;
  const status = isOrder ? 'REJECTED' : 'ERROR';
  return JSON.stringify({ uuid, status, error_code: code, error_msg: message });
}

/** Reads what came while `awaited` was waited for. */
export function parseReply(
  text: string,
  awaited: GatewayRequest,
  directory: Directory,
): Result<GatewayReply> {
  const fields = parseFields(text, REPLY_LENGTH_MAX);
  if (fields === undefined) return fail('invalid-json', 'expected a reply as one JSON object');
  const echoed = wholeOf(fields['request'], 0, U32_MAX);
  if (echoed === undefined && fields['uuid'] !== uuidOf(awaited, directory)) {
    return fail('wrong-uuid', 'expected the uuid of the awaited request; drop this reply');
  }
  // A gateway numbers foreign queries by itself: its number says nothing where the uuid is ours.
  const request = directory.ownRequestOf(fields['uuid']) ?? echoed ?? awaited.request;
  const symbol = echoed === undefined ? awaited.symbol : symbolIn(fields['client'], directory);
  const { status } = fields;
  switch (status) {
    case 'ok':
      return ok({ request, code: ReplyStatus.ok, symbol, kind: 'pong' });
    case 'FILLED':
      return parseFilled(fields, request, symbol, directory);
    case 'REJECTED': {
      const order = directory.orderOf(fields['uuid']) ?? 0;
      const error = errorIn(fields['error_code']);
      return ok({ request, code: ReplyStatus.rejected, symbol, kind: 'rejected', order, error });
    }
    case 'ERROR': {
      const error = errorIn(fields['error_code']);
      return ok({ request, code: ReplyStatus.error, symbol, kind: 'failed', error });
    }
    default:
      return parseState(fields, request, symbol, directory);
  }
}

function replyFields(
  reply: GatewayReply,
  request: GatewayRequest,
  directory: Directory,
  stamp: ReplyStamp,
): Fields {
  const latency_ms = stamp.latencyMs;
  switch (reply.kind) {
    case 'pong':
      return { status: 'ok', server_time: stamp.serverMs, latency_ms };
    case 'filled': {
      const { ticket, points } = reply;
      const price = decimalJson(points, MONEY_PLACES);
      const profit = decimalJson(reply.profit, MONEY_PLACES);
      if (request.action !== 'OPEN')
        return { status: 'FILLED', ticket, close_price: price, profit };
      const symbol = directory.symbolName(request.symbol);
      const volume = decimalJson(request.volumeMilli, VOLUME_PLACES);
      const made = { execution_time: stamp.serverMs, latency_ms };
      return { status: 'FILLED', ticket, symbol, volume, price, profit, ...made };
    }
    case 'rejected':
      return { status: 'REJECTED', error_code: reply.error, error_msg: explain(reply.error) };
    case 'failed':
      return { status: 'ERROR', error_code: reply.error, error_msg: explain(reply.error) };
    case 'account':
      return accountFields(reply.account);
    case 'positions':
      return { positions: reply.positions.map((one) => positionFields(one, directory)) };
    case 'sync': {
      const positions = reply.positions.map((one) => positionFields(one, directory));
      const deals = reply.deals.map(({ order, ticket, profit }) => ({
        ticket,
        profit: decimalJson(profit, MONEY_PLACES),
        comment: directory.uuidOfOrder(order),
      }));
      return { status: 'OK', account: accountFields(reply.account), positions, deals };
    }
    default:
      return assertUnreachable(reply);
  }
}

function accountFields({ balance, equity, margin }: Account): Fields {
  const level = margin === 0 ? new Decimal(0) : new Decimal(equity).times(100).div(margin);
  return {
    balance: decimalJson(balance, MONEY_PLACES),
    equity: decimalJson(equity, MONEY_PLACES),
    margin: decimalJson(margin, MONEY_PLACES),
    free_margin: decimalJson(equity - margin, MONEY_PLACES),
    margin_level: level.toDecimalPlaces(2).toNumber(),
    currency: CURRENCY,
  };
}

function positionFields(position: Position, directory: Directory): Fields {
  return {
    ticket: position.ticket,
    symbol: directory.symbolName(position.symbol),
    type: position.side,
    volume: decimalJson(position.volumeMilli, VOLUME_PLACES),
    open_price: decimalJson(position.openPoints, MONEY_PLACES),
    current_price: decimalJson(position.currentPoints, MONEY_PLACES),
    profit: decimalJson(position.profit, MONEY_PLACES),
    comment: directory.uuidOfOrder(position.order),
    exposure_bp: position.exposureBp,
  };
}

function parseFilled(
  fields: Fields,
  request: number,
  symbol: number,
  directory: Directory,
): Result<GatewayReply> {
  const order = directory.orderOf(fields['uuid']);
  const ticket = wholeOf(fields['ticket'], 1, U32_MAX);
  const points = unitsOf(fields['close_price'] ?? fields['price'], MONEY_PLACES);
  const profit = unitsOf(fields['profit'], MONEY_PLACES);
  if (order === undefined || ticket === undefined || points === undefined) {
    return fail('bad-fill', 'expected uuid, ticket and price (or close_price) in a FILLED reply');
  }
  if (profit === undefined) {
    const what = 'expected profit in a FILLED reply: without it nobody knows what was realised';
    return fail('no-profit', what);
  }
  const code = ReplyStatus.filled;
  return ok({ request, code, symbol, kind: 'filled', order, ticket, points, profit });
}

/** Account, positions or both: told apart by the fields they have. */
function parseState(
  fields: Fields,
  request: number,
  symbol: number,
  directory: Directory,
): Result<GatewayReply> {
  const code = ReplyStatus.ok;
  const account = accountIn(asFields(fields['account']) ?? fields);
  const positions = listIn(fields['positions'], (one) => positionIn(one, directory));
  if (fields['status'] === 'OK') {
    const deals = listIn(fields['deals'] ?? [], (one) => dealIn(one, directory));
    if (account === undefined || positions === undefined || deals === undefined) {
      return fail('bad-sync', 'expected account, positions and deals in a SYNC_ALL reply');
    }
    return ok({ request, code, symbol, kind: 'sync', account, positions, deals });
  }
  if (positions !== undefined) return ok({ request, code, symbol, kind: 'positions', positions });
  if (account !== undefined) return ok({ request, code, symbol, kind: 'account', account });
  return fail('unknown-reply', 'expected a status, an account or positions in the reply');
}

function accountIn(fields: Fields): Account | undefined {
  const balance = unitsOf(fields['balance'], MONEY_PLACES);
  const equity = unitsOf(fields['equity'], MONEY_PLACES);
  const margin = unitsOf(fields['margin'], MONEY_PLACES);
  const complete = balance !== undefined && equity !== undefined && margin !== undefined;
  return complete ? { balance, equity, margin } : undefined;
}

/** A position; its order is 0 and its exposure 0 where another gateway does not tell them. */
function positionIn(fields: Fields, directory: Directory): Position | undefined {
  const ticket = wholeOf(fields['ticket'], 1, U32_MAX);
  const name = fields['symbol'];
  const symbol = typeof name === 'string' ? directory.symbolOf(name) : undefined;
  const side = fields['type'];
  const volumeMilli = unitsOf(fields['volume'], VOLUME_PLACES);
  const openPoints = unitsOf(fields['open_price'], MONEY_PLACES);
  const currentPoints = unitsOf(fields['current_price'], MONEY_PLACES);
  const profit = unitsOf(fields['profit'], MONEY_PLACES);
  const exposureBp = wholeOf(fields['exposure_bp'] ?? 0, 0, Number.MAX_SAFE_INTEGER);
  const order = directory.orderOf(fields['comment']) ?? 0;
  if (ticket === undefined || symbol === undefined || (side !== 'BUY' && side !== 'SELL')) {
    return undefined;
  }
  if (volumeMilli === undefined || openPoints === undefined) return undefined;
  if (currentPoints === undefined || profit === undefined || exposureBp === undefined) {
    return undefined;
  }
  const price = { openPoints, currentPoints, profit };
  return { ticket, order, symbol, side, volumeMilli, ...price, exposureBp };
}

function dealIn(fields: Fields, directory: Directory): Deal | undefined {
  const order = directory.orderOf(fields['comment']);
  const ticket = wholeOf(fields['ticket'], 1, U32_MAX);
  const profit = unitsOf(fields['profit'], MONEY_PLACES);
  const complete = order !== undefined && ticket !== undefined && profit !== undefined;
  return complete ? { order, ticket, profit } : undefined;
}

/** Every element read, or undefined if one of them cannot be: half a list is not the list. */
function listIn<T>(value: unknown, read: (fields: Fields) => T | undefined): T[] | undefined {
  if (!Array.isArray(value) || value.length > LIST_MAX) return undefined;
  const list: T[] = [];
  for (const item of value) {
    const fields = asFields(item);
    const one = fields === undefined ? undefined : read(fields);
    if (one === undefined) return undefined;
    list.push(one);
  }
  return list;
}

function symbolIn(name: unknown, directory: Directory): number {
  return (typeof name === 'string' ? directory.symbolOf(name) : undefined) ?? NONE;
}

function errorIn(code: unknown): ErrorCode {
  return ERROR_CODES.find((known) => known === code) ?? 'SERVER_ERROR';
}

const EXPLAINED: Readonly<Record<ErrorCode, string>> = {
  INVALID_JSON: 'the frame is not one JSON object',
  MISSING_ACTION: 'the request has no action',
  MISSING_SYMBOL: 'the request names no symbol that is traded here',
  MISSING_TYPE: 'the order is neither BUY nor SELL',
  MISSING_TICKET: 'the request names no position',
  UNKNOWN_ACTION: 'the action is none of the six',
  INVALID_VOLUME: 'the volume is not positive, too large, too fine or more than there is',
  RISK_SIGNATURE_INVALID: 'the risk signature does not fit the order',
  MT5_NOT_CONNECTED: 'the gateway has no connection to the market',
  MT5_ORDER_FAILED: 'the order has expired, or the account holds too many positions',
  MT5_CLOSE_FAILED: 'the order has expired, or the position does not exist',
  SERVER_ERROR: 'the gateway could not read or process the request',
};

function explain(code: ErrorCode): string {
  return EXPLAINED[code];
}
