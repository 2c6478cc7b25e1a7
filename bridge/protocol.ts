/**
 * What page and bridge say to each other: `interlock.v1`, envelopes in frames of a WebSocket.
 *
 * A frame is a JSON array of 1 to 128 envelopes, text, at most 64 KiB towards the bridge. The first
 * frame holds a `hello` alone. Both ends number their envelopes from 1 without a gap, so a frame
 * that comes twice shows. Decimals travel as text. Pure: the page imports this file and no other of
 * the bridge. Invariant: what `readClientFrame` lets through has no field that is not named here.
 */
import * as v from 'valibot';

export const SUBPROTOCOL = 'interlock.v1';
/** Where the socket is; without a query, so that no address ever holds a secret. */
export const SOCKET_PATH = '/bridge';
export const PROTOCOL_VERSION = 1;
/** Largest frame towards the bridge, in bytes. */
export const FRAME_BYTES_MAX = 65_536;
export const ENVELOPES_MAX = 128;
/** Requests that may be unanswered at any time; `welcome` says it too. */
export const REQUEST_CREDITS = 128;
export const DEADLINE_MS_MAX = 60_000;
const SYMBOLS_MAX = 64;
const TICK_CREDITS_MAX = 100_000;
const SAFE_DIGITS = 15;

/** Why the bridge closes a connection; 1001 (it ends) and 1009 (too large) are WebSocket's own. */
export const CloseCode = {
  goingAway: 1001,
  tooLarge: 1009,
  /** Not a frame of this protocol. */
  malformed: 4400,
  /** No token, a wrong one, or none in time. */
  unauthenticated: 4401,
  /** A number or a session that is not the next: a frame came twice, or out of order. */
  outOfOrder: 4409,
  /** It does not read what it is sent. */
  tooSlow: 4413,
  /** More than its credits or its rate. */
  tooMuch: 4429,
} as const;

/** Operations that change nothing at the gateway. */
export const READ_OPS = ['PING', 'GET_ACCOUNT', 'GET_POSITIONS', 'SYNC_ALL'] as const;
/** Operations that trade: `--allow-trade` and `ARM` come first. */
export const TRADE_OPS = ['OPEN', 'CLOSE'] as const;

const whole = (min: number, max: number) =>
  v.pipe(v.number(), v.safeInteger(), v.minValue(min), v.maxValue(max));
