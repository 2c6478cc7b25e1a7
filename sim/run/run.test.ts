import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decimal } from '../base/money.ts';
import { galleryEntry } from '../scenario/gallery/index.ts';
import type { Scenario, SymbolSpec } from '../scenario/schema.ts';
import { smallScenario } from '../scenario/testing/arbitrary.ts';
import { EventKind, keepEvent, type TraceEvent } from '../trace/event.ts';
import { eventsOf } from '../trace/segment.ts';
import { acceptanceTable } from './acceptance.ts';
import { Run, runScenario } from './run.ts';

const SEED = 127;
const small = smallScenario({ symbolsMax: 4, signalsMax: 20 });
const { scenario: reference } = galleryEntry('reference');

function trace(scenario: Scenario): TraceEvent[] {
  const { segments } = runScenario(scenario, { keepTrace: true });
  return Array.from(eventsOf(segments), keepEvent);
}

/** The parts that lose nothing: a lock that excludes, one exact aggregator, a gateway in order. */
function sound(scenario: Scenario): Scenario {
  return {
    ...scenario,
    timeLimitUs: 60_000_000,
    lock: { ...scenario.lock, name: 'fifo', timeoutUs: 0 },
    engine: {
      ...scenario.engine,
      release: 'always',
      lockOrder: 'one-by-one',
      heartbeatLock: 'shared',
      failedQuery: 'skip',
    },
    socket: { ...scenario.socket, relaxed: false, reopen: 'always', lostOrder: 'query' },
    endpoint: { ...scenario.endpoint, books: 'exact', dedupe: true },
    aggregator: {
      ...scenario.aggregator,
      kind: 'incremental',
      arithmetic: 'decimal',
      update: 'atomic',
      isolation: 'symbol',
    },
  };
}

describe('a run', () => {
  it('gives the same digest every time, in slices of any size', () => {
    fc.assert(
      fc.property(small, fc.integer({ min: 1, max: 500 }), (scenario, slice) => {
        const whole = runScenario(scenario, { keepTrace: false });
        const run = new Run(scenario, { keepTrace: true });
        while (run.advance(slice));
        expect(run.result().digest).toBe(whole.digest);
        expect(run.result().checks).toEqual(whole.checks);
      }),
      { seed: SEED, numRuns: 100 },
    );
  });

  it('loses no money: ledger, fills, books and incremental aggregator agree to the cent', () => {
    fc.assert(
      fc.property(small, (drawn) => {
        const scenario = sound(drawn);
        const { pnl, checks } = runScenario(scenario, { keepTrace: false });
        const open = checks.find((check) => check.id === 'order.answered');
        const fills = trace(scenario).filter((event) => event.kind === EventKind.fill);
        const sum = fills.reduce((total, fill) => total + fill.value, 0);
        expect(new Decimal(pnl.ledgerTotal).times(100).toNumber()).toBe(sum);
        expect(checks.find((check) => check.id === 'pnl.ledger')?.verdict).not.toBe('violated');
        // An order whose outcome was never found out is what the aggregator cannot know.
        if (open?.verdict === 'passed') expect(pnl.difference).toBe('0.00');
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  it('draws for each symbol by its name: another symbol moves nobody else’s draws', () => {
    const more: Scenario = {
      ...reference,
      symbols: [
        ...reference.symbols,
        { ...(reference.symbols[0] as SymbolSpec), name: 'EURUSD.s' },
      ],
    };
    const decisions = (scenario: Scenario, name: string): string => {
      const symbol = scenario.symbols.findIndex((one) => one.name === name);
      return trace(scenario)
        .filter((event) => event.symbol === symbol)
        .filter(({ kind }) => kind === EventKind.signal || kind === EventKind.fill)
        .map(({ kind, value, b }) => (kind === EventKind.signal ? `s${b}` : `f${value}`))
        .join();
    };
    for (const { name } of reference.symbols)
      expect(decisions(more, name)).toBe(decisions(reference, name));
  });

  it('keeps time and sequence numbers in order', () => {
    fc.assert(
      fc.property(small, (scenario) => {
        const events = trace(scenario);
        events.forEach((event, at) => {
          expect(event.seq).toBe(at);
          expect(event.timeUs).toBeGreaterThanOrEqual(events[at - 1]?.timeUs ?? 0);
        });
        expect(events.at(-1)?.kind).toBe(EventKind.end);
      }),
      { seed: SEED, numRuns: 50 },
    );
  });

  it('judges what happened before it was cancelled, and never calls that passed', () => {
    const run = new Run(reference, { keepTrace: false });
    run.advance(100);
    expect(run.progress()).toBeGreaterThan(0);
    expect(run.progress()).toBeLessThan(1);
    run.cancel();
    const result = run.result();
    expect(result.complete).toBe(false);
    expect(result.verdict).toBe('inconclusive');
    expect(result.checks.filter((check) => check.verdict === 'violated')).toEqual([]);
    expect(run.advance(100)).toBe(false);
  });
});

describe('the reference run', () => {
  it('passes A1 to A7 for at least 990 of the seeds 1 to 1,000', () => {
    const failures: string[] = [];
    for (let seed = 1; seed <= 1_000; seed++) {
      const result = runScenario({ ...reference, seed }, { keepTrace: false });
      const rows = acceptanceTable(result).filter((row) => Number(row.id.slice(1)) <= 7);
      const failed = rows.filter((row) => row.verdict !== 'passed').map((row) => row.id);
      if (failed.length > 0) failures.push(`seed ${seed}: ${failed.join(' ')}`);
      else expect(result.verdict, `seed ${seed}`).toBe('passed');
    }
    console.info(failures.length === 0 ? 'every seed passes' : failures.join('\n'));
    expect(failures.length, failures.join('\n')).toBeLessThanOrEqual(10);
  });

  it('takes 33 trades a second at most when the work is done under the lock, as claimed', () => {
    const { checks } = runScenario(galleryEntry('reference-as-claimed').scenario, {
      keepTrace: false,
    });
    const throughput = checks.find((check) => check.id === 'run.throughput');
    expect(throughput?.verdict).toBe('violated');
    expect(throughput?.evidence[0]?.text).toMatch(/are 3[0-5]\.\d a second/);
  });
});
