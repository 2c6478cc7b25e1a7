/**
 * What is refused is refused with its place, what was expected, what came, and what may be meant.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyScenario } from '../testing/arbitrary.ts';
import { parseScenario, parseScenarioText, type ScenarioProblem } from './parse.ts';

const SEED = 127;
const MESSAGE_MAX = 8_000;

function problemOf(value: unknown): ScenarioProblem {
  const result = parseScenario(value);
  if (result.kind === 'ok') throw new Error('expected a refusal');
  return result.error;
}

/** The problems of a scenario that is sound but for `parts`, as `path: message`. */
function told(parts: Record<string, unknown>): string[] {
  const { fields } = problemOf({ symbols: [{ name: 'BTCUSD.s' }], ...parts });
  return fields.map(({ path, message }) => `${path}: ${message}`);
}

describe('a sound scenario', () => {
  it('gets its defaults', () => {
    const result = parseScenario({ symbols: [{ name: 'BTCUSD.s' }] });
    expect(result).toMatchObject({
      kind: 'ok',
      value: {
        format: 1,
        symbols: [{ name: 'BTCUSD.s', signals: 50, market: { kind: 'reference' } }],
        lock: { name: 'fifo' },
        endpoint: { faults: { stalls: [] } },
      },
    });
  });

  it('is read from text, and is itself once parsed', () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        const expected = { kind: 'ok', value: scenario };
        expect(parseScenarioText(JSON.stringify(scenario))).toEqual(expected);
      }),
      { seed: SEED, numRuns: 40 },
    );
  });
});

describe('a message', () => {
  it.each([
    [{ sead: 1 }, 'sead: there is no such setting; did you mean seed?'],
    [
      { lock: { lease: 5 } },
      'lock.lease: there is no such setting; expected one of name, timeoutUs, leaseUs',
    ],
    [
      { endpoint: { faults: { dealyUs: [1, 2] } } },
      'endpoint.faults.dealyUs: there is no such setting; did you mean delayUs?',
    ],
    [{ seed: -1 }, 'seed: expected at least 0, got -1'],
    [{ seed: '5' }, 'seed: expected a whole number from 0 to 9007199254740991, got "5"'],
    [{ seed: 0.5 }, 'seed: expected a whole number from 0 to 9007199254740991, got 0.5'],
    [{ lock: null }, 'lock: expected an object with named settings, got null'],
    [{ lock: [] }, 'lock: expected an object with named settings, got []'],
    [{ socket: { relaxed: 'yes' } }, 'socket.relaxed: expected true or false, got "yes"'],
    [
      { socket: { profile: 'libzmp' } },
      'socket.profile: expected one of libzmq, zeromq.js, got "libzmp"; did you mean libzmq?',
    ],
    [{ endpoint: { serviceUs: 5 } }, 'endpoint.serviceUs: expected a list of two numbers, got 5'],
    [
      { endpoint: { serviceUs: [20, 10] } },
      'endpoint.serviceUs: expected [least, most], least first, got [20, 10]',
    ],
    [
      { endpoint: { serviceUs: [1, 2, 3] } },
      'endpoint.serviceUs[2]: expected two numbers only, got 3',
    ],
    [{ title: 5 }, 'title: expected text, got 5'],
    [
      { title: 'red \u001b[31m' },
      'title: expected text in one line, without control characters, got "red \\u001b[31m"',
    ],
    [{ symbols: [{}] }, 'symbols[0].name: expected this setting, got nothing; add it'],
    [{ symbols: [] }, 'symbols: expected at least one symbol, got []'],
    [{ symbols: 'BTCUSD' }, 'symbols: expected a list, got "BTCUSD"'],
    [
      { symbols: [{ name: 'A' }, { name: 'B' }, { name: 'A' }] },
      'symbols: expected every symbol name once, got A again',
    ],
    [
      { symbols: [{ name: 'A', market: { kind: 'walk' } }] },
      'symbols[0].market.kind: expected one of reference, random-walk, got "walk"',
    ],
    [
      { symbols: [{ name: 'A', durationUs: 5, intervalUs: [0, 0] }] },
      'symbols[0].intervalUs: expected a pause above 0 for a symbol that signals by duration, ' +
        'or it never ends, got [0, 0]',
    ],
    [{ format: 'one' }, 'format: expected 1, got "one"'],
  ])('says what is wrong with %j', (parts, message) => {
    expect(told(parts)).toEqual([message]);
  });

  it('says that other clients which need no time would hold the clock', () => {
    const endpoint = { otherClients: 1, serviceUs: [0, 0] };
    expect(told({ endpoint })).toEqual([
      expect.stringMatching(/^endpoint\.otherThinkUs: expected other clients to think/),
    ]);
    expect(parseScenario({ symbols: [{ name: 'A' }], endpoint: { otherClients: 1 } }).kind).toBe(
      'ok',
    );
  });

  it('lists every problem in one answer', () => {
    const { message } = problemOf({ symbols: [{ name: 'A', intervallUs: 1 }], lok: {}, seed: -1 });
    expect(message.split('\n')).toEqual([
      'the scenario has 3 problems:',
      '  lok: there is no such setting; did you mean lock?',
      '  symbols[0].intervallUs: there is no such setting; did you mean intervalUs?',
      '  seed: expected at least 0, got -1',
    ]);
  });

  it('lists ten problems at most and counts the rest', () => {
    const unknown = Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`x${at}`, at]));
    const { fields, more, message } = problemOf({ symbols: [{ name: 'A' }], ...unknown });
    expect([fields.length, more]).toEqual([10, 4_990]);
    expect(message.split('\n').at(-1)).toBe('  and 4990 more');
  });

  it('speaks of a list that is too long once, not of each of its items', () => {
    expect(told({ symbols: Array.from({ length: 100_000 }, () => 0) })).toEqual([
      'symbols: expected at most 64 items, got 100000',
    ]);
  });

  it('takes inherited names for what they are: unknown', () => {
    const text = '{"symbols":[{"name":"A"}],"__proto__":{},"constructor":1,"toString":2}';
    const result = parseScenarioText(text);
    expect(result).toMatchObject({
      error: { fields: [{ path: '["__proto__"]' }, { path: 'constructor' }, { path: 'toString' }] },
    });
  });

  it('says that a newer Interlock made it', () => {
    expect(problemOf({ format: 2, symbols: [] })).toMatchObject({
      code: 'newer-version',
      fields: [],
    });
  });
});

