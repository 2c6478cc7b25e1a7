/**
 * Requests as JSON: one object a frame, in the v4.3 dialect with the extensions listed in
 * `wire.ts`.
 *
 * Validation goes in a fixed order, so that a request with several faults always gets the same
 * code: JSON, action, symbol, type or ticket, volume, uuid, risk signature, extensions.
 */
import { ok, type Result } from '../../base/result.ts';
import { NONE } from '../../trace/event.ts';
import {
  actionCode,
  type ErrorCode,
  type GatewayRequest,
  type Side,
  VOLUME_MILLI_MAX,
} from '../protocol.ts';
import type { Directory } from './directory.ts';
import { decimalJson, type Fields, parseFields, unitsOf, wholeOf } from './json.ts';

/** Longest frame that is read, in characters. */
export const REQUEST_LENGTH_MAX = 65_536;
export const MAGIC = 127;
export const VOLUME_PLACES = 3;
const U32_MAX = 0xffff_ffff;
const EXPOSURE_BP_MAX = 1_000_000_000;

/** Why a request was refused before anybody acted on it. */
export interface RequestProblem {
  readonly code: ErrorCode;
  /** What was expected and what came. */
  readonly message: string;
  /** The request's uuid where it could be read, and whether it was about an order. */
  readonly uuid: string;
  readonly isOrder: boolean;
}

type Parsed = Result<GatewayRequest, RequestProblem>;
type Open = Extract<GatewayRequest, { action: 'OPEN' }>;
type Close = Extract<GatewayRequest, { action: 'CLOSE' }>;
type Query = Exclude<GatewayRequest, { action: 'OPEN' | 'CLOSE' }>;

/** A request as text; `sentMs` is the sender's time, in milliseconds since 1970, UTC. */
export function formatRequest(
  request: GatewayRequest,
  directory: Directory,
  sentMs: number,
): string {
  const uuid = uuidOf(request, directory);
  const common = { uuid, action: request.action, timestamp: sentMs, request: request.request };
  switch (request.action) {
    case 'OPEN':
      return JSON.stringify({ ...common, ...openFields(request, uuid, directory) });
    case 'CLOSE':
      return JSON.stringify({ ...common, ...closeFields(request, directory) });
    default:
      return JSON.stringify({ ...common, ...queryFields(request, directory) });
  }
}

/** Reads a request; what it says about itself is believed only where it can be checked. */
export function parseRequest(text: string, directory: Directory): Parsed {
  const fields = parseFields(text, REQUEST_LENGTH_MAX);
  if (fields === undefined) {
    const size = `${text.length} characters that are none`;
    return refuse({}, 'INVALID_JSON', `expected one JSON object, got ${size}`);
  }
  const { action } = fields;
  switch (action) {
    case 'OPEN':
      return parseOpen(fields, directory);
    case 'CLOSE':
      return parseClose(fields, directory);
    case 'PING':
    case 'GET_ACCOUNT':
    case 'GET_POSITIONS':
    case 'SYNC_ALL':
      return parseQuery(fields, action, directory);
    default:
      return typeof action === 'string' && action !== ''
        ? refuse(fields, 'UNKNOWN_ACTION', `expected one of the six actions, got ${shown(action)}`)
        : refuse(fields, 'MISSING_ACTION', 'expected an action, got none');
  }
}

/** The uuid of the order that a request is about, or else of the request itself. */
export function uuidOf(request: GatewayRequest, directory: Directory): string {
  return 'order' in request
    ? directory.uuidOfOrder(request.order)
    : directory.uuidOfRequest(request.request);
}

/**
 * The client's word that its risk rules passed the order as it stands: 8 hex digits of 32-bit
 * FNV-1a over `uuid|symbol|type|thousandths of a lot`. It catches an order that was changed or
 * never checked, not a forger.
 */
