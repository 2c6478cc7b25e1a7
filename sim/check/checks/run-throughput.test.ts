/** run.throughput catches a run that trades too slowly. */
import { describe, expect, it } from 'vitest';
import { describeCheck, FACTS, judged, texts } from '../testing/judged.ts';
import { BTC, TraceBuilder } from '../testing/trace-builder.ts';
import { runThroughput } from './run-throughput.ts';

/** So many trades in a second. */
function trades(count: number): TraceBuilder {
  const trace = new TraceBuilder().by(BTC);
  for (let order = 1; order <= count; order++) trace.order(order).fill(order, 1);
  return trace.at(1_000);
}

describeCheck(runThroughput, () => trades(51));

describe('run.throughput', () => {
  it('asks for more than the minimum', () => {
    const result = judged(runThroughput, trades(50));
    expect(result).toMatchObject({ verdict: 'violated', count: 1 });
    expect(result.measured).toEqual({ trades: 50, elapsedUs: 1_000_000, tradesPerSecond: 50 });
    expect(texts(result)).toEqual([
      '50 trades in 1000 ms are 50.0 a second; more than 50 are asked for.',
    ]);
  });

  it('counts an order that was executed twice once', () => {
    const trace = trades(50);
    for (let order = 1; order <= 50; order++) trace.fill(order, 1);
    expect(judged(runThroughput, trace).verdict).toBe('violated');
  });

  it('catches a run without a single trade', () => {
    expect(judged(runThroughput, trades(0)).verdict).toBe('violated');
  });

  it('has no occasion where no minimum is asked for', () => {
    const facts = { thresholds: { ...FACTS.thresholds, tradesPerSecondMin: 0 } };
    const result = judged(runThroughput, trades(0), { facts });
    expect(result).toMatchObject({ verdict: 'passed', examined: 0 });
  });
});
