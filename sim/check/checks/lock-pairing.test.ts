/** lock.pairing catches the half that is missing, and the half too many. */
import { describe, expect, it } from 'vitest';
import { ObjectId, RunEnd } from '../../trace/event.ts';
import { describeCheck, judged, judgedAsLog, texts } from '../testing/judged.ts';
import { BTC, ETH, HEARTBEAT, TraceBuilder } from '../testing/trace-builder.ts';
import { lockPairing } from './lock-pairing.ts';

const paired = (): TraceBuilder =>
  new TraceBuilder().by(BTC).acquire(1).by(ETH).request(2).at(2).by(BTC).giveBack(1).by(ETH);

describeCheck(lockPairing, () => paired().grant(2).enter(2).at(3).giveBack(2));

describe('lock.pairing', () => {
  it('counts enters and exits', () => {
    const result = judged(lockPairing, paired().grant(2).enter(2).giveBack(2));
    expect(result.measured).toEqual({ acquires: 2, releases: 2 });
  });

  it('names a hold that was never given back', () => {
    const trace = paired().grant(2).enter(2).exit(2).at(9).end(RunEnd.done);
    const result = judged(lockPairing, trace);
    expect(result).toMatchObject({ verdict: 'violated', count: 1 });
    expect(texts(result)).toEqual([
      'ETHUSD.s has held the socket since 2 ms and never gave it back.',
    ]);
  });

  it('calls a hold that is open at a cut inconclusive, with who and since when', () => {
    const result = judged(lockPairing, paired().grant(2).enter(2).at(7), {
      end: { complete: false },
    });
    expect(result.verdict).toBe('inconclusive');
    expect(texts(result)[0]).toBe(
      'The trace ends at 7 ms while ETHUSD.s holds the socket, since 2 ms.',
    );
  });

  it.each([
    [
      'a grant that nobody waited for',
      (t: TraceBuilder) => t.grant(1).release(1),
      'without waiting',
    ],
    [
      'a grant after a time-out',
      (t: TraceBuilder) => t.request(1).timeout(1).grant(1).release(1),
      'without waiting',
    ],
    [
      'a grant twice',
      (t: TraceBuilder) => t.request(1).grant(1).grant(1).release(1),
      'that it had already',
    ],
    [
      'a release twice',
      (t: TraceBuilder) => t.acquire(1).giveBack(1).release(1),
      'a hold that was not open',
    ],
    ['an enter twice', (t: TraceBuilder) => t.enter(1).enter(1).exit(1), 'that was inside already'],
    ['an exit without an enter', (t: TraceBuilder) => t.exit(1), 'without having entered'],
  ])('catches %s', (_, faulty, said) => {
    const result = judged(lockPairing, faulty(new TraceBuilder().by(BTC)));
    expect(result).toMatchObject({ verdict: 'violated', count: 1 });
    expect(texts(result)[0]).toMatch(new RegExp(`^BTCUSD.s .*${said}.*\\.$`));
  });

  it('lets a waiter time out or be withdrawn', () => {
    const trace = new TraceBuilder().by(BTC).acquire(1).by(ETH).request(2).timeout(2).request(3);
    expect(judged(lockPairing, trace.cancel(3).by(BTC).giveBack(1)).verdict).toBe('passed');
  });

  it('lets an owner give back what the lock took back without its knowledge, once', () => {
    const trace = (): TraceBuilder => new TraceBuilder().by(BTC).acquire(1).takeBack(1).giveBack(1);
    expect(judged(lockPairing, trace()).verdict).toBe('passed');
    expect(judged(lockPairing, trace().release(1)).count).toBe(1);
  });

  it('excuses who waits for another lock in the middle of a critical section', () => {
    const trace = new TraceBuilder().by(BTC).acquire(1).request(2, ObjectId.aggregator);
    expect(judged(lockPairing, trace.end(RunEnd.stuck)).verdict).toBe('passed');
  });

  it('does not excuse who left its critical section, kept the lock and asks again', () => {
    const trace = new TraceBuilder().by(BTC).acquire(1).exit(1).at(5).request(2).end(RunEnd.stuck);
    expect(judged(lockPairing, trace)).toMatchObject({ verdict: 'violated', count: 1 });
  });

  it('excuses a service that the end of the run cut off, and no other', () => {
    const cutOff = (): TraceBuilder => new TraceBuilder().by(HEARTBEAT).acquire(1);
    expect(judged(lockPairing, cutOff().end(RunEnd.done)).verdict).toBe('passed');
    expect(judged(lockPairing, cutOff().end(RunEnd.stuck)).verdict).toBe('violated');
  });

  it('counts every hold of a lock that never reports releases, in bounded memory', () => {
    const trace = new TraceBuilder().by(BTC);
    for (let hold = 1; hold <= 3_000; hold++) trace.request(hold).grant(hold);
    expect(judged(lockPairing, trace)).toMatchObject({ verdict: 'violated', count: 3_000 });
  });

  it('tells a log’s release without an acquire from one whose acquire the log does not reach', () => {
    const surplus = new TraceBuilder().by(BTC).enter(1).exit(1).by(ETH).exit(2);
    const violated = judgedAsLog(lockPairing, surplus);
    expect(violated).toMatchObject({ verdict: 'violated', count: 1 });
    expect(texts(violated)).toEqual(['ETHUSD.s released in line 3 what was not acquired before.']);
    const rotated = judgedAsLog(
      lockPairing,
      new TraceBuilder().by(ETH).exit(9).by(BTC).enter(1).exit(1),
    );
    expect(rotated.verdict).toBe('inconclusive');
    expect(texts(rotated)).toEqual([
      'The log begins while ETHUSD.s holds the lock, released in line 1.',
    ]);
  });

  it('calls a log that ends while a lock is held inconclusive', () => {
    const result = judgedAsLog(lockPairing, new TraceBuilder().by(BTC).enter(1));
    expect(result.verdict).toBe('inconclusive');
    expect(texts(result)).toEqual([
      'The log ends while BTCUSD.s holds the lock, acquired in line 1.',
    ]);
  });

  it('names a lock_id that is acquired twice', () => {
    const trace = new TraceBuilder().by(BTC).enter(1).enter(1).exit(1);
    expect(texts(judgedAsLog(lockPairing, trace))).toEqual([
      'BTCUSD.s acquired in line 2 under a lock_id that was held already.',
    ]);
  });
});
