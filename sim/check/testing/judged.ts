/**
 * Judges hand-built traces by one check, and states what every check owes whoever reads its
 * verdict.
 *
 * Facts are those of a careful run with tight limits, so that a test names only what it changes.
 */
import { describe, expect, it } from 'vitest';
import { EventKind } from '../../trace/event.ts';
import { eventsOf } from '../../trace/segment.ts';
import type { Check, CheckResult, Facts, Source } from '../contract.ts';
import type { TraceEnd } from '../../trace/observer.ts';
import { Judge } from '../judge.ts';
import { logSource, SIMULATED } from '../sources.ts';
import { TraceBuilder } from './trace-builder.ts';

export const FACTS: Facts = {
  symbolNames: ['BTCUSD.s', 'ETHUSD.s', 'XAUUSD.s'],
  taskNames: ['BTCUSD.s loop', 'ETHUSD.s loop', 'XAUUSD.s loop', 'heartbeat', 'gateway'],
  fairness: { kind: 'fifo' },
  thresholds: {
    symbolsMin: 3,
    intervalUsMax: 50_000,
    tradesPerSecondMin: 50,
    latencyUsMax: 100_000,
    breakerTripsMax: 0,
    toleranceCents: 0,
    starvationUs: 1_000_000,
    recoveryUs: 500_000,
  },
  risk: {
    exposureTotalBpMax: 200,
    exposureSymbolBpMax: 100,
    breakerLosses: 3,
    breakerLossCents: 100_000,
    halfOpenTrades: 2,
  },
  printed: false,
  place: 'event',
  durations: true,
  relaxed: false,
};

export interface Circumstances {
  readonly facts?: Partial<Facts>;
  readonly end?: Partial<TraceEnd>;
  readonly source?: Source;
}

/** What the check makes of a run's trace; it ends at its last event and is complete. */
export function judged(
  check: Check,
  trace: TraceBuilder,
  { facts, end, source = SIMULATED }: Circumstances = {},
): CheckResult {
  const judge = new Judge(source, { ...FACTS, ...facts }, [check]);
  for (const segment of trace.segments()) judge.read(segment);
  const last = { timeUs: trace.nowUs, complete: true, ...end };
  return onlyOne(judge.finish(last).checks);
}

/**
 * The same as a log: places are lines from 1, amounts are printed, and only some kinds are carried.
 */
export function judgedAsLog(
  check: Check,
  trace: TraceBuilder,
  carries: readonly EventKind[] = [EventKind.enter, EventKind.exit],
  timed = true,
): CheckResult {
  const facts: Facts = { ...FACTS, place: 'line', printed: true };
  const source = logSource({ carries: new Set(carries), timed });
  const judge = new Judge(source, facts, [check]);
  for (const event of eventsOf(trace.segments())) judge.step({ ...event, seq: event.seq + 1 });
  return onlyOne(judge.finish({ timeUs: trace.nowUs, complete: true }).checks);
}

/** The evidence as it is read. */
export function texts(result: CheckResult): string[] {
  return result.evidence.map((one) => one.text);
}

/**
 * What every check owes: it passes what is sound, sees no occasion in nothing, and calls neither a
 * trace that was cut short nor one that cannot show what it needs passed. Evidence leaves no gap
 * unfilled.
 */
export function describeCheck(
  check: Check,
  sound: () => TraceBuilder,
  facts?: Partial<Facts>,
): void {
  const about = facts === undefined ? {} : { facts };
  describe(`${check.id}, as any check`, () => {
    it('passes what is sound, having seen an occasion', () => {
      const result = judged(check, sound(), about);
      expect(texts(result)).toEqual([]);
      expect(result).toMatchObject({ verdict: 'passed', count: 0, required: true });
      expect(result.examined).toBeGreaterThan(0);
    });

    it('passes a trace without an occasion, and says so', () => {
      const result = judged(check, new TraceBuilder(), about);
      expect(result).toMatchObject({ verdict: 'passed', examined: 0, count: 0, evidence: [] });
    });

    it('calls a trace that was cut short inconclusive', () => {
      const result = judged(check, sound(), { ...about, end: { complete: false } });
      expect(result).toMatchObject({ verdict: 'inconclusive', count: 0 });
      expect(texts(result)[0]).toMatch(/^The trace (was cut short at|ends at|ended before) /);
    });

    it('calls a source that cannot carry what it needs inconclusive, whatever it saw', () => {
      for (const kind of check.needs) {
        const carries = new Set([...SIMULATED.carries].filter((carried) => carried !== kind));
        const result = judged(check, sound(), { ...about, source: { ...SIMULATED, carries } });
        expect(result).toMatchObject({ verdict: 'inconclusive', examined: 0, count: 0 });
        expect(texts(result)).toEqual([
          `This check needs what the run does not show: ${nameOf(kind)}.`,
        ]);
      }
    });

    it('compares times only where every event has one', () => {
      const untimed = judged(check, sound(), { ...about, source: { ...SIMULATED, timed: false } });
      expect(untimed.verdict).toBe(check.timed ? 'inconclusive' : 'passed');
    });
  });
}

function nameOf(kind: EventKind): string {
  return Object.entries(EventKind).find(([, code]) => code === kind)?.[0] ?? '';
}

function onlyOne(results: readonly CheckResult[]): CheckResult {
  const [result, ...others] = results;
  if (result === undefined || others.length > 0) throw new Error('expected one check');
  for (const { text } of result.evidence) expect(text).not.toMatch(/\{\w+\}/);
  return result;
}
