/** The reckoning holds as laws of real runs: bounds are never crossed, and order is kept. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  GALLERY,
  galleryEntry,
  parseScenario,
  runScenario,
  type Scenario,
} from '../../sim/index.ts';
import { whatIf } from './what-if.ts';

/** Draws differ from their means: over a thousand and more signals by less than this. */
const SLACK = 1.03;

const CALM = {
  breaker: { losses: 1_000_000, lossCents: 1e12 },
  exposureTotalBpMax: 1_000_000_000,
  exposureSymbolBpMax: 1_000_000_000,
  drawdown: { equityCents: 1e14 },
  guardian: { errors: 1_000_000, spikes: 1_000_000 },
};

interface Load {
  readonly symbols: number;
  readonly intervalUs: readonly [number, number];
  readonly parts?: Readonly<Record<string, unknown>>;
}

function loaded({ symbols, intervalUs, parts = {} }: Load): Scenario {
  const parsed = parseScenario({
    symbols: Array.from({ length: symbols }, (_, at) => ({
      name: `S${at}`,
      intervalUs,
      signals: 600,
    })),
    risk: CALM,
    ...parts,
  });
  if (parsed.kind === 'error') throw new Error(parsed.error.message);
  return parsed.value;
}

function measured(scenario: Scenario) {
  const { lock, ticks, elapsedUs } = runScenario(scenario, { keepTrace: false });
  return {
    busy: lock.heldUs / elapsedUs,
    perSecond: (ticks / elapsedUs) * 1e6,
    waitUs: lock.waitUs.max,
  };
}

const LOADS: readonly Load[] = [
  { symbols: 1, intervalUs: [50_000, 100_000] },
  { symbols: 3, intervalUs: [20_000, 40_000] },
  { symbols: 3, intervalUs: [10_000, 20_000] },
  { symbols: 6, intervalUs: [10_000, 20_000] },
  { symbols: 20, intervalUs: [10_000, 20_000] },
  { symbols: 20, intervalUs: [0, 0] },
];

const VARIED: readonly (readonly [string, Load])[] = [
  [
    'latency',
    { symbols: 4, intervalUs: [5_000, 9_000], parts: { endpoint: { latencyUs: [300, 900] } } },
  ],
  [
    'work inside the lock',
    { symbols: 3, intervalUs: [10_000, 20_000], parts: { engine: { work: 'inside' } } },
  ],
  [
    'a query before each order',
    { symbols: 4, intervalUs: [4_000, 8_000], parts: { engine: { queryFirst: true } } },
  ],
  [
    'a heartbeat on the lock',
    { symbols: 4, intervalUs: [4_000, 8_000], parts: { engine: { heartbeatUs: 7_000 } } },
  ],
  ['a pump', { symbols: 2, intervalUs: [10_000, 20_000], parts: { endpoint: { pumpUs: 10_000 } } }],
  [
    'other clients',
    {
      symbols: 2,
      intervalUs: [2_000, 4_000],
      parts: { endpoint: { otherClients: 3, otherThinkUs: [1_000, 2_000] } },
    },
  ],
  [
    'a lock that overtakes at most twice',
    { symbols: 6, intervalUs: [0, 4_000], parts: { lock: { name: 'priority-bounded' } } },
  ],
];