export function riskSignature(
  uuid: string,
  symbol: string,
  side: Side,
  volumeMilli: number,
): string {
  const text = `${uuid}|${symbol}|${side}|${volumeMilli}`;
  let hash = 0x811c_9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x0100_0193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

function parseOpen(fields: Fields, directory: Directory): Parsed {
  const { uuid, type } = fields;
  const symbol = symbolIn(fields['symbol'], directory);
  if (symbol === undefined) return refuse(fields, 'MISSING_SYMBOL', symbolHint(fields['symbol']));
  if (type !== 'BUY' && type !== 'SELL') {
    return refuse(fields, 'MISSING_TYPE', `expected type BUY or SELL, got ${shown(type)}`);
  }
  const volumeMilli = volumeIn(fields['volume']);
  if (volumeMilli === undefined) return refuse(fields, 'INVALID_VOLUME', volumeHint(fields));
  const order = directory.orderOf(uuid);
  if (order === undefined) return refuse(fields, 'SERVER_ERROR', UUID_HINT);
  const name = directory.symbolName(symbol) ?? '';
  if (fields['risk_signature'] !== riskSignature(String(uuid), name, type, volumeMilli)) {
    const hint = 'expected the risk signature of this uuid, symbol, type and volume';
    return refuse(fields, 'RISK_SIGNATURE_INVALID', hint);
  }
  const roundTrip = fields['round_trip'] ?? false;
  const exposureBp = wholeOf(fields['exposure_bp'] ?? 0, 0, EXPOSURE_BP_MAX);
  const validUntilUs = expiryIn(fields);
  const signal = wholeOf(fields['signal'] ?? 0, 0, Number.MAX_SAFE_INTEGER);
  const misread = exposureBp === undefined || validUntilUs === undefined || signal === undefined;
  if (typeof roundTrip !== 'boolean' || misread) return refuse(fields, 'SERVER_ERROR', OURS_HINT);
  const head = orderHead(fields, 'OPEN', symbol, directory);
  const trade = { action: 'OPEN', order, side: type, volumeMilli, roundTrip, exposureBp } as const;
  const open = { ...head, ...trade, validUntilUs };
  return ok(fields['signal'] === undefined ? open : { ...open, signal });
}

function parseClose(fields: Fields, directory: Directory): Parsed {
  const symbol = fields['symbol'] === undefined ? NONE : symbolIn(fields['symbol'], directory);
  if (symbol === undefined) return refuse(fields, 'MISSING_SYMBOL', symbolHint(fields['symbol']));
  const ticket = wholeOf(fields['ticket'], 1, U32_MAX);
  if (ticket === undefined) {
    const came = shown(fields['ticket']);
    return refuse(fields, 'MISSING_TICKET', `expected the ticket of a position, got ${came}`);
  }
  const volumeMilli = volumeIn(fields['volume']);
  if (volumeMilli === undefined && fields['volume'] !== undefined) {
    return refuse(fields, 'INVALID_VOLUME', volumeHint(fields));
  }
  const order = directory.orderOf(fields['uuid']);
  if (order === undefined) return refuse(fields, 'SERVER_ERROR', UUID_HINT);
  const validUntilUs = expiryIn(fields);
  if (validUntilUs === undefined) return refuse(fields, 'SERVER_ERROR', OURS_HINT);
  const head = orderHead(fields, 'CLOSE', symbol, directory);
  const close = { ...head, action: 'CLOSE', order, ticket, validUntilUs } as const;
  return ok(volumeMilli === undefined ? close : { ...close, volumeMilli });
}

function parseQuery(fields: Fields, action: Query['action'], directory: Directory): Parsed {
  const client = fields['client'] === undefined ? NONE : symbolIn(fields['client'], directory);
  if (client === undefined) return refuse(fields, 'MISSING_SYMBOL', symbolHint(fields['client']));
  const request = directory.requestOf(fields['uuid']) ?? directory.newRequest();
  const head = { request, code: actionCode(action), symbol: client };
  if (action !== 'GET_POSITIONS') return ok({ ...head, action });
  if (fields['symbol'] === undefined) return ok({ ...head, action, positionsOf: undefined });
  const positionsOf = symbolIn(fields['symbol'], directory);
  if (positionsOf === undefined) {
    return refuse(fields, 'MISSING_SYMBOL', symbolHint(fields['symbol']));
  }
  return ok({ ...head, action, positionsOf });
}

function openFields(request: Open, uuid: string, directory: Directory): Fields {
  const { side, volumeMilli } = request;
  const symbol = directory.symbolName(request.symbol);
  return {
    symbol,
    type: side,
    volume: decimalJson(volumeMilli, VOLUME_PLACES),
    price: 0,
    sl: 0,
    tp: 0,
    magic: MAGIC,
    comment: uuid,
    risk_signature: riskSignature(uuid, symbol ?? '', side, volumeMilli),
    round_trip: request.roundTrip,
    exposure_bp: request.exposureBp,
    signal: request.signal,
    valid_until_us: expiry(request.validUntilUs),
  };
}

function closeFields(request: Close, directory: Directory): Fields {
  const { ticket, volumeMilli, validUntilUs } = request;
  return {
    ticket,
    symbol: directory.symbolName(request.symbol),
    volume: volumeMilli === undefined ? undefined : decimalJson(volumeMilli, VOLUME_PLACES),
    valid_until_us: expiry(validUntilUs),
  };
}

function queryFields(request: Query, directory: Directory): Fields {
  const client = directory.symbolName(request.symbol);
  if (request.action === 'SYNC_ALL') return { magic_number: MAGIC, client };
  if (request.action !== 'GET_POSITIONS') return { client };
  return { symbol: directory.symbolName(request.positionsOf ?? NONE), client };
}

/** An order's uuid names the order, so the message itself is numbered by a field of its own. */
function orderHead(
  fields: Fields,
  action: 'OPEN' | 'CLOSE',
  symbol: number,
  directory: Directory,
): { readonly request: number; readonly code: number; readonly symbol: number } {
  const request = wholeOf(fields['request'], 0, U32_MAX) ?? directory.newRequest();
  return { request, code: actionCode(action), symbol };
}

const UUID_HINT =
  'expected a uuid of at most 64 characters: an order without one cannot be recognised';
const OURS_HINT =
  'expected round_trip true or false, exposure_bp, signal and valid_until_us whole numbers >= 0';

function symbolIn(name: unknown, directory: Directory): number | undefined {
  return typeof name === 'string' ? directory.symbolOf(name) : undefined;
}

function volumeIn(value: unknown): number | undefined {
  const milli = unitsOf(value, VOLUME_PLACES);
  return milli !== undefined && milli >= 1 && milli <= VOLUME_MILLI_MAX ? milli : undefined;
}

/** Infinity does not exist in JSON: an order that never expires leaves the field out. */
function expiry(validUntilUs: number): number | undefined {
  return validUntilUs === Infinity ? undefined : validUntilUs;
}

function expiryIn(fields: Fields): number | undefined {
  const value = fields['valid_until_us'];
  return value === undefined ? Infinity : wholeOf(value, 0, Number.MAX_SAFE_INTEGER);
}

function symbolHint(came: unknown): string {
  return `expected a symbol that this gateway trades, got ${shown(came)}`;
}

function volumeHint(fields: Fields): string {
  const came = shown(fields['volume']);
  return `expected a volume of 0.001 to 1000 lots in steps of 0.001, got ${came}`;
}

function shown(value: unknown): string {
  return value === undefined ? 'none' : JSON.stringify(value).slice(0, 40);
}

function refuse(fields: Fields, code: ErrorCode, message: string): Result<never, RequestProblem> {
  const uuid = typeof fields['uuid'] === 'string' ? fields['uuid'].slice(0, 64) : '';
  const isOrder = fields['action'] === 'OPEN' || fields['action'] === 'CLOSE';
  return { kind: 'error', error: { code, message, uuid, isOrder } };
}
