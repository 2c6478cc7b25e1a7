/** lock.ownership catches whoever gives back what is not its own. */
import { describe, expect, it } from 'vitest';
import { describeCheck, judged, judgedAsLog, texts } from '../testing/judged.ts';
import { BTC, ETH, TraceBuilder } from '../testing/trace-builder.ts';
import { lockOwnership } from './lock-ownership.ts';

describeCheck(lockOwnership, () => new TraceBuilder().by(BTC).acquire(1).at(2).giveBack(1));

describe('lock.ownership', () => {
  it('names who released whose hold', () => {
    const trace = new TraceBuilder().at(1).by(BTC).acquire(1).at(4).by(ETH, BTC).release(1);
    const result = judged(lockOwnership, trace.by(BTC).exit(1));
    expect(result).toMatchObject({ verdict: 'violated', examined: 2, count: 1 });
    expect(texts(result)).toEqual([
      'ETHUSD.s loop gave back the socket at 4 ms, the hold of BTCUSD.s, who had it since 1 ms.',
    ]);
  });

  it('catches an exit of somebody else’s stay', () => {
    const trace = new TraceBuilder().by(BTC).enter(1).by(ETH, BTC).exit(1);
    expect(judged(lockOwnership, trace).count).toBe(1);
  });

  it('catches a release of a hold that was never granted, also while it waits', () => {
    expect(texts(judged(lockOwnership, new TraceBuilder().at(1).by(BTC).release(7)))).toEqual([
      'BTCUSD.s gave back the socket at 1 ms, a hold that it never had.',
    ]);
    const waiting = new TraceBuilder().by(BTC).acquire(1).by(ETH).request(2).release(2);
    expect(judged(lockOwnership, waiting.by(BTC).giveBack(1)).count).toBe(1);
  });

  it('leaves a former owner’s second release to lock.pairing', () => {
    const trace = new TraceBuilder().by(BTC).acquire(1).giveBack(1).release(1);
    expect(judged(lockOwnership, trace).verdict).toBe('passed');
  });

  it('catches a second release of a hold by somebody who never had it', () => {
    const trace = new TraceBuilder().by(BTC).acquire(1).giveBack(1).by(ETH).release(1);
    expect(judged(lockOwnership, trace).count).toBe(1);
  });

  it('blames nobody for what a lock takes back, nor its owner for giving it back later', () => {
    const trace = new TraceBuilder().by(BTC).acquire(1).takeBack(1).giveBack(1);
    expect(judged(lockOwnership, trace).verdict).toBe('passed');
  });

  it('tells symbols apart in a log', () => {
    const trace = new TraceBuilder().by(BTC).enter(1).by(ETH).exit(1);
    expect(texts(judgedAsLog(lockOwnership, trace))).toEqual([
      'ETHUSD.s released in line 2 the hold that BTCUSD.s acquired in line 1.',
    ]);
  });

  it('excuses the releases with which a log begins, and no later one', () => {
    const trace = (): TraceBuilder => new TraceBuilder().by(ETH).exit(9).by(BTC).enter(1).exit(1);
    expect(judgedAsLog(lockOwnership, trace()).verdict).toBe('passed');
    expect(texts(judgedAsLog(lockOwnership, trace().by(ETH).exit(8)))).toEqual([
      'ETHUSD.s released in line 4 a hold that it never acquired.',
    ]);
  });
});
