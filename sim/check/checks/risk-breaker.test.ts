/** risk.breaker catches a breaker that stays shut, and orders that go out in spite of a halt. */
import { describe, expect, it } from 'vitest';
import {
  BreakerState,
  DrawdownState,
  GuardianReason,
  OrderEffect,
  RejectReason,
  ReplyStatus,
} from '../../trace/event.ts';
import { describeCheck, FACTS, judged, texts } from '../testing/judged.ts';
import { BTC, ETH, TraceBuilder } from '../testing/trace-builder.ts';
import { riskBreaker } from './risk-breaker.ts';

const { closed, open, halfOpen, lockedOut } = BreakerState;
const TRIPS_ALLOWED = { thresholds: { ...FACTS.thresholds, breakerTripsMax: 9 } };

/** Orders of BTC that realise these amounts, each known to the client by its reply. */
function results(...amounts: readonly number[]): TraceBuilder {
  const trace = new TraceBuilder().by(BTC);
  amounts.forEach((cents, n) => trade(trace.at(n + 1), n + 1, cents));
  return trace.at(20);
}

function trade(trace: TraceBuilder, order: number, cents: number): TraceBuilder {
  return trace.order(order).fill(order, cents).receive(order, ReplyStatus.filled);
}

const tripped = (to: BreakerState = open): TraceBuilder => results(-1, -1, -1).breaker(closed, to);

describeCheck(riskBreaker, () => results(-1, -1, 5, -1, -1).order(9));

describe('risk.breaker', () => {
  it('catches a breaker that stays shut after its losses in a row', () => {
    const result = judged(riskBreaker, results(-1, -1, -1).by(ETH).order(9));
    expect(result).toMatchObject({ verdict: 'violated', examined: 4, count: 1 });
    expect(texts(result)).toEqual([
      'Order 9 of ETHUSD.s went out at 20 ms after 3 losses in a row (the breaker promises to open at 3 ' +
        'or at 1000.00), and the breaker had not opened.',
    ]);
  });

  it('catches one that stays shut after losses of so much', () => {
    expect(judged(riskBreaker, results(-60_000, -40_000).order(9)).count).toBe(1);
    expect(judged(riskBreaker, results(-60_000, -39_999).order(9)).count).toBe(0);
  });

  it('takes a profit of nothing for no loss', () => {
    expect(judged(riskBreaker, results(-1, -1, 0, -1, -1).order(9)).count).toBe(0);
  });

  it('counts what the client knows: a reply that has not come breaks nothing', () => {
    const trace = results(-1, -1).by(ETH).order(8).fill(8, -1).by(BTC).order(9);
    expect(judged(riskBreaker, trace).count).toBe(0);
    const known = results(-1, -1).by(ETH).order(8).fill(8, -1).unknown(8).resolve(8, true);
    expect(judged(riskBreaker, known.by(BTC).order(9)).count).toBe(1);
  });

  it('takes the commission of an opening order for no loss', () => {
    const trace = results(-1, -1).order(8, OrderEffect.open).fill(8, -7);
    trace.receive(8, ReplyStatus.filled).order(9);
    expect(judged(riskBreaker, trace).count).toBe(0);
  });

  it.each([
    ['open', open],
    ['locked out', lockedOut],
  ])(
    'catches an opening order while the breaker is %s, and lets reducing ones pass',
    (said, to) => {
      const facts = TRIPS_ALLOWED;
      const trace = tripped(to).order(8, OrderEffect.reduce).by(ETH).order(9, OrderEffect.open);
      expect(texts(judged(riskBreaker, trace, { facts }))).toEqual([
        `Order 9 of ETHUSD.s went out at 20 ms although the breaker was ${said}.`,
      ]);
    },
  );

  it('lets so many trial orders out in half-open, not counting those that came to nothing', () => {
    const facts = TRIPS_ALLOWED;
    const trial = (): TraceBuilder => tripped().breaker(open, halfOpen).order(10).order(11);
    expect(judged(riskBreaker, trial(), { facts }).count).toBe(0);
    expect(texts(judged(riskBreaker, trial().order(12), { facts }))).toEqual([
      'Order 12 of BTCUSD.s went out at 20 ms as number 3 in half-open; 2 may.',
    ]);
    const refused = trial().reject(11, RejectReason.gateway).order(12);
    expect(judged(riskBreaker, refused, { facts }).count).toBe(0);
    const unexecuted = trial().unknown(11).resolve(11, false).order(12);
    expect(judged(riskBreaker, unexecuted, { facts }).count).toBe(0);
  });

  it('asks for the breaker to open again after one loss in half-open', () => {
    const trace = trade(tripped().breaker(open, halfOpen), 10, -1).order(11);
    expect(texts(judged(riskBreaker, trace, { facts: TRIPS_ALLOWED }))).toEqual([
      'Order 11 of BTCUSD.s went out at 20 ms after a loss in half-open, and the breaker had not opened ' +
        'again.',
    ]);
  });

  it('counts trips beyond those allowed', () => {
    const trace = tripped().breaker(open, halfOpen).breaker(halfOpen, open);
    const result = judged(riskBreaker, trace);
    expect(result).toMatchObject({ verdict: 'violated', count: 2, measured: { trips: 2 } });
    expect(texts(result)[0]).toBe(
      'The breaker tripped at 20 ms: trip 1 of this run, where 0 are allowed.',
    );
  });

  it('catches an opening order while the guardian has halted, and none once it resumed', () => {
    const halted = (): TraceBuilder => results().guardian(GuardianReason.errors);
    expect(texts(judged(riskBreaker, halted().order(1)))).toEqual([
      'Order 1 of BTCUSD.s went out at 20 ms although the guardian had halted.',
    ]);
    expect(judged(riskBreaker, halted().guardian(GuardianReason.resumed).order(1)).count).toBe(0);
  });

  it('catches an opening order while the drawdown allows only to reduce', () => {
    const { normal, warn, reduceOnly } = DrawdownState;
    expect(judged(riskBreaker, results().drawdown(normal, warn).order(1)).count).toBe(0);
    expect(texts(judged(riskBreaker, results().drawdown(warn, reduceOnly).order(1)))).toEqual([
      'Order 1 of BTCUSD.s went out at 20 ms although the drawdown allowed only to reduce.',
    ]);
  });
});
