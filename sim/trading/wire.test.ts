/**
 * The wire carries every message unharmed, refuses bad ones with the right code, and never throws.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Action, NONE, ReplyStatus } from '../trace/event.ts';
import { ERROR_CODES, type GatewayReply, type GatewayRequest } from './protocol.ts';
import { Requests } from './testing/requests.ts';
import { Rig, WALK_MARKET } from './testing/rig.ts';
import {
  Directory,
  formatProblem,
  formatReply,
  formatRequest,
  parseReply,
  parseRequest,
  riskSignature,
  Uuids,
} from './wire.ts';

const SEEDED = { seed: 127, numRuns: 500 };
const NAMES = ['BTCUSD.s', 'ETHUSD.s', 'XAUUSD.s'];
const SENT_MS = 1_768_749_041_123;
const STAMP = { serverMs: SENT_MS, latencyMs: 2.5 };
const directory = (): Directory => new Directory(127, NAMES);

const number = fc.integer({ min: 0, max: 0x7fff_ffff });
const ticket = fc.integer({ min: 1, max: 0xffff_ffff });
const symbol = fc.integer({ min: 0, max: NAMES.length - 1 });
const symbolOrNone = fc.oneof(symbol, fc.constant(NONE));
const side = fc.constantFrom('BUY' as const, 'SELL' as const);
const volumeMilli = fc.integer({ min: 1, max: 1_000_000 });
const cents = fc
  .oneof(fc.maxSafeInteger(), fc.integer({ min: -30_000, max: 30_000 }))
  .map((n) => n + 0);
const points = fc.integer({ min: 1, max: 2_000_000_000 });
const validUntilUs = fc.oneof(fc.constant(Infinity), fc.maxSafeNat());
const head = <A extends GatewayRequest['action']>(action: A, of: fc.Arbitrary<number>) => ({
  request: number,
  code: fc.constant(Action[action]),
  symbol: of,
  action: fc.constant(action),
});

const openRequest = fc.record(
  {
    ...head('OPEN', symbol),
    ...{ order: number, side, volumeMilli, validUntilUs, roundTrip: fc.boolean() },
    exposureBp: fc.integer({ min: 0, max: 1_000_000_000 }),
    signal: fc.maxSafeNat(),
  },
  {
    requiredKeys: [
      ...(['request', 'code', 'symbol', 'action', 'order', 'side', 'volumeMilli'] as const),
      ...(['validUntilUs', 'roundTrip', 'exposureBp'] as const),
    ],
  },
);
const closeRequest = fc.record(
  { ...head('CLOSE', symbolOrNone), order: number, ticket, validUntilUs, volumeMilli },
  { requiredKeys: ['request', 'code', 'symbol', 'action', 'order', 'ticket', 'validUntilUs'] },
);
const positionsRequest = fc.record({
  ...head('GET_POSITIONS', symbolOrNone),
  positionsOf: fc.option(symbol, { nil: undefined }),
});
const request: fc.Arbitrary<GatewayRequest> = fc.oneof(
  openRequest,
  closeRequest,
  positionsRequest,
  ...[fc.record(head('PING', symbolOrNone)), fc.record(head('GET_ACCOUNT', symbolOrNone))],
  fc.record(head('SYNC_ALL', symbolOrNone)),
);

const account = fc
  .record({ balance: cents, equity: cents, margin: fc.maxSafeNat() })
  .filter(({ equity, margin }) => Number.isSafeInteger(equity - margin));
const position = fc.record({
  ...{ ticket, symbol, side, volumeMilli, order: number, profit: cents },
  ...{ openPoints: points, currentPoints: points, exposureBp: fc.maxSafeNat() },
});
const positions = fc.array(position, { maxLength: 3 });
const deals = fc.array(fc.record({ order: number, ticket, profit: cents }), { maxLength: 3 });
const error = fc.constantFrom(...ERROR_CODES);

/** A request and an answer to it. */
const exchange: fc.Arbitrary<readonly [GatewayRequest, GatewayReply]> = request.chain((asked) => {
  const of = { request: asked.request, symbol: asked.symbol };
  const ok = { ...of, code: ReplyStatus.ok };
  const failed = error.map((code) => ({
    ...{ ...of, code: ReplyStatus.error, kind: 'failed' as const, error: code },
  }));
  const answers = (): fc.Arbitrary<GatewayReply> => {
    switch (asked.action) {
      case 'PING':
        return fc.constant({ ...ok, kind: 'pong' });
      case 'GET_ACCOUNT':
        return account.map((one) => ({ ...ok, kind: 'account', account: one }));
      case 'GET_POSITIONS':
        return positions.map((all) => ({ ...ok, kind: 'positions', positions: all }));
      case 'SYNC_ALL':
        return fc.tuple(account, positions, deals).map(([one, all, done]) => ({
          ...{ ...ok, kind: 'sync', account: one, positions: all, deals: done },
        }));
      default: {
        const { order } = asked;
        const filled = fc.record({ ticket, points, profit: cents }).map((fill) => ({
          ...{ ...of, code: ReplyStatus.filled, kind: 'filled' as const, order, ...fill },
        }));
        const rejected = error.map((code) => ({
          ...{ ...of, code: ReplyStatus.rejected, kind: 'rejected' as const, order, error: code },
        }));
        return fc.oneof(filled, rejected);
      }
    }
  };
  return fc.oneof({ weight: 4, arbitrary: answers() }, failed).map((reply) => [asked, reply]);
});

