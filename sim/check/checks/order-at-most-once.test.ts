/** order.at-most-once catches executions too many, however late, and those nobody asked for. */
import { describe, expect, it } from 'vitest';
import { describeCheck, judged, texts } from '../testing/judged.ts';
import { BTC, ETH, TraceBuilder } from '../testing/trace-builder.ts';
import { orderAtMostOnce } from './order-at-most-once.ts';

const once = (): TraceBuilder => new TraceBuilder().by(BTC).at(1).order(1).at(2).fill(1, 500);

describeCheck(orderAtMostOnce, () => once().by(ETH).order(2).fill(2, -30));

describe('order.at-most-once', () => {
  it('counts every execution after the first, and tells how long after it', () => {
    const result = judged(orderAtMostOnce, once().at(22).fill(1, 500).at(42).fill(1, 500));
    expect(result).toMatchObject({ verdict: 'violated', examined: 3, count: 2 });
    expect(texts(result)).toEqual([
      'Order 1 of BTCUSD.s was executed again at 22 ms, 20 ms after its first execution.',
      'Order 1 of BTCUSD.s was executed again at 42 ms, 40 ms after its first execution.',
    ]);
    expect(result.evidence[0]?.at[0]).toEqual({ seq: 1, timeUs: 2_000 });
  });

  it('catches an execution that nobody asked for', () => {
    const result = judged(orderAtMostOnce, once().at(9).by(ETH).fill(7, 10));
    expect(texts(result)).toEqual([
      'Order 7 of ETHUSD.s was executed at 9 ms, and nobody had asked for it.',
    ]);
  });

  it('knows a duplicate however many orders later it comes', () => {
    const trace = once();
    for (let order = 2; order <= 40_000; order++) trace.order(order).fill(order, 1);
    const result = judged(orderAtMostOnce, trace.at(5).fill(1, 500));
    expect(result.count).toBe(1);
    expect(texts(result)).toEqual(['Order 1 of BTCUSD.s was executed again at 5 ms.']);
  });

  it('sees no fault in an order that is asked for and never executed', () => {
    expect(judged(orderAtMostOnce, once().order(2)).verdict).toBe('passed');
  });
});
