/** lock.bypass catches a waiter that is overtaken more often than the lock promises. */
import { describe, expect, it } from 'vitest';
import { describeCheck, judged, texts } from '../testing/judged.ts';
import { BTC, ETH, TraceBuilder, XAU } from '../testing/trace-builder.ts';
import { lockBypass } from './lock-bypass.ts';

const ONCE = { fairness: { kind: 'bypass', max: 1 } } as const;

/** ETH waits from 1 ms on and is overtaken by XAU as often as said. */
function overtaken(times: number): TraceBuilder {
  const trace = new TraceBuilder().by(BTC).acquire(1).at(1).by(ETH).request(2);
  for (let n = 0; n < times; n++) {
    trace
      .at(2 + n)
      .by(XAU)
      .request(10 + n);
    if (n === 0) trace.by(BTC).giveBack(1);
    trace
      .by(XAU)
      .grant(10 + n)
      .release(10 + n);
  }
  return trace.at(9).by(ETH).grant(2).release(2);
}

describeCheck(lockBypass, () => overtaken(1), ONCE);

describe('lock.bypass', () => {
  it('counts a waiter once, however often it is overtaken', () => {
    const result = judged(lockBypass, overtaken(4), { facts: ONCE });
    expect(result).toMatchObject({ verdict: 'violated', examined: 4, count: 1 });
    expect(result.measured).toEqual({ bypassMax: 4 });
    expect(texts(result)).toEqual([
      'ETHUSD.s, who asked at 1 ms, was overtaken 2 times, the last time by XAUUSD.s at 3 ms; the lock ' +
        'promises at most 1.',
    ]);
  });

  it('allows nobody to be overtaken where order of arrival is promised', () => {
    expect(judged(lockBypass, overtaken(1)).count).toBe(1);
    expect(judged(lockBypass, overtaken(0)).count).toBe(0);
  });

  it('counts every waiter that is passed', () => {
    const trace = new TraceBuilder().by(BTC).acquire(1).by(ETH).request(2).by(XAU).request(3);
    trace.by(BTC).giveBack(1).request(4).grant(4).release(4).request(5).grant(5);
    expect(judged(lockBypass, trace, { facts: ONCE }).count).toBe(2);
  });

  it('does not judge a lock that promises nothing', () => {
    const result = judged(lockBypass, overtaken(9), { facts: { fairness: { kind: 'unfair' } } });
    expect(result).toMatchObject({ verdict: 'passed', examined: 0 });
  });
});