describe('a request', () => {
  it('read is the request written', () => {
    fc.assert(
      fc.property(request, (asked) => {
        const text = formatRequest(asked, directory(), SENT_MS);
        expect(parseRequest(text, directory())).toEqual({ kind: 'ok', value: asked });
      }),
      SEEDED,
    );
  });

  it('to open has the fields of the dialect, and decimals as JSON numbers', () => {
    const open = new Requests().open(5, { volumeMilli: 70, signal: 4 });
    const fields = JSON.parse(formatRequest(open, directory(), SENT_MS)) as Record<string, unknown>;
    const uuid = new Uuids(127, 'order').of(5);
    expect(fields).toEqual({
      ...{ uuid, action: 'OPEN', symbol: 'BTCUSD.s', type: 'BUY', volume: 0.07, price: 0, sl: 0 },
      ...{ tp: 0, magic: 127, comment: uuid, timestamp: SENT_MS },
      risk_signature: riskSignature(uuid, 'BTCUSD.s', 'BUY', 70),
      ...{ request: 1, round_trip: true, exposure_bp: 30, signal: 4 },
    });
  });

  it('sent again is the same order under the same uuid', () => {
    const make = new Requests();
    const texts = [make.open(5), make.open(5)].map((open) => formatRequest(open, directory(), 0));
    const uuids = texts.map((text) => (JSON.parse(text) as { uuid: string }).uuid);
    expect(uuids[0]).toBe(uuids[1]);
    expect(texts[0]).not.toBe(texts[1]);
  });

  it('of a plain client, without our extensions, is understood', () => {
    const uuid = '0d4e0a3c-5b5f-4c29-9f4f-1f6b3a3f9f10';
    const text = JSON.stringify({
      ...{ uuid, action: 'OPEN', symbol: 'ETHUSD.s', type: 'SELL', volume: '0.10', price: 0 },
      risk_signature: riskSignature(uuid, 'ETHUSD.s', 'SELL', 100),
    });
    const parsed = parseRequest(text, directory());
    expect(parsed).toMatchObject({
      kind: 'ok',
      value: {
        symbol: 1,
        side: 'SELL',
        volumeMilli: 100,
        roundTrip: false,
        validUntilUs: Infinity,
      },
    });
  });
});

