/** lock.fifo catches a grant that passes over somebody who asked earlier. */
import { describe, expect, it } from 'vitest';
import { describeCheck, judged, texts } from '../testing/judged.ts';
import { BTC, ETH, HEARTBEAT, TraceBuilder, XAU } from '../testing/trace-builder.ts';
import { lockFifo } from './lock-fifo.ts';

/** BTC holds; ETH asks at 1 ms and XAU at 2 ms. */
const lineOfTwo = (): TraceBuilder =>
  new TraceBuilder().by(BTC).acquire(1).at(1).by(ETH).request(2).at(2).by(XAU).request(3).at(5);

const inOrder = (): TraceBuilder => lineOfTwo().by(BTC).giveBack(1).by(ETH).grant(2);

describeCheck(lockFifo, () => inOrder().release(2).by(XAU).grant(3).release(3));

describe('lock.fifo', () => {
  it('names who was let in before whom', () => {
    const result = judged(lockFifo, lineOfTwo().by(BTC).giveBack(1).by(XAU).grant(3));
    expect(result).toMatchObject({ verdict: 'violated', examined: 1, count: 1 });
    expect(texts(result)).toEqual([
      'XAUUSD.s was let in at 5 ms, before ETHUSD.s, who had asked at 1 ms, 1 ms earlier.',
    ]);
  });

  it('catches a newcomer that takes a free lock from under the waiters', () => {
    const trace = lineOfTwo().by(BTC).giveBack(1).request(4).grant(4);
    expect(judged(lockFifo, trace)).toMatchObject({ verdict: 'violated', count: 1 });
  });

  it.each(['timeout', 'cancel'] as const)('lets who leaves the line by %s be passed', (leave) => {
    const trace = lineOfTwo().by(ETH)[leave](2).by(BTC).giveBack(1).by(XAU).grant(3).release(3);
    expect(judged(lockFifo, trace)).toMatchObject({ verdict: 'passed', examined: 0 });
  });

  it('keeps the lines of two locks apart', () => {
    const trace = lineOfTwo().by(HEARTBEAT).request(9, 1).grant(9, 1).release(9, 1);
    expect(judged(lockFifo, trace).verdict).toBe('passed');
  });

  it.each([{ kind: 'unfair' }, { kind: 'bypass', max: 2 }] as const)(
    'does not judge a lock that promises %o',
    (fairness) => {
      const trace = lineOfTwo().by(BTC).giveBack(1).by(XAU).grant(3);
      const result = judged(lockFifo, trace, { facts: { fairness } });
      expect(result).toMatchObject({ verdict: 'passed', examined: 0 });
    },
  );
});