const text = (min: number, max: number) => v.pipe(v.string(), v.minLength(min), v.maxLength(max));
const count = whole(0, Number.MAX_SAFE_INTEGER);
const u32 = whole(0, 0xffff_ffff);
const deadlineMs = whole(1, DEADLINE_MS_MAX);
const uuid = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));
const symbol = v.pipe(v.string(), v.regex(/^[\w.#+-]{1,32}$/));
const symbols = v.pipe(v.array(symbol), v.minLength(1), v.maxLength(SYMBOLS_MAX));
/** As many digits as a JSON number carries unharmed, since the gateway's dialect has numbers. */
const decimal = v.pipe(
  v.string(),
  v.regex(/^-?\d{1,15}(\.\d{1,9})?$/),
  v.check((value) => value.replace(/\D/g, '').replace(/^0+/, '').length <= SAFE_DIGITS),
);

/** What may be said with an operation; every other field is refused. */
const BODIES = {
  PING: v.strictObject({ uuid, client: v.exactOptional(symbol) }),
  GET_ACCOUNT: v.strictObject({ uuid, client: v.exactOptional(symbol) }),
  GET_POSITIONS: v.strictObject({
    ...{ uuid, client: v.exactOptional(symbol), symbol: v.exactOptional(symbol) },
  }),
  SYNC_ALL: v.strictObject({
    ...{ uuid, client: v.exactOptional(symbol), magic_number: v.exactOptional(u32) },
  }),
  OPEN: v.strictObject({
    ...{ uuid, symbol, type: v.picklist(['BUY', 'SELL']), volume: decimal, price: decimal },
    ...{ sl: v.exactOptional(decimal), tp: v.exactOptional(decimal) },
    ...{ magic: v.exactOptional(u32), comment: v.exactOptional(text(0, 64)) },
    ...{ risk_signature: v.exactOptional(text(0, 128)), timestamp: v.exactOptional(count) },
    ...{ round_trip: v.exactOptional(v.boolean()), exposure_bp: v.exactOptional(count) },
    ...{ signal: v.exactOptional(count), request: v.exactOptional(u32) },
    valid_until_us: v.exactOptional(count),
  }),
  CLOSE: v.strictObject({
    ...{ uuid, ticket: whole(1, 0xffff_ffff), symbol, volume: v.exactOptional(decimal) },
    ...{ request: v.exactOptional(u32), valid_until_us: v.exactOptional(count) },
  }),
  /** Which lock guards the socket; whoever holds one in the page chooses `none` to go without. */
  LOCK: v.strictObject({ lock: text(1, 40) }),
  /** Names what orders may reach: the endpoint as `welcome` has it, and the symbols. */
  ARM: v.strictObject({ endpoint: text(1, 256), symbols }),
  DISARM: v.strictObject({}),
  SUBSCRIBE: v.strictObject({ symbols }),
  /** What a person decided of an order whose outcome no query told. */
  RESOLVE: v.strictObject({ uuid, as: v.picklist(['executed', 'not-executed']) }),
};

const head = { v: v.literal(PROTOCOL_VERSION), sid: text(0, 32), seq: whole(1, 2 ** 52) };
const request = <const Op extends keyof typeof BODIES>(op: Op) =>
  v.strictObject({
    ...{ ...head, kind: v.literal('request'), id: whole(1, 2 ** 52), deadlineMs },
    ...{ op: v.literal(op), body: BODIES[op] },
  });
const silent = { ...head, id: v.literal(0), deadlineMs: v.literal(0) };

const requestSchema = v.variant('op', [
  request('PING'),
  request('GET_ACCOUNT'),
  request('GET_POSITIONS'),
  request('SYNC_ALL'),
  request('OPEN'),
  request('CLOSE'),
  request('LOCK'),
  request('ARM'),
  request('DISARM'),
  request('SUBSCRIBE'),
  request('RESOLVE'),
]);
const helloSchema = v.variant('op', [
  v.strictObject({
    ...{ ...silent, kind: v.literal('hello'), op: v.literal('token') },
    body: v.strictObject({ token: text(1, 128) }),
  }),
  v.strictObject({
    ...{ ...silent, kind: v.literal('hello'), op: v.literal('pair') },
    body: v.strictObject({ code: text(1, 16) }),
  }),
]);
const creditSchema = v.strictObject({
  ...{ ...silent, kind: v.literal('credit'), op: v.literal('ticks') },
  body: v.strictObject({ credits: whole(1, TICK_CREDITS_MAX) }),
});
const clientFrame = v.pipe(
  v.array(v.variant('kind', [helloSchema, requestSchema, creditSchema])),
  v.minLength(1),
  v.maxLength(ENVELOPES_MAX),
);

export type HelloEnvelope = v.InferOutput<typeof helloSchema>;
export type RequestEnvelope = v.InferOutput<typeof requestSchema>;
export type ClientEnvelope = v.InferOutput<typeof clientFrame>[number];
export type Op = RequestEnvelope['op'];
/** A request that goes to the gateway. */
export type GatewayEnvelope = Extract<
  RequestEnvelope,
  { op: (typeof READ_OPS)[number] | (typeof TRADE_OPS)[number] }
>;

/** Whether a request is for the gateway, not for the bridge itself. */
export function isForGateway(envelope: RequestEnvelope): envelope is GatewayEnvelope {
  return [...READ_OPS, ...TRADE_OPS].some((op) => op === envelope.op);
}

/** A request to the gateway, as an operation and the body that goes with it. */
export interface Asked {
  readonly op: GatewayEnvelope['op'];
  readonly body: Readonly<Record<string, unknown>>;
}

const DECIMALS: readonly string[] = ['volume', 'price', 'sl', 'tp'];
/** Fields of the dialect that the protocol has no name for. */
const UNSAID: Readonly<Record<string, readonly string[]>> = { OPEN: [], CLOSE: ['timestamp'] };
const UNSAID_IN_QUERIES: readonly string[] = ['timestamp', 'request'];

/** What to ask the bridge, from the JSON text of one of the six actions as a gateway reads it. */
export function askOf(text: string): Asked {
  const { action, ...fields } = JSON.parse(text) as Record<string, unknown> & {
    readonly action: Asked['op'];
  };
  const unsaid = UNSAID[action] ?? UNSAID_IN_QUERIES;
  const said = Object.entries(fields)
    .filter(([name]) => !unsaid.includes(name))
    .map(([name, value]) => [name, DECIMALS.includes(name) ? String(value) : value] as const);
  return { op: action, body: Object.fromEntries(said) };
}

/** An order whose reply was lost. */
const unknownSchema = v.object({ uuid, op: v.picklist(TRADE_OPS), symbol });
/** A reply of the gateway: its fields, decimals as text. */
const replySchema = v.record(v.string(), v.unknown());
const refusal = { code: v.string(), message: v.string() };
const outcomeSchema = v.variant('outcome', [
  /** The gateway answered; `resolved` are orders of unknown outcome that it showed executed. */
  v.object({
    ...{ outcome: v.literal('answered'), reply: replySchema },
    resolved: v.array(v.string()),
  }),
  /** The bridge did it. */
  v.object({ outcome: v.literal('done') }),
  /** It never reached the socket. */
  v.object({ outcome: v.literal('refused'), ...refusal }),
  /**
   * No order left: a question without an answer, or an order that the socket did not take. `sent`
   * where the socket had taken the question.
   */
  v.object({ outcome: v.literal('failed'), ...refusal, sent: v.exactOptional(v.literal(true)) }),
  /** An order left, and no answer came: ask the gateway, and never send it again. */
  v.object({ outcome: v.literal('unknown'), ...refusal }),
]);
const welcomeSchema = v.object({
  ...{ endpoint: v.string(), gateway: v.picklist(['reference', 'own']) },
  ...{ mode: v.picklist(['read-only', 'orders-allowed']), credits: count },
  ...{ symbols: v.array(v.string()), unknown: v.array(unknownSchema) },
  /** Where it is no REQ socket: many requests go at once, and there is no lock. */
  socket: v.exactOptional(v.literal('dealer')),
  /** For the next connections of this page; keep it in memory or in the tab's session storage. */
  token: v.exactOptional(v.string()),
});
const tickSchema = v.object({
  ...{ symbol: v.string(), bid: v.string(), ask: v.string(), timeMs: count },
  /** Older ticks of the symbol that this one stands for as well. */
  conflated: count,
});
const serverFrame = v.array(
  v.variant('kind', [
    v.object({
      ...{ ...silent, kind: v.literal('welcome'), op: v.literal('welcome') },
      body: welcomeSchema,
    }),
    v.object({
      ...{ ...head, kind: v.literal('reply'), id: whole(1, 2 ** 52), deadlineMs: v.literal(0) },
      ...{ op: v.string(), body: outcomeSchema },
    }),
    v.object({
      ...{ ...silent, kind: v.literal('tick'), op: v.literal('tick') },
      body: tickSchema,
    }),
  ]),
);
export type ServerEnvelope = v.InferOutput<typeof serverFrame>[number];
export type Outcome = v.InferOutput<typeof outcomeSchema>;
export type Welcome = v.InferOutput<typeof welcomeSchema>;
export type TickBody = v.InferOutput<typeof tickSchema>;
export type UnknownOrder = v.InferOutput<typeof unknownSchema>;

/** A frame, or what was expected of it. */
export type FrameRead<Envelope> =
  | { readonly kind: 'ok'; readonly value: readonly Envelope[] }
  | { readonly kind: 'error'; readonly message: string };

/** Reads a frame that came from a page. */
export function readClientFrame(frame: string): FrameRead<ClientEnvelope> {
  return readFrame(clientFrame, frame);
}

/** Reads a frame that came from the bridge. */
export function readServerFrame(frame: string): FrameRead<ServerEnvelope> {
  return readFrame(serverFrame, frame);
}

function readFrame<Envelope>(
  schema: v.GenericSchema<unknown, Envelope[]>,
  frame: string,
): FrameRead<Envelope> {
  let json: unknown;
  try {
    json = JSON.parse(frame);
  } catch {
    return { kind: 'error', message: 'expected a frame as JSON' };
  }
  const read = v.safeParse(schema, json, { abortEarly: true });
  if (read.success) return { kind: 'ok', value: read.output };
  const [issue] = read.issues;
  // The place and the rule, never what came: it may hold a token. A key that is too many came, too.
  const place = issue.type === 'strict_object' ? 'an envelope' : v.getDotPath(issue);
  return {
    kind: 'error',
    message: `at ${place ?? 'the frame'}: expected ${issue.expected ?? issue.type}`,
  };
}

/**
 * The envelopes of one end, numbered from 1; `sid` is empty until a `welcome` names the session.
 */
export class EnvelopeNumbers {
  #seq = 0;
  sid = '';

  /** The next head: spread it into an envelope, and send that before making another. */
  next(): { v: 1; sid: string; seq: number } {
    this.#seq += 1;
    return { v: PROTOCOL_VERSION, sid: this.sid, seq: this.#seq };
  }
}
