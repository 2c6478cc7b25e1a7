/**
 * Decoding what was encoded gives the same scenario; anything else is refused, quickly and in
 * words.
 */
import { constants, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { type ScenarioInput, scenarioSchema } from '../schema.ts';
import { anyScenario } from '../testing/arbitrary.ts';
import { encodeBase64url } from './base64url.ts';
import { canonicalJson } from './canonical.ts';
import {
  decodeDocument,
  decodePayload,
  decodeVersioned,
  encodeDocument,
  encodeScenario,
  PAYLOAD_CHARS_MAX,
} from './payload.ts';

const SEED = 127;

const parse = (input: ScenarioInput) => v.parse(scenarioSchema, input);
const pack = (text: string): string => encodeBase64url(deflateRawSync(Buffer.from(text)));

const THREE = parse({
  symbols: [{ name: 'BTCUSD.s' }, { name: 'ETHUSD.s' }, { name: 'XAUUSD.s' }],
});

/** 64 instruments that people trade, no two alike. */
const NAMES = (
  'BTCUSD ETHUSD XAUUSD EURUSD GBPUSD USDJPY AUDUSD NZDUSD USDCAD USDCHF XAGUSD SOLUSD XRPUSD ' +
  'ADAUSD DOTUSD LTCUSD BNBUSD AVAXUSD LINKUSD UNIUSD ATOMUSD NEARUSD APTUSD ARBUSD OPUSD SUIUSD ' +
  'EURGBP EURJPY EURCHF EURAUD EURCAD EURNZD GBPJPY GBPCHF GBPAUD GBPCAD GBPNZD AUDJPY AUDNZD ' +
  'AUDCAD AUDCHF NZDJPY NZDCAD NZDCHF CADJPY CADCHF CHFJPY USDSEK USDNOK USDSGD USDHKD USDCNH ' +
  'USDMXN USDZAR US500 NAS100 US30 GER40 UK100 JPN225 WTIUSD BRENT NATGAS COPPER'
).split(' ');

describe('a payload', () => {
  it('decodes to the scenario that was encoded', () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        const payload = encodeScenario(scenario);
        expect(payload.length).toBeLessThanOrEqual(PAYLOAD_CHARS_MAX);
        expect(decodePayload(payload)).toEqual({ kind: 'ok', value: scenario });
      }),
      { seed: SEED, numRuns: 100 },
    );
  });

  it('holds the largest scenario there is', () => {
    const big = fc.sample(anyScenario, { seed: SEED, numRuns: 300 });
    const symbols = big
      .flatMap((scenario) => scenario.symbols)
      .filter(({ market, durationUs }) => market.kind === 'random-walk' && durationUs > 0)
      .slice(0, 64)
      .map((symbol, at) => ({
        ...symbol,
        name: `${at}${symbol.name}`.padEnd(24, 'x').slice(0, 24),
      }));
    const noise = Array.from({ length: 400 }, (_, at) => {
      return String.fromCharCode(0x4e00 + ((at * 7_919) % 20_000));
    }).join('');
    const faults = Array.from({ length: 32 }, (_, at) => {
      return {
        atUs: (at * 86_028_121_157) % 86_400_000_000,
        forUs: (at * 15_485_863_003) % 86_400_000_000,
      };
    });
    const scenario = parse({
      ...(big[0] ?? THREE),
      symbols,
      title: noise.slice(0, 120),
      acceptance: { reason: noise },
      endpoint: { faults: { stalls: faults, crashes: faults } },
    });
    expect(scenario.symbols).toHaveLength(64);
    expect(decodePayload(encodeScenario(scenario))).toEqual({ kind: 'ok', value: scenario });
  });

  it('is short: 16 symbols in 500 characters, 64 in 2,000', () => {
    const lengthOf = (count: number): number =>
      encodeScenario(parse({ symbols: NAMES.slice(0, count).map((name) => ({ name })) })).length;
    expect(new Set(NAMES).size).toBe(64);
    expect(lengthOf(16)).toBeLessThanOrEqual(500);
    expect(lengthOf(64)).toBeLessThanOrEqual(2_000);
  });

  it('has one text, whatever the order in which the settings were written', () => {
    const one = parse({
      symbols: [{ name: 'A', signals: 5, market: { kind: 'reference' } }],
      seed: 1,
    });
    const other = parse({ seed: 1, symbols: [{ signals: 5, name: 'A' }], lock: { name: 'fifo' } });
    expect(encodeScenario(one)).toBe(encodeScenario(other));
    expect(canonicalJson(scenarioSchema, one)).toBe(
      '{"seed":1,"symbols":[{"name":"A","signals":5}]}',
    );
  });

  it('leaves out defaults at every depth, and only those', () => {
    const scenario = parse({
      symbols: [
        { name: 'A', market: { kind: 'random-walk', stepUs: 5 } },
        {
          name: 'B',
          intervalUs: [10_000, 20_000],
          market: { kind: 'reference', exposureBp: [1, 2] },
        },
      ],
      endpoint: { faults: { dropReplyPerMillion: 0, stalls: [{ atUs: 0, forUs: 1 }] } },
      risk: { breaker: { losses: 3 } },
    });
    expect(canonicalJson(scenarioSchema, scenario)).toBe(
      '{"symbols":[{"name":"A","market":{"kind":"random-walk","stepUs":5}},' +
        '{"name":"B","market":{"kind":"reference","exposureBp":[1,2]}}],' +
        '"endpoint":{"faults":{"stalls":[{"atUs":0,"forUs":1}]}}}',
    );
  });

  it('carries any writing in its title', () => {
    const title = '三个品种 — «ночь» 🔒 \ufffd é';
    const scenario = parse({ symbols: [{ name: 'A' }], title });
    expect(decodePayload(encodeScenario(scenario))).toEqual({ kind: 'ok', value: scenario });
  });
});

