/** lock.lost-wakeup catches a lock that is free and lets nobody in. */
import { describe, expect, it } from 'vitest';
import { RunEnd } from '../../trace/event.ts';
import { describeCheck, judged, texts } from '../testing/judged.ts';
import { BTC, ETH, TraceBuilder, XAU } from '../testing/trace-builder.ts';
import { lockLostWakeup } from './lock-lost-wakeup.ts';

/** BTC gives back at 3 ms while ETH waits since 1 ms and XAU since 2 ms. */
const freed = (): TraceBuilder =>
  new TraceBuilder()
    .by(BTC)
    .acquire(1)
    .at(1)
    .by(ETH)
    .request(2)
    .at(2)
    .by(XAU)
    .request(3)
    .at(3)
    .by(BTC)
    .giveBack(1);

const served = (ms: number): TraceBuilder =>
  freed().at(ms).by(ETH).grant(2).release(2).by(XAU).grant(3).release(3);

describeCheck(lockLostWakeup, () => served(3));

describe('lock.lost-wakeup', () => {
  it('names the lock, since when it is free, and who waits as the run ends', () => {
    const result = judged(lockLostWakeup, freed().at(8).end(RunEnd.stuck));
    expect(result).toMatchObject({ verdict: 'violated', examined: 2, count: 1 });
    expect(texts(result)).toEqual([
      'The run ends at 8 ms: the socket has been free since 3 ms, and ETHUSD.s waits since 1 ms, one ' +
        'of 2.',
    ]);
  });

  it('catches a lock that stays shut for who comes when nobody holds', () => {
    const trace = new TraceBuilder().by(BTC).acquire(1).giveBack(1).at(5).by(ETH).request(2);
    expect(judged(lockLostWakeup, trace.end(RunEnd.stuck)).count).toBe(1);
  });

  it('catches a hand-over later than the bound, and none within it', () => {
    expect(judged(lockLostWakeup, served(1_003)).verdict).toBe('passed');
    const result = judged(lockLostWakeup, served(1_004));
    expect(result.count).toBe(1);
    expect(texts(result)).toEqual([
      'the socket was free from 3 to 1004 ms while ETHUSD.s waited, longer than 1000 ms.',
    ]);
  });

  it('judges no duration where the clock is abstract', () => {
    const facts = { durations: false };
    expect(judged(lockLostWakeup, served(90_000), { facts }).verdict).toBe('passed');
  });

  it('counts every waiter that gives up on a free lock', () => {
    const trace = freed().at(7).by(ETH).timeout(2).at(9).by(XAU).cancel(3);
    const result = judged(lockLostWakeup, trace.end(RunEnd.done));
    expect(result.count).toBe(2);
    expect(texts(result)[0]).toBe(
      'ETHUSD.s gave up at 7 ms, although the socket had been free since 3 ms.',
    );
  });

  it('lets a time-out fall into the very moment of a hand-over', () => {
    const trace = freed().by(ETH).timeout(2).by(XAU).grant(3).release(3);
    expect(judged(lockLostWakeup, trace).verdict).toBe('passed');
  });

  it('does not call a held lock free', () => {
    const trace = new TraceBuilder().by(BTC).acquire(1).by(ETH).request(2).end(RunEnd.stuck);
    expect(judged(lockLostWakeup, trace).verdict).toBe('passed');
  });

  it('does not know yet when the trace is cut short', () => {
    const result = judged(lockLostWakeup, freed(), { end: { complete: false } });
    expect(result.verdict).toBe('inconclusive');
    expect(texts(result)).toEqual([
      'The trace ends at 3 ms while the socket is free and ETHUSD.s waits, since 1 ms.',
    ]);
  });
});
