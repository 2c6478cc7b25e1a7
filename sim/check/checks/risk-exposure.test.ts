/** risk.exposure catches what goes beyond the limits, a symbol and in all. */
import { describe, expect, it } from 'vitest';
import { OrderEffect } from '../../trace/event.ts';
import { describeCheck, judged, texts } from '../testing/judged.ts';
import { BTC, ETH, TraceBuilder, XAU } from '../testing/trace-builder.ts';
import { riskExposure } from './risk-exposure.ts';

const { open, reduce, roundTrip } = OrderEffect;

/** Limits are 1 % a symbol and 2 % in all. */
const full = (): TraceBuilder =>
  new TraceBuilder()
    .by(BTC)
    .order(1, open, 100)
    .fill(1, -7)
    .by(ETH)
    .order(2, roundTrip, 60)
    .fill(2, 9)
    .at(4);

describeCheck(riskExposure, full);

describe('risk.exposure', () => {
  it('measures what was at risk, now and at most', () => {
    expect(judged(riskExposure, full().by(BTC).order(3, reduce, 100).fill(3, 50)).measured).toEqual(
      {
        totalBp: 60,
        totalBpMax: 160,
        symbolBpMax: 100,
      },
    );
  });

  it('names the order that takes a symbol over its limit', () => {
    const result = judged(riskExposure, full().by(BTC).order(3, open, 1).fill(3, 0));
    expect(result).toMatchObject({ verdict: 'violated', examined: 3, count: 1 });
    expect(texts(result)).toEqual([
      'Order 3 takes BTCUSD.s to 1.01 % at 4 ms; the limit of a symbol is 1 %.',
    ]);
  });

  it('names the order that takes all together over the limit', () => {
    const trace = full().by(XAU).order(3, open, 41).fill(3, 0);
    expect(texts(judged(riskExposure, trace))).toEqual([
      'Order 3 of XAUUSD.s takes all symbols together to 2.01 % at 4 ms; the limit is 2 %.',
    ]);
  });

  it('adds up round trips, as the reference does', () => {
    expect(judged(riskExposure, full().by(ETH).order(3, roundTrip, 41).fill(3, 0)).count).toBe(1);
  });

  it('has room again once a position is reduced', () => {
    const trace = full().by(BTC).order(3, reduce, 100).fill(3, 0).order(4, open, 100).fill(4, 0);
    expect(judged(riskExposure, trace).verdict).toBe('passed');
  });

  it('counts an order that is executed twice twice', () => {
    expect(judged(riskExposure, full().by(BTC).fill(1, -7)).count).toBe(1);
  });

  it('puts nothing at risk for an order that is not executed', () => {
    expect(judged(riskExposure, full().by(BTC).order(3, open, 100)).count).toBe(0);
  });
});
