/**
 * A live run is made by many and judged as one: the engine's faults show, whoever runs where, and
 * whatever ends early.
 */
import { describe, expect, it } from 'vitest';
import {
  type CheckId,
  EventKind,
  galleryEntry,
  parseScenario,
  RunEnd,
  type Scenario,
} from '../../sim/index.ts';
import { eachEvent, perform, type Performed } from './testing/perform.ts';
import { FakeWebLocks } from './testing/web-locks.ts';

/** Three symbols with little to do, and nothing asked of their speed. */
function scenarioOf(input: object = {}): Scenario {
  const names = ['BTCUSD.s', 'ETHUSD.s', 'XAUUSD.s'];
  const acceptance = {
    ...{ tradesPerSecondMin: 0, intervalUsMax: 5_000_000, latencyUsMax: 5_000_000 },
    breakerTripsMax: 1_000,
  };
  const symbols = names.map((name) => ({ name, signals: 12, intervalUs: [1_000, 3_000] }));
  const parsed = parseScenario({ symbols, acceptance, ...input });
  if (parsed.kind === 'error') throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

const withLock = (name: string, extra: object = {}): Scenario =>
  scenarioOf({ lock: { name, ...extra } });

function verdictOf({ finished }: Performed, id: CheckId): string {
  return finished.result.checks.find((check) => check.id === id)?.verdict ?? 'none';
}

/** Everything about a run that has to hold, however fast the machine was. */
function expectWhole({ finished, recorded, segments }: Performed): void {
  const { result } = finished;
  expect(result.complete).toBe(true);
  expect(recorded.lost).toEqual([]);
  expect(recorded.unknown).toEqual([]);
  expect(result.pnl.difference).toBe('0.00');
  let events = 0;
  let lastUs = 0;
  eachEvent(segments, ({ seq, timeUs }) => {
    expect(seq).toBe(events++);
    expect(timeUs).toBeGreaterThanOrEqual(lastUs);
    lastUs = timeUs;
  });
  expect(events).toBe(result.events);
}

describe('a live run', () => {
  it('with a correct lock passes every check, all rows of the acceptance among them', async () => {
    const performed = await perform(scenarioOf());
    expectWhole(performed);
    expect(performed.finished.result.verdict).toBe('passed');
    expect(performed.finished.result.ticks).toBe(36);
    const rows = performed.finished.acceptance.map(({ id }) => id);
    expect(rows).toEqual(expect.arrayContaining(['A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7']));
  });

  it('shows the very events that the simulated one does for each signal', async () => {
    const { segments } = await perform(scenarioOf());
    const kinds: number[] = [];
    eachEvent(segments, ({ kind, task }) => {
      if (task === 0) kinds.push(kind);
    });
    const { signal, request, grant, enter, send, receive, exit, release, settle } = EventKind;
    const own = new Set<number>([signal, request, grant, enter, send, receive, exit, release]);
    const first = kinds.slice(0, kinds.indexOf(settle)).filter((kind) => own.has(kind));
    // What the lock and the loop do after the exchange has no order between the two workers.
    expect(first.slice(0, 6)).toEqual([signal, request, grant, enter, send, receive]);
    expect(first).toContain(exit);
  });

  it.each(['none', 'escaping', 'per-symbol'])(
    'with the lock "%s" is caught by lock.exclusion',
    async (name) => {
      const performed = await perform(withLock(name));
      expect(verdictOf(performed, 'lock.exclusion')).toBe('violated');
      expect(performed.finished.result.verdict).toBe('violated');
    },
  );

  it('with the browser’s lock keeps everything that a lock owes', async () => {
    const performed = await perform(scenarioOf(), 'browser', { locks: new FakeWebLocks() });
    expectWhole(performed);
    expect(verdictOf(performed, 'lock.exclusion')).toBe('passed');
    expect(verdictOf(performed, 'lock.fifo')).toBe('passed');
    expect(performed.finished.result.verdict).toBe('passed');
  });

  it('in which everybody waits for everybody is stuck, and says so', async () => {
    const performed = await perform(galleryEntry('crossed-locks').scenario);
    expect(verdictOf(performed, 'lock.deadlock')).toBe('violated');
    expect(performed.finished.result.complete).toBe(true);
  });

  it('gives up waiting when the lock says so, and goes on', async () => {
    const endpoint = { serviceUs: [8_000, 8_000] };
    const performed = await perform(
      scenarioOf({ endpoint, lock: { name: 'fifo', timeoutUs: 4_000 } }),
    );
    const kinds: number[] = [];
    eachEvent(performed.segments, ({ kind }) => void kinds.push(kind));
    expect(kinds).toContain(EventKind.timeout);
    expect(performed.finished.result.complete).toBe(true);
    for (const id of ['lock.pairing', 'lock.exclusion', 'lock.lost-wakeup'] as const) {
      expect(verdictOf(performed, id)).toBe('passed');
    }
  });

  it.each(['one-by-one', 'nested'])(
    'books under the aggregator’s own lock, taken %s',
    async (lockOrder) => {
      const aggregator = { kind: 'incremental', lock: 'fifo' };
      const performed = await perform(scenarioOf({ aggregator, engine: { lockOrder } }));
      expectWhole(performed);
      expect(performed.finished.result.verdict).toBe('passed');
    },
  );

  it('of 64 symbols is whole', async () => {
    const symbols = Array.from({ length: 64 }, (_, n) => ({
      ...{ name: `S${n}`, signals: 3, intervalUs: [1_000, 2_000] },
    }));
    const performed = await perform(scenarioOf({ symbols }));
    expectWhole(performed);
    expect(verdictOf(performed, 'lock.exclusion')).toBe('passed');
    expect(performed.finished.result.ticks).toBe(192);
    expect(performed.recorded.intervals).toHaveLength(64);
  });

  it('judges and tells the intervals that came about', async () => {
    const { recorded } = await perform(scenarioOf());
    for (const { askedUs, achievedUs } of recorded.intervals) {
      expect(askedUs).toEqual([1_000, 3_000]);
      expect(achievedUs?.min).toBeGreaterThanOrEqual(1_000);
      expect(achievedUs?.median).toBeLessThanOrEqual(achievedUs?.max ?? 0);
    }
  });

  it('is in order although every worker has a clock of its own', async () => {
    const skewUs = { symbol: -7_654_321, lock: 12_345_678, account: 55_555 };
    const performed = await perform(scenarioOf(), 'worker', {
      skewUs: (player) => skewUs[player.kind] + (player.kind === 'symbol' ? player.symbol : 0),
    });
    expectWhole(performed);
    expect(performed.finished.result.verdict).toBe('passed');
    expect(performed.recorded.clockErrorUs).toBeGreaterThan(0);
  });
});

/** Goes on until somebody ends it. */
const endless = (): Scenario =>
  scenarioOf({
    symbols: ['BTCUSD.s', 'ETHUSD.s'].map((name) => ({
      ...{ name, signals: 100_000, intervalUs: [1_000, 3_000] },
    })),
  });

describe('a live run that ends early', () => {
  it('by a stop is judged as far as it went', async () => {
    const performed = await perform(endless(), 'worker', {
      onStanding: (_, conductor) => conductor.stop(),
    });
    const { result } = performed.finished;
    expect(result.complete).toBe(false);
    expect(result.verdict).toBe('inconclusive');
    expect(verdictOf(performed, 'lock.exclusion')).toBe('inconclusive');
    expect(result.ticks).toBeGreaterThan(0);
    expect(performed.recorded.lost).toEqual([]);
    let end: number | undefined;
    eachEvent(performed.segments, ({ kind, b }) => {
      if (kind === EventKind.end) end = b;
    });
    expect(end).toBe(RunEnd.cancelled);
  });

  it('before it has begun ends as soon as it has', async () => {
    const performed = await perform(endless(), 'worker', {
      onOpening: (conductor) => conductor.stop(),
    });
    expect(performed.finished.result.verdict).toBe('inconclusive');
    expect(performed.recorded.lost).toEqual([]);
  });

  it('by its time limit too', async () => {
    const performed = await perform({ ...endless(), timeLimitUs: 300_000 });
    expect(performed.finished.result.verdict).toBe('inconclusive');
    expect(performed.finished.result.elapsedUs).toBeGreaterThan(300_000);
  });

  it.each([
    { kind: 'symbol' as const, symbol: 1 },
    { kind: 'lock' as const },
    { kind: 'account' as const },
  ])('by the death of $kind says what is unknown, and accuses nobody', async (player) => {
    const performed = await perform(endless(), 'worker', {
      onStanding: (_, __, kill) => kill(player),
    });
    const { finished, recorded } = performed;
    expect(finished.result.verdict).toBe('inconclusive');
    expect(recorded.lost).toEqual([player]);
    const [stretch] = recorded.unknown;
    expect(stretch?.why).toBe('worker-lost');
    expect(stretch?.endUs).toBe(finished.result.elapsedUs);
    expect(stretch?.startUs).toBeGreaterThan(0);
    expect(stretch?.startUs).toBeLessThan(stretch?.endUs ?? 0);
  });

  it('by a death after a violation is violated all the same', async () => {
    const scenario = { ...endless(), lock: withLock('none').lock };
    const performed = await perform(scenario, 'worker', {
      onStanding: ({ violated }, _, kill) => {
        if (violated.includes('lock.exclusion')) kill({ kind: 'account' });
      },
    });
    expect(performed.finished.result.verdict).toBe('violated');
    expect(performed.recorded.lost).toEqual([{ kind: 'account' }]);
  });

  it('is told of while it runs, and never passed early', async () => {
    const { standings } = await perform(endless(), 'worker', {
      onStanding: ({ signals }, conductor) => {
        if (signals > 50) conductor.stop();
      },
    });
    expect(standings.map(({ verdict }) => verdict)).not.toContain('passed');
    expect(standings.at(-1)?.progress.nowUs).toBeGreaterThan(0);
  });
});

describe('a plan', () => {
  it('with the lock at a bridge and no bridge is refused', async () => {
    await expect(perform(scenarioOf(), 'bridge')).rejects.toThrow('expected the bridge');
  });
});
