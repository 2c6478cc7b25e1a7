/** A frame that fits the protocol is read as it is; any other is refused, and nothing is echoed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENVELOPES_MAX, readClientFrame, readServerFrame } from './protocol.ts';

const PING = {
  ...{ v: 1, kind: 'request', sid: 's', seq: 2, id: 1, deadlineMs: 1_000, op: 'PING' },
  body: { uuid: 'a-1' },
};
const OPEN = {
  ...PING,
  op: 'OPEN',
  body: { uuid: 'a-2', symbol: 'BTCUSD.s', type: 'BUY', volume: '0.01', price: '60000.00' },
};
const read = (...envelopes: unknown[]) => readClientFrame(JSON.stringify(envelopes));

describe('a frame of a page', () => {
  it.each([
    [PING],
    [OPEN],
    [{ ...PING, kind: 'hello', id: 0, deadlineMs: 0, op: 'token', body: { token: 't' } }],
    [{ ...PING, kind: 'credit', id: 0, deadlineMs: 0, op: 'ticks', body: { credits: 8 } }],
    [{ ...PING, op: 'ARM', body: { endpoint: 'tcp://127.0.0.1:1', symbols: ['BTCUSD.s'] } }],
  ])('is read as it is: %j', (envelope) => {
    expect(read(envelope, envelope)).toEqual({ kind: 'ok', value: [envelope, envelope] });
  });

  it.each([
    ['no array', PING],
    ['an empty one', []],
    ['too many envelopes', Array.from({ length: ENVELOPES_MAX + 1 }, () => PING)],
    ['another version', [{ ...PING, v: 2 }]],
    ['a field too many', [{ ...PING, endpoint: 'tcp://10.0.0.1:1' }]],
    ['a field of the body too many', [{ ...PING, body: { uuid: 'a', endpoint: 'tcp://x:1' } }]],
    ['a field too few', [{ ...PING, deadlineMs: undefined }]],
    ['a foreign operation', [{ ...PING, op: 'SHUTDOWN' }]],
    ['an operation of the prototype', [{ ...PING, op: 'constructor' }]],
    ['a deadline of nothing', [{ ...PING, deadlineMs: 0 }]],
    ['a deadline of an hour', [{ ...PING, deadlineMs: 3_600_000 }]],
    ['a fraction as number', [{ ...PING, id: 1.5 }]],
    ['a volume as number', [{ ...OPEN, body: { ...OPEN.body, volume: 0.01 } }]],
    ['a volume that is none', [{ ...OPEN, body: { ...OPEN.body, volume: '1e3' } }]],
    ['more digits than go', [{ ...OPEN, body: { ...OPEN.body, price: '1234567890.1234567' } }]],
    ['a uuid with a quote', [{ ...PING, body: { uuid: '"' } }]],
    ['a uuid that is long', [{ ...PING, body: { uuid: 'a'.repeat(65) } }]],
    ['a symbol with a space', [{ ...OPEN, body: { ...OPEN.body, symbol: 'BTC USD' } }]],
    ['null', [null]],
  ])('is refused with %s', (_, frame) => {
    expect(readClientFrame(JSON.stringify(frame)).kind).toBe('error');
  });

  it('is never echoed by a refusal', () => {
    const hello = { ...PING, kind: 'hello', id: 0, deadlineMs: 0, op: 'token' };
    const refused = read({ ...hello, body: { token: ['secret-token'] } });
    expect(refused.kind).toBe('error');
    expect(JSON.stringify(refused)).not.toContain('secret-token');
  });

  it('may be any text: reading it never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (frame) => {
        expect(readClientFrame(frame).kind).toBe('error');
      }),
      { seed: 127, numRuns: 500 },
    );
  });
});

describe('a frame of the bridge', () => {
  it('is read with its outcome', () => {
    const reply = { ...PING, kind: 'reply', deadlineMs: 0, body: { outcome: 'done' } };
    expect(readServerFrame(JSON.stringify([reply]))).toEqual({ kind: 'ok', value: [reply] });
    const other = { ...reply, body: { outcome: 'perhaps' } };
    expect(readServerFrame(JSON.stringify([other])).kind).toBe('error');
  });
});