describe('validation', () => {
  const uuid = new Uuids(127, 'order').of(1);
  const sound = {
    ...{ uuid, action: 'OPEN', symbol: 'BTCUSD.s', type: 'BUY', volume: 0.01 },
    risk_signature: riskSignature(uuid, 'BTCUSD.s', 'BUY', 10),
  };
  const codeOf = (value: unknown): string => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const parsed = parseRequest(text, directory());
    return parsed.kind === 'ok' ? 'ok' : parsed.error.code;
  };

  it.each<[string, unknown]>([
    ['ok', sound],
    ['INVALID_JSON', '{"action":'],
    ['INVALID_JSON', '[1]'],
    ['INVALID_JSON', 'null'],
    ['INVALID_JSON', JSON.stringify({ ...sound, comment: 'x'.repeat(70_000) })],
    ['MISSING_ACTION', {}],
    ['MISSING_ACTION', { ...sound, action: '' }],
    ['MISSING_ACTION', { ...sound, action: 7 }],
    ['UNKNOWN_ACTION', { ...sound, action: 'BUY' }],
    ['MISSING_SYMBOL', { ...sound, symbol: undefined }],
    ['MISSING_SYMBOL', { ...sound, symbol: 'DOGEUSD.s' }],
    ['MISSING_SYMBOL', { ...sound, symbol: 'toString' }],
    ['MISSING_TYPE', { ...sound, type: undefined }],
    ['MISSING_TYPE', { ...sound, type: 'buy' }],
    ['INVALID_VOLUME', { ...sound, volume: undefined }],
    ['INVALID_VOLUME', { ...sound, volume: 0 }],
    ['INVALID_VOLUME', { ...sound, volume: -0.01 }],
    ['INVALID_VOLUME', { ...sound, volume: 0.0105 }],
    ['INVALID_VOLUME', { ...sound, volume: 1_000.001 }],
    ['INVALID_VOLUME', { ...sound, volume: 'NaN' }],
    ['INVALID_VOLUME', { ...sound, volume: '0x10' }],
    ['INVALID_VOLUME', { ...sound, volume: [0.01] }],
    ['SERVER_ERROR', { ...sound, uuid: undefined }],
    ['RISK_SIGNATURE_INVALID', { ...sound, risk_signature: undefined }],
    ['RISK_SIGNATURE_INVALID', { ...sound, volume: 0.02 }],
    ['SERVER_ERROR', { ...sound, exposure_bp: -1 }],
    ['SERVER_ERROR', { ...sound, valid_until_us: 'soon' }],
    ['SERVER_ERROR', { ...sound, round_trip: 1 }],
    ['MISSING_TICKET', { uuid, action: 'CLOSE' }],
    ['MISSING_TICKET', { uuid, action: 'CLOSE', ticket: 0 }],
    ['MISSING_TICKET', { uuid, action: 'CLOSE', ticket: '7' }],
    ['MISSING_SYMBOL', { uuid, action: 'CLOSE', ticket: 7, symbol: 'X' }],
    ['INVALID_VOLUME', { uuid, action: 'CLOSE', ticket: 7, volume: 0 }],
    ['SERVER_ERROR', { action: 'CLOSE', ticket: 7 }],
    ['ok', { uuid, action: 'CLOSE', ticket: 7, volume: 0.5 }],
    ['MISSING_SYMBOL', { uuid, action: 'GET_POSITIONS', symbol: 'X' }],
    ['ok', { action: 'PING' }],
  ])('gives %s, in this order', (code, value) => {
    expect(codeOf(value)).toBe(code);
  });

  it('names the first fault of several: each repair uncovers the next', () => {
    const steps: [string, Record<string, unknown>][] = [
      ['MISSING_ACTION', { volume: 0 }],
      ['MISSING_SYMBOL', { action: 'OPEN' }],
      ['MISSING_TYPE', { symbol: 'BTCUSD.s' }],
      ['INVALID_VOLUME', { type: 'BUY' }],
      ['SERVER_ERROR', { volume: 0.01 }],
      ['RISK_SIGNATURE_INVALID', { uuid }],
      ['ok', { risk_signature: sound.risk_signature }],
    ];
    let built = {};
    for (const [code, repair] of steps) {
      built = { ...built, ...repair };
      expect(codeOf(built)).toBe(code);
    }
  });

  it('never throws, whatever comes, and its answer is JSON with the uuid that came', () => {
    const junk = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc.json(),
      fc
        .dictionary(fc.constantFrom(...Object.keys(sound), 'ticket', 'signal'), fc.jsonValue())
        .map((part) => JSON.stringify({ ...sound, ...part })),
    );
    fc.assert(
      fc.property(junk, (text) => {
        const parsed = parseRequest(text, directory());
        if (parsed.kind === 'ok') return;
        const answer = JSON.parse(formatProblem(parsed.error)) as Record<string, unknown>;
        expect(answer['error_code']).toBe(parsed.error.code);
        expect(answer['uuid']).toBe(parsed.error.uuid);
        expect(answer['status']).toBe(parsed.error.isOrder ? 'REJECTED' : 'ERROR');
      }),
      { seed: 127, numRuns: 2_000 },
    );
  });
});

