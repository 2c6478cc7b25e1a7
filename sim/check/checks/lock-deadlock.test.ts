/** lock.deadlock catches circles of waiters, and nothing that only looks like one. */
import { describe, expect, it } from 'vitest';
import { ObjectId, RunEnd } from '../../trace/event.ts';
import { describeCheck, judged, texts } from '../testing/judged.ts';
import { BTC, ETH, TraceBuilder, XAU } from '../testing/trace-builder.ts';
import { lockDeadlock } from './lock-deadlock.ts';

const { socket, aggregator, sideSocket } = ObjectId;

const handedOver = (): TraceBuilder =>
  new TraceBuilder().by(BTC).acquire(1).by(ETH).request(2).by(BTC).giveBack(1).by(ETH).grant(2);

describeCheck(lockDeadlock, () => handedOver().enter(2).giveBack(2));

/** BTC holds the socket and wants the aggregator; ETH holds that and wants the socket. */
const crossed = (): TraceBuilder =>
  new TraceBuilder()
    .at(1)
    .by(BTC)
    .acquire(1, socket)
    .by(ETH)
    .acquire(2, aggregator)
    .at(2)
    .by(BTC)
    .request(3, aggregator)
    .at(3)
    .by(ETH)
    .request(4, socket);

describe('lock.deadlock', () => {
  it('names the circle: who waits for what, held by whom', () => {
    const result = judged(lockDeadlock, crossed().end(RunEnd.stuck));
    expect(result).toMatchObject({ verdict: 'violated', examined: 2, count: 1 });
    expect(texts(result)).toEqual([
      'At 3 ms nobody in a circle can go on: ETHUSD.s waits for the socket, held by BTCUSD.s; BTCUSD.s ' +
        'waits for the aggregator, held by ETHUSD.s.',
    ]);
    expect(result.evidence[0]?.at).toHaveLength(2);
  });

  it('finds a circle of three, and does not blame who only waits behind it', () => {
    const trace = new TraceBuilder().by(BTC).acquire(1, socket).by(ETH).acquire(2, aggregator);
    trace.by(XAU).acquire(3, sideSocket).request(4, socket).by(ETH).request(5, sideSocket);
    trace.by(BTC).request(6, aggregator).by(3).request(7, socket).end(RunEnd.stuck);
    const result = judged(lockDeadlock, trace);
    expect(result.count).toBe(1);
    expect(result.evidence[0]?.at).toHaveLength(3);
    expect(texts(result)[0]).not.toContain('heartbeat');
  });

  it('finds a task that waits for what it holds itself', () => {
    const trace = new TraceBuilder().at(1).by(BTC).acquire(1).at(4).request(2).end(RunEnd.stuck);
    expect(texts(judged(lockDeadlock, trace))).toEqual([
      'At 4 ms BTCUSD.s waits for the socket, which it holds itself since 1 ms.',
    ]);
  });

  it('counts a circle that only a time-out breaks', () => {
    const trace = crossed().at(50).by(BTC).timeout(3, aggregator).giveBack(1).by(ETH).grant(4);
    const result = judged(lockDeadlock, trace.enter(4).giveBack(4).giveBack(2, aggregator));
    expect(result.count).toBe(1);
  });

  it('counts a circle that only a lease breaks', () => {
    const trace = crossed().at(50).by(BTC).takeBack(1).by(ETH).grant(4).enter(4);
    expect(judged(lockDeadlock, trace.giveBack(4).giveBack(2, aggregator)).count).toBe(1);
  });

  it('takes back what it suspected if a lock lets its own holder in again', () => {
    const trace = new TraceBuilder().by(BTC).acquire(1).request(2).grant(2).enter(2).giveBack(2);
    expect(judged(lockDeadlock, trace.giveBack(1)).verdict).toBe('passed');
  });

  it('is sure of a circle even if the trace was cut short', () => {
    expect(judged(lockDeadlock, crossed(), { end: { complete: false } }).verdict).toBe('violated');
  });

  it('sees none where a task left its critical section and kept the lock', () => {
    const trace = new TraceBuilder().by(BTC).acquire(1).exit(1).request(2).end(RunEnd.stuck);
    expect(judged(lockDeadlock, trace).verdict).toBe('passed');
  });

  it('sees none where a lock lets in who gave up, because nobody knows of that hold', () => {
    const trace = new TraceBuilder().by(BTC).acquire(1).by(ETH).request(2).timeout(2);
    trace.by(BTC).giveBack(1).by(ETH).grant(2).request(3).end(RunEnd.stuck);
    expect(judged(lockDeadlock, trace).verdict).toBe('passed');
  });
});
