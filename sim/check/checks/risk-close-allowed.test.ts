/** risk.close-allowed catches every rule that refuses to reduce. */
import { describe, expect, it } from 'vitest';
import { OrderEffect, RejectReason } from '../../trace/event.ts';
import { describeCheck, judged, texts } from '../testing/judged.ts';
import { BTC, ETH, TraceBuilder } from '../testing/trace-builder.ts';
import { riskCloseAllowed } from './risk-close-allowed.ts';

const { reduce } = OrderEffect;

describeCheck(riskCloseAllowed, () => new TraceBuilder().by(BTC).order(1, reduce).fill(1, 5));

describe('risk.close-allowed', () => {
  it.each([
    ['The breaker', RejectReason.breaker],
    ['The exposure limit', RejectReason.exposure],
    ['The drawdown rule', RejectReason.drawdown],
    ['The guardian', RejectReason.guardian],
  ])('names the rule: %s', (rule, reason) => {
    const result = judged(
      riskCloseAllowed,
      new TraceBuilder().at(6).by(ETH).reject(4, reason, true),
    );
    expect(result).toMatchObject({ verdict: 'violated', examined: 1, count: 1 });
    expect(texts(result)).toEqual([
      `${rule} refused order 4 of ETHUSD.s at 6 ms, which would have reduced a position.`,
    ]);
  });

  it('counts an order once that was asked for and then refused', () => {
    const trace = new TraceBuilder().by(BTC).order(1, reduce).reject(1, RejectReason.breaker, true);
    expect(judged(riskCloseAllowed, trace)).toMatchObject({ examined: 1, count: 1 });
  });

  it('lets rules refuse what opens, and the gateway what it likes', () => {
    const trace = new TraceBuilder().by(BTC).reject(1, RejectReason.breaker);
    trace.order(2, reduce).reject(2, RejectReason.gateway, true);
    expect(judged(riskCloseAllowed, trace)).toMatchObject({ verdict: 'passed', examined: 1 });
  });
});