describe('a run', () => {
  test.each([...LOADS.map((load) => [JSON.stringify(load), load] as const), ...VARIED])(
    'never beats the bounds: %s',
    (_, load) => {
      const scenario = loaded(load);
      const told = whatIf(scenario);
      const { busy, perSecond, waitUs } = measured(scenario);
      const beats = scenario.engine.heartbeatUs === 0 ? 0 : 1e6 / scenario.engine.heartbeatUs;
      expect(perSecond).toBeLessThanOrEqual(told.perSecondMax * SLACK);
      expect(told.perSecondMax - beats).toBeGreaterThan(0);
      expect(busy).toBeLessThanOrEqual(1);
      if (told.unreckoned.length === 0) expect(busy).toBeLessThanOrEqual(told.load * SLACK);
      expect(waitUs).toBeLessThanOrEqual(told.waitUsMax ?? 0);
    },
  );

  test('is the busier the more was asked for', () => {
    const scenarios = LOADS.map(loaded);
    const loads = scenarios.map((scenario) => whatIf(scenario).load);
    const busy = scenarios.map((scenario) => measured(scenario).busy);
    expect(loads).toEqual([...loads].sort((a, b) => a - b));
    expect(busy).toEqual([...busy].sort((a, b) => a - b));
  });

  test('keeps close to the load while that is small, and to one exchange after another beyond', () => {
    const [calm, , , , , full] = LOADS.map(loaded).map((scenario) => ({
      told: whatIf(scenario),
      was: measured(scenario),
    }));
    expect(calm?.was.busy).toBeCloseTo(calm?.told.load ?? 0, 2);
    expect(full?.told.load).toBe(20);
    expect(full?.was.perSecond).toBeGreaterThan((full?.told.perSecondMax ?? 0) / SLACK);
    expect(full?.told.perSecondMax).toBeCloseTo(500, 6);
  });
});

test('every gallery scenario without faults keeps the longest wait that was reckoned', () => {
  const plain = GALLERY.filter(({ long }) => !long)
    .map(({ name, scenario }) => ({ name, scenario, told: whatIf(scenario) }))
    .filter(({ told }) => told.unreckoned.every((each) => each === 'other-clients'))
    .filter(({ scenario }) => scenario.engine.heartbeatLock === 'shared')
    .filter(({ scenario }) => scenario.engine.lockOrder === 'one-by-one');
  expect(plain.length).toBeGreaterThan(10);
  for (const { name, scenario, told } of plain) {
    expect(measured(scenario).waitUs, name).toBeLessThanOrEqual(told.waitUsMax ?? Infinity);
  }
});

test('a lock that lets in more than one is named, and crosses the bound that the others keep', () => {
  const { scenario } = galleryEntry('escaping-lock');
  expect(whatIf(scenario).unreckoned).toContain('faulty-lock');
  expect(measured(scenario).busy).toBeGreaterThan(1);
  const repaired = galleryEntry('escaping-lock-repaired').scenario;
  expect(whatIf(repaired).unreckoned).toEqual([]);
  expect(measured(repaired).busy).toBeLessThanOrEqual(1);
});

test('the longest wait is met where nothing is left to chance', () => {
  const endpoint = { serviceUs: [2_000, 2_000], latencyUs: [500, 500] };
  const scenario = loaded({ symbols: 5, intervalUs: [0, 0], parts: { endpoint } });
  expect(whatIf(scenario).waitUsMax).toBe(4 * 3_000);
  expect(measured(scenario).waitUs).toBe(4 * 3_000);
});

test('a lock that promises no order promises no wait, unless waiters give up', () => {
  const unfair = { symbols: 4, intervalUs: [0, 0] as const, parts: { lock: { name: 'lifo' } } };
  expect(whatIf(loaded(unfair)).waitUsMax).toBeUndefined();
  const impatient = { ...unfair, parts: { lock: { name: 'lifo', timeoutUs: 2_500 } } };
  expect(whatIf(loaded(impatient)).waitUsMax).toBe(2_500);
  expect(whatIf(loaded({ ...unfair, symbols: 1 })).waitUsMax).toBe(0);
});

test('more symbols never ask for less, and a longer interval never for more', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 63 }),
      fc.integer({ min: 0, max: 100_000 }),
      fc.integer({ min: 0, max: 100_000 }),
      (symbols, shorter, more) => {
        const load = (count: number, us: number): number =>
          whatIf(loaded({ symbols: count, intervalUs: [us, us] })).load;
        expect(load(symbols + 1, shorter)).toBeGreaterThan(load(symbols, shorter));
        expect(load(symbols, shorter + more)).toBeLessThanOrEqual(load(symbols, shorter));
      },
    ),
    { seed: 127, numRuns: 60 },
  );
});