describe('text', () => {
  it.each(['', '{', 'symbols: []', '[1,', 'undefined'])(
    'is refused that is no JSON: %j',
    (text) => {
      expect(parseScenarioText(text)).toMatchObject({ error: { code: 'scenario-not-json' } });
    },
  );

  it('is refused unread where it is too long', () => {
    expect(parseScenarioText(' '.repeat(300_000))).toMatchObject({
      error: { code: 'scenario-too-long' },
    });
  });

  it('nested however deep is refused like any other', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(parseScenarioText(`{"symbols":${deep}}`).kind).toBe('error');
    expect(parseScenarioText(deep).kind).toBe('error');
  });
});

describe('any value at all', () => {
  it('is judged without throwing, in a bounded message that is safe to print', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), damagedScenarios()), (value) => {
        const result = parseScenario(value);
        if (result.kind === 'ok') return;
        expect(result.error.message.length).toBeLessThan(MESSAGE_MAX);
        expect(result.error.message).not.toMatch(/[^\P{Cc}\n]|[\u202A-\u202E\u2066-\u2069]/u);
        expect(result.error.fields.length).toBeLessThanOrEqual(10);
      }),
      { seed: SEED, numRuns: 1_000 },
    );
  });
});

/** Scenarios in which one value, at any depth, was replaced by something else. */
function damagedScenarios(): fc.Arbitrary<unknown> {
  const small = anyScenario.map(({ symbols, ...rest }) => ({
    ...rest,
    symbols: symbols.slice(0, 2),
  }));
  return fc.tuple(small, fc.nat(), fc.anything()).map(([scenario, place, value]) => {
    let count = 0;
    const text = JSON.stringify(scenario, (_, inner: unknown) => {
      count += 1;
      return inner;
    });
    const target = place % count;
    let at = 0;
    return JSON.parse(text, (_, inner: unknown) => (at++ === target ? value : inner)) as unknown;
  });
}
