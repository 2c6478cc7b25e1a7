/** run.concurrency catches symbols that are not active at once, and long pauses. */
import { describe, expect, it } from 'vitest';
import { describeCheck, judged, texts } from '../testing/judged.ts';
import { BTC, ETH, TraceBuilder, XAU } from '../testing/trace-builder.ts';
import { runConcurrency } from './run-concurrency.ts';

/** Signals of a symbol at these times, in milliseconds. */
function signals(trace: TraceBuilder, at: readonly (readonly [number, number])[]): TraceBuilder {
  at.forEach(([ms, symbol], n) => trace.at(ms).by(symbol).signal(n));
  return trace;
}

const together = (): TraceBuilder =>
  signals(new TraceBuilder(), [
    [0, BTC],
    [5, ETH],
    [20, XAU],
    [49, BTC],
    [50, ETH],
    [60, XAU],
  ]);

describeCheck(runConcurrency, together);

describe('run.concurrency', () => {
  it('measures how many were active at once, and the longest interval', () => {
    const { measured } = judged(runConcurrency, together());
    expect(measured).toEqual({ symbols: 3, intervalUsMax: 49_000 });
  });

  it('names the interval that reaches the limit', () => {
    const result = judged(runConcurrency, together().at(99).by(BTC).signal(9));
    expect(result).toMatchObject({ verdict: 'violated', examined: 7, count: 1 });
    expect(texts(result)).toEqual([
      'BTCUSD.s signalled at 99 ms, 50 ms after the signal before; less than 50 ms is asked for.',
    ]);
    expect(result.evidence[0]?.at).toEqual([
      { seq: 3, timeUs: 49_000 },
      { seq: 6, timeUs: 99_000 },
    ]);
  });

  it('catches symbols that take turns instead of being active at once', () => {
    const trace = signals(new TraceBuilder(), [
      [0, BTC],
      [10, BTC],
      [10, ETH],
      [20, ETH],
      [21, XAU],
      [30, XAU],
    ]);
    expect(texts(judged(runConcurrency, trace))).toEqual([
      'At most 2 symbols were active at once; 3 are asked for.',
    ]);
  });

  it('does not say that a trace that was cut short had too few', () => {
    const trace = signals(new TraceBuilder(), [[0, BTC]]);
    expect(judged(runConcurrency, trace, { end: { complete: false } }).verdict).toBe(
      'inconclusive',
    );
  });
});
