/** lock.exclusion catches whoever enters while another is inside, in runs and in logs. */
import { describe, expect, it } from 'vitest';
import { ObjectId } from '../../trace/event.ts';
import { describeCheck, judged, judgedAsLog, texts } from '../testing/judged.ts';
import { BTC, ETH, TraceBuilder, XAU } from '../testing/trace-builder.ts';
import { lockExclusion } from './lock-exclusion.ts';

const inTurn = (): TraceBuilder =>
  new TraceBuilder()
    .at(1)
    .by(BTC)
    .acquire(1)
    .at(3)
    .giveBack(1)
    .by(ETH)
    .acquire(2)
    .at(5)
    .giveBack(2);

describeCheck(lockExclusion, inTurn);

describe('lock.exclusion', () => {
  it('names who was inside, who barged in, when, and how many there were', () => {
    const trace = new TraceBuilder().at(1).by(BTC).enter(1).at(2.5).by(ETH).enter(2).by(XAU);
    const result = judged(lockExclusion, trace.at(3).enter(3).exit(3));
    expect(result).toMatchObject({ verdict: 'violated', examined: 3, count: 2 });
    expect(result.measured).toEqual({ maxHolders: 3 });
    expect(texts(result)).toEqual([
      'ETHUSD.s entered the socket at 2.5 ms while BTCUSD.s had been inside since 1 ms: 2 at once.',
      'XAUUSD.s entered the socket at 3 ms while BTCUSD.s had been inside since 1 ms: 3 at once.',
    ]);
    expect(result.evidence[0]?.at).toEqual([
      { seq: 0, timeUs: 1_000 },
      { seq: 1, timeUs: 2_500 },
    ]);
  });

  it('sees a lock that lets go too early, although its own book balances', () => {
    const trace = new TraceBuilder().by(BTC).request(1).grant(1).release(1).enter(1);
    trace.by(ETH).request(2).grant(2).release(2).enter(2).exit(2).by(BTC).exit(1);
    expect(judged(lockExclusion, trace).count).toBe(1);
  });

  it('judges each resource by itself', () => {
    const trace = new TraceBuilder().by(BTC).enter(1, ObjectId.socket).by(ETH);
    trace.enter(2, ObjectId.aggregator).exit(2, ObjectId.aggregator).by(BTC).exit(1);
    expect(judged(lockExclusion, trace)).toMatchObject({ verdict: 'passed', examined: 2 });
  });

  it('leaves a hold that enters twice to lock.pairing', () => {
    const trace = new TraceBuilder().by(BTC).enter(1).enter(1).exit(1);
    expect(judged(lockExclusion, trace).verdict).toBe('passed');
  });

  it('keeps the first five pieces of evidence and counts all', () => {
    const trace = new TraceBuilder().by(BTC);
    for (let hold = 1; hold <= 20; hold++) trace.enter(hold);
    const result = judged(lockExclusion, trace);
    expect(result.count).toBe(19);
    expect(result.evidence).toHaveLength(5);
  });

  it('tells the lines of a log, and how long the holder had held', () => {
    const trace = new TraceBuilder().at(1).by(BTC).enter(1).at(3).by(ETH).enter(2).exit(2);
    const result = judgedAsLog(lockExclusion, trace.by(BTC).exit(1));
    expect(result).toMatchObject({ verdict: 'violated', count: 1 });
    expect(texts(result)).toEqual([
      'ETHUSD.s acquired in line 2 while BTCUSD.s had held since line 1, for 2 ms: 2 at once.',
    ]);
  });

  it('needs no times in a log', () => {
    const trace = new TraceBuilder().by(BTC).enter(1).by(ETH).enter(2).exit(2).by(BTC).exit(1);
    expect(texts(judgedAsLog(lockExclusion, trace))).toEqual([
      'ETHUSD.s acquired in line 2 while BTCUSD.s had held since line 1: 2 at once.',
    ]);
  });
});