describe('a reply', () => {
  it('read is the reply written, to the last cent', () => {
    fc.assert(
      fc.property(exchange, ([asked, reply]) => {
        const text = formatReply(reply, asked, directory(), STAMP);
        expect(parseReply(text, asked, directory())).toEqual({ kind: 'ok', value: reply });
      }),
      SEEDED,
    );
  });

  it('to open has the fields of the dialect', () => {
    const asked = new Requests().open(5, { volumeMilli: 70 });
    const text = formatReply(
      { ...filled(asked), ticket: 9, points: 6_000_050, profit: -7 },
      asked,
      directory(),
      STAMP,
    );
    expect(JSON.parse(text)).toEqual({
      ...{ uuid: new Uuids(127, 'order').of(5), status: 'FILLED', ticket: 9, symbol: 'BTCUSD.s' },
      ...{ volume: 0.07, price: 60_000.5, profit: -0.07, execution_time: SENT_MS, latency_ms: 2.5 },
      ...{ request: 1, client: 'BTCUSD.s' },
    });
  });

  it('to another request is given as what it answers, never as the awaited answer', () => {
    const make = new Requests();
    const [late, awaited] = [make.open(1), make.open(2)];
    const text = formatReply(filled(late), late, directory(), STAMP);
    const parsed = parseReply(text, awaited, directory());
    expect(parsed).toMatchObject({ kind: 'ok', value: { request: late.request, order: 1 } });
  });

  it('of a plain gateway to another request is refused', () => {
    const make = new Requests();
    const [late, awaited] = [make.open(1), make.open(2)];
    const { uuid } = JSON.parse(formatRequest(late, directory(), 0)) as { uuid: string };
    const text = JSON.stringify({ uuid, status: 'FILLED', ticket: 1, price: 1.5, profit: 0 });
    expect(parseReply(text, awaited, directory())).toMatchObject({ error: { code: 'wrong-uuid' } });
    expect(parseReply(text, late, directory())).toMatchObject({
      value: { points: 150, profit: 0 },
    });
  });

  it('without profit is refused rather than read as nothing', () => {
    const asked = new Requests().close(2, 1);
    const { uuid } = JSON.parse(formatRequest(asked, directory(), 0)) as { uuid: string };
    const text = JSON.stringify({ uuid, status: 'FILLED', ticket: 1, close_price: 1.5 });
    expect(parseReply(text, asked, directory())).toMatchObject({ error: { code: 'no-profit' } });
  });

  it('with one position that cannot be read is refused whole', () => {
    const asked = new Requests().positions(0);
    const { uuid } = JSON.parse(formatRequest(asked, directory(), 0)) as { uuid: string };
    const text = JSON.stringify({ uuid, positions: [{ ticket: 1 }] });
    expect(parseReply(text, asked, directory()).kind).toBe('error');
  });

  it('never throws, whatever comes', () => {
    const asked = new Requests().query('SYNC_ALL');
    const { uuid } = JSON.parse(formatRequest(asked, directory(), 0)) as { uuid: string };
    const status = fc.constantFrom('ok', 'OK', 'FILLED', 'REJECTED', 'ERROR', undefined);
    const junk = fc.oneof(
      fc.string({ maxLength: 100 }),
      fc.json(),
      fc
        .record({
          status,
          account: fc.jsonValue(),
          positions: fc.jsonValue(),
          deals: fc.jsonValue(),
        })
        .map((part) => JSON.stringify({ uuid, ...part })),
    );
    fc.assert(
      fc.property(junk, (text) => {
        expect(['ok', 'error']).toContain(parseReply(text, asked, directory()).kind);
      }),
      { seed: 127, numRuns: 1_000 },
    );
  });
});

describe('a gateway behind the wire', () => {
  it.each(['PING', 'GET_ACCOUNT', 'SYNC_ALL'] as const)(
    'that numbers foreign uuids by itself answers %s to the request that asked',
    (action) => {
      const client = directory();
      const gateway = new Directory(4_711, NAMES);
      const rig = new Rig({ markets: { [NAMES[0] ?? '']: WALK_MARKET } });
      const request = new Requests().query(action);
      const read = parseRequest(formatRequest(request, client, SENT_MS), gateway);
      if (read.kind === 'error') throw new Error(read.error.message);
      expect(read.value.request).not.toBe(request.request);
      const text = formatReply(rig.ask(read.value), read.value, gateway, STAMP);
      expect(parseReply(text, request, client)).toMatchObject({
        value: { request: request.request },
      });
    },
  );

  it('answers every action as the gateway itself does', () => {
    const rig = new Rig({ markets: { 'BTCUSD.s': WALK_MARKET } });
    const make = new Requests();
    const opened = rig.ask(make.open(1, { roundTrip: false }));
    const asked = [make.positions(0), make.query('SYNC_ALL'), make.query('GET_ACCOUNT')];
    expect(opened.kind).toBe('filled');
    for (const each of asked) {
      const sent = parseRequest(formatRequest(each, directory(), 0), directory());
      if (sent.kind === 'error') throw new Error(sent.error.message);
      const reply = rig.ask(sent.value);
      const text = formatReply(reply, sent.value, directory(), STAMP);
      expect(parseReply(text, each, directory())).toEqual({ kind: 'ok', value: reply });
    }
  });
});

function filled(asked: GatewayRequest & { readonly order: number }): GatewayReply & {
  readonly kind: 'filled';
} {
  const { request: of, symbol: whose, order } = asked;
  const fill = { ticket: 1, points: 100, profit: 5 };
  return { request: of, code: ReplyStatus.filled, symbol: whose, kind: 'filled', order, ...fill };
}
