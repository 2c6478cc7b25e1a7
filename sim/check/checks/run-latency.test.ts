/** run.latency catches every signal that takes too long, also one that never ends. */
import { describe, expect, it } from 'vitest';
import { Outcome } from '../../trace/event.ts';
import { describeCheck, judged, texts } from '../testing/judged.ts';
import { BTC, ETH, TraceBuilder } from '../testing/trace-builder.ts';
import { runLatency } from './run-latency.ts';

const { filled, failed } = Outcome;

const settledAt = (ms: number): TraceBuilder =>
  new TraceBuilder().at(1).by(BTC).signal(1).by(ETH).signal(1).at(4).settle(1, filled).at(ms);

const both = (ms: number): TraceBuilder => settledAt(ms).by(BTC).settle(1, failed);

describeCheck(runLatency, () => both(100));

describe('run.latency', () => {
  it('measures exact percentiles of all signals, whatever their outcome', () => {
    expect(judged(runLatency, both(100)).measured).toEqual({
      samples: 2,
      p50Us: 3_000,
      p99Us: 99_000,
      maxUs: 99_000,
    });
  });

  it('names the signal that reached the maximum, from when to when', () => {
    const result = judged(runLatency, both(101));
    expect(result).toMatchObject({ verdict: 'violated', examined: 2, count: 1 });
    expect(texts(result)).toEqual([
      'Signal 1 of BTCUSD.s took 100 ms, from 1 to 101 ms; less than 100 ms is asked for.',
    ]);
  });

  it('catches a signal that is never over once it is older than the maximum', () => {
    expect(texts(judged(runLatency, settledAt(300)))).toEqual([
      'Signal 1 of BTCUSD.s, of 1 ms, is not over after 299 ms; less than 100 ms is asked for.',
    ]);
  });

  it('does not know what becomes of a younger one', () => {
    const result = judged(runLatency, settledAt(50));
    expect(result.verdict).toBe('inconclusive');
    expect(texts(result)).toEqual([
      'The trace ends at 50 ms before signal 1 of BTCUSD.s, of 1 ms, is over.',
    ]);
  });
});
