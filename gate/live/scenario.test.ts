/** What the command line makes of a scenario, and which orders it keeps from a real account. */
import { describe, expect, it } from 'vitest';
import { galleryEntry, type Scenario, ZOO } from '../../sim/index.ts';
import { hazardsOf } from './hazards.ts';
import { type LiveScenario, liveScenario, type Wishes } from './scenario.ts';

const reference = galleryEntry('reference').scenario;

const NONE_WISHED: Wishes = {
  ...{ symbols: undefined, seconds: undefined, lock: undefined, seed: undefined },
  ...{ foreign: false, allowTrade: false, nowMs: 1_800_000_000_000 },
};

function made(scenario: Scenario, wishes: Partial<Wishes>): LiveScenario {
  const result = liveScenario(scenario, { ...NONE_WISHED, ...wishes });
  if (result.kind === 'error') throw new Error(result.error.message);
  return result.value;
}

describe('a live scenario', () => {
  it('is the one that was named, on the real socket, from now on', () => {
    const { scenario, trades, notes } = made(reference, {});
    expect(scenario).toEqual({
      ...reference,
      epochMs: 1_800_000_000_000,
      socket: { ...reference.socket, profile: 'zeromq.js' },
    });
    expect([trades, notes]).toEqual([true, []]);
  });

  it('takes symbols by name, unknown ones like its first, and asks for no more than there are', () => {
    const { scenario, notes } = made(reference, { symbols: ['XAUUSD.s', 'EURUSD'] });
    expect(scenario.symbols.map(({ name }) => name)).toEqual(['XAUUSD.s', 'EURUSD']);
    expect(scenario.symbols[1]).toEqual({ ...reference.symbols[0], name: 'EURUSD' });
    expect(scenario.acceptance.symbolsMin).toBe(2);
    expect(notes).toHaveLength(2);
  });

  it('lasts as long as asked for, and is cut short a minute after that', () => {
    const { scenario } = made(reference, { seconds: 7 });
    expect(scenario.symbols.map(({ durationUs }) => durationUs)).toEqual([7e6, 7e6, 7e6]);
    expect(scenario.timeLimitUs).toBe(67_000_000);
  });

  it('refuses a lock or a symbol that does not exist', () => {
    for (const wish of [{ lock: 'padlock' }, { symbols: ['a b'] }, { symbols: ['A', 'A'] }]) {
      expect(liveScenario(reference, { ...NONE_WISHED, ...wish }).kind).toBe('error');
    }
  });
});

describe("orders for somebody's own gateway", () => {
  it('need permission: without it no signal trades, and nobody asks for throughput', () => {
    const { scenario, trades, why } = made(reference, { foreign: true });
    expect([trades, why]).toEqual([false, ['orders need --allow-trade']]);
    expect(scenario.symbols.every(({ market }) => market.skipPerMillion === 1_000_000)).toBe(true);
    expect(scenario.acceptance.tradesPerSecondMin).toBe(0);
  });

  it('are sent with it', () => {
    expect(made(reference, { foreign: true, allowTrade: true })).toMatchObject({
      ...{ trades: true, why: [] },
      scenario: { acceptance: reference.acceptance },
    });
  });

  it.each(ZOO.map(({ name, faulty }) => [name, faulty] as const))(
    'behind the lock %s are refused if it is faulty (%s), whatever the flags',
    (lock, faulty) => {
      expect(made(reference, { foreign: true, allowTrade: true, lock }).trades).toBe(!faulty);
      expect(made(reference, { lock }).trades).toBe(true);
    },
  );

  it('are refused for every other defect that endangers an account', () => {
    const defects: readonly (readonly [keyof Scenario, object])[] = [
      ['engine', { release: 'on-success' }],
      ['engine', { heartbeatUs: 1_000, heartbeatLock: 'none' }],
      ['engine', { lockOrder: 'crossed' }],
      ['engine', { failedQuery: 'read-as-flat' }],
      ['socket', { reopen: 'not-after-last' }],
      ['socket', { lostOrder: 'resend' }],
      ['risk', { exposureLimit: 'ignored' }],
      ['risk', { breaker: { ...reference.risk.breaker, rule: 'ignored' } }],
      ['risk', { reducing: 'limited' }],
    ];
    for (const [part, defect] of defects) {
      const scenario = { ...reference, [part]: { ...(reference[part] as object), ...defect } };
      expect(hazardsOf(scenario), JSON.stringify(defect)).toHaveLength(1);
    }
    expect(hazardsOf(reference)).toEqual([]);
  });
});
