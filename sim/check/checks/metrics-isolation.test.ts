/** metrics.isolation catches a symbol that moves another's figure. */
import { describe, expect, it } from 'vitest';
import { describeCheck, judged, texts } from '../testing/judged.ts';
import { BTC, ETH, TraceBuilder } from '../testing/trace-builder.ts';
import { metricsIsolation } from './metrics-isolation.ts';

const own = (): TraceBuilder => new TraceBuilder().by(BTC).metrics(1, 500).by(ETH).metrics(2, -30);

describeCheck(metricsIsolation, own);

describe('metrics.isolation', () => {
  it('names whose order moved whose figure from what to what', () => {
    const result = judged(metricsIsolation, own().at(4).by(ETH).metrics(3, 70, BTC));
    expect(result).toMatchObject({ verdict: 'violated', examined: 3, count: 1 });
    expect(texts(result)).toEqual([
      'Order 3 of BTCUSD.s moved the figure of ETHUSD.s from -0.30 to 0.70 at 4 ms.',
    ]);
  });

  it('judges values, not writes', () => {
    expect(judged(metricsIsolation, own().by(ETH).metrics(3, -30, BTC)).verdict).toBe('passed');
    const untouched = new TraceBuilder().by(ETH).metrics(1, 0, BTC);
    expect(judged(metricsIsolation, untouched).verdict).toBe('passed');
  });
});
