/** lock.starvation catches who is passed over for too long, or waits for ever behind a holder. */
import { describe, expect, it } from 'vitest';
import { ObjectId, RunEnd } from '../../trace/event.ts';
import { describeCheck, judged, texts } from '../testing/judged.ts';
import { BTC, ETH, TraceBuilder, XAU } from '../testing/trace-builder.ts';
import { lockStarvation } from './lock-starvation.ts';

const UNFAIR = { fairness: { kind: 'unfair' } } as const;

/** ETH waits from 0 ms on; XAU asks and is let in past it at `ms`. */
const passedOverAt = (ms: number): TraceBuilder =>
  new TraceBuilder()
    .by(BTC)
    .acquire(1)
    .by(ETH)
    .request(2)
    .at(ms)
    .by(XAU)
    .request(3)
    .by(BTC)
    .giveBack(1)
    .by(XAU)
    .grant(3);

const letInAtLast = (ms: number): TraceBuilder =>
  passedOverAt(ms).release(3).by(ETH).grant(2).release(2);

describeCheck(lockStarvation, () => letInAtLast(1_000), UNFAIR);

describe('lock.starvation', () => {
  it('names who was passed over beyond the bound, and by whom', () => {
    const result = judged(lockStarvation, letInAtLast(1_001), { facts: UNFAIR });
    expect(result).toMatchObject({ verdict: 'violated', count: 1 });
    expect(texts(result)).toEqual([
      'ETHUSD.s has waited since 0 ms, longer than 1000 ms, and XAUUSD.s, who asked later, was let in ' +
        'at 1001 ms.',
    ]);
    expect(result.measured).toEqual({ longestWaitUs: 1_001_000 });
  });

  it('counts a waiter once, however often it is passed over', () => {
    const trace = passedOverAt(2_000).release(3).request(4).grant(4).release(4).by(ETH).grant(2);
    expect(judged(lockStarvation, trace.release(2), { facts: UNFAIR }).count).toBe(1);
  });

  it('calls a long wait behind a slow holder no starvation', () => {
    const trace = new TraceBuilder().by(BTC).acquire(1).by(ETH).request(2).at(9_000).by(BTC);
    trace.giveBack(1).by(ETH).grant(2).release(2);
    expect(judged(lockStarvation, trace).verdict).toBe('passed');
  });

  it('names who waits for ever, and who keeps the lock', () => {
    const trace = new TraceBuilder().at(1).by(BTC).acquire(1).exit(1).at(2).by(ETH).request(2);
    const result = judged(lockStarvation, trace.at(3).by(BTC).request(3).end(RunEnd.stuck));
    expect(result).toMatchObject({ verdict: 'violated', count: 2 });
    expect(texts(result)).toEqual([
      'BTCUSD.s has waited since 3 ms and waits for ever: BTCUSD.s keeps the socket.',
      'ETHUSD.s has waited since 2 ms and waits for ever: BTCUSD.s keeps the socket.',
    ]);
  });

  it('leaves a circle to lock.deadlock, also to those who wait behind it', () => {
    const { socket, aggregator } = ObjectId;
    const trace = new TraceBuilder().by(BTC).acquire(1, socket).by(ETH).acquire(2, aggregator);
    trace.by(BTC).request(3, aggregator).by(ETH).request(4, socket).by(XAU).request(5, socket);
    expect(judged(lockStarvation, trace.end(RunEnd.stuck)).verdict).toBe('passed');
  });

  it('leaves a free lock to lock.lost-wakeup', () => {
    const trace = new TraceBuilder().by(BTC).acquire(1).by(ETH).request(2).by(BTC).giveBack(1);
    expect(judged(lockStarvation, trace.end(RunEnd.stuck)).verdict).toBe('passed');
  });

  it('does not know of a waiter whether it starves when the trace is cut short', () => {
    const trace = new TraceBuilder().by(BTC).acquire(1).at(4).by(ETH).request(2).at(9);
    const result = judged(lockStarvation, trace, { end: { complete: false } });
    expect(result.verdict).toBe('inconclusive');
    expect(texts(result)).toEqual(['The trace ends at 9 ms while ETHUSD.s waits, since 4 ms.']);
  });

  it('judges no duration where the clock is abstract', () => {
    const facts = { ...UNFAIR, durations: false };
    expect(judged(lockStarvation, letInAtLast(90_000), { facts }).verdict).toBe('passed');
  });
});