describe('the version of a payload', () => {
  it('is not written while it is the first, and is the first where none is written', () => {
    const first = encodeDocument({ symbols: [] }, { format: 1, semantics: 1 });
    expect(decodeDocument(first)).toEqual({ kind: 'ok', value: { symbols: [] } });
    expect(decodeVersioned(encodeScenario(THREE))).toEqual({
      kind: 'ok',
      value: { scenario: THREE, semantics: 1 },
    });
  });

  it('is written as soon as it is a later one, whatever the default of its reader', () => {
    const later = encodeDocument({ format: 2, symbols: [] }, { format: 2, semantics: 3 });
    expect(decodeDocument(later)).toEqual({
      kind: 'ok',
      value: { format: 2, semantics: 3, symbols: [] },
    });
    expect(decodePayload(later)).toMatchObject({ error: { code: 'newer-version' } });
  });
});

describe('a payload that nobody encoded', () => {
  it.each([
    ['', 'link-damaged'],
    ['A', 'link-damaged'],
    ['????', 'link-damaged'],
    [pack(''), 'link-damaged'],
    [pack('{"symbols":'), 'link-damaged'],
    [pack('[]'), 'link-damaged'],
    [pack('null'), 'link-damaged'],
    [pack('7'), 'link-damaged'],
    [encodeBase64url(deflateRawSync(Buffer.from([0x22, 0xff, 0x22]))), 'link-damaged'],
    [pack('{}'), 'scenario-invalid'],
    [pack('{"symbols":[{"name":"A","color":"red"}]}'), 'scenario-invalid'],
    [pack(`{"symbols":[${'0,'.repeat(100_000)}0]}`), 'scenario-invalid'],
    ['A'.repeat(PAYLOAD_CHARS_MAX + 1), 'link-too-long'],
  ])('%.30j is refused as %s', (payload, code) => {
    expect(decodePayload(payload)).toMatchObject({ kind: 'error', error: { code } });
  });

  it('is refused at once if it would inflate to 12 MB, or to 1 GB', () => {
    const zeros = deflateRawSync(Buffer.alloc(1 << 20), { finishFlush: constants.Z_FULL_FLUSH });
    const bomb = (count: number): string =>
      encodeBase64url(Buffer.concat(Array.from({ length: count }, () => zeros)));
    const [small, big] = [bomb(11), bomb(1_024)];
    expect(small.length).toBeLessThanOrEqual(PAYLOAD_CHARS_MAX);
    const startMs = performance.now();
    expect(decodePayload(small)).toMatchObject({ error: { code: 'link-too-large' } });
    expect(decodePayload(big)).toMatchObject({ error: { code: 'link-too-long' } });
    expect(performance.now() - startMs).toBeLessThan(1_000);
  });

  it('is judged without throwing, and what it holds is sound if it is accepted', () => {
    const original = encodeScenario(THREE);
    let accepted = 0;
    fc.assert(
      fc.property(mutations(original), (payload) => {
        const result = decodePayload(payload);
        if (result.kind === 'error') return;
        accepted += 1;
        expect(v.is(scenarioSchema, result.value)).toBe(true);
      }),
      { seed: SEED, numRuns: 3_000 },
    );
    expect(accepted).toBeGreaterThan(0);
  });

  it('is judged without throwing where the text inside is changed', () => {
    const original = canonicalJson(scenarioSchema, THREE);
    fc.assert(
      fc.property(mutations(original), (text) => {
        const result = decodePayload(pack(text));
        if (result.kind === 'ok') expect(v.is(scenarioSchema, result.value)).toBe(true);
        else expect(result.error.message.length).toBeLessThan(8_000);
      }),
      { seed: SEED, numRuns: 2_000 },
    );
  });

  it('is judged without throwing where it is any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12_288, size: 'max' }), (bytes) => {
        expect(decodePayload(encodeBase64url(bytes)).kind).toBe('error');
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});

/**
 * Texts that differ from `original` in one to four places: replaced, removed, added or repeated.
 */
function mutations(original: string): fc.Arbitrary<string> {
  const edit = fc.record({
    at: fc.nat(original.length - 1),
    remove: fc.nat(3),
    insert: fc.oneof(
      fc.string({ maxLength: 3 }),
      fc.constantFrom('A', '_', '-1', '0', '9e99', '{', '}', '[', '"', ',', original),
    ),
  });
  return fc.array(edit, { minLength: 1, maxLength: 4 }).map((edits) => {
    let text = original;
    for (const { at, remove, insert } of edits)
      text = text.slice(0, at) + insert + text.slice(at + remove);
    return text;
  });
}
