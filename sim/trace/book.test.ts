/** The book knows who waits, holds and is inside, and of orders, whatever the events say. */
import { describe, expect, it } from 'vitest';
import { ETH, BTC, TraceBuilder, XAU } from '../check/testing/trace-builder.ts';
import { TraceBook } from './book.ts';
import { NOT_OWED } from './lock-book.ts';
import { executionOf } from './order-records.ts';
import { eventsOf } from './segment.ts';

function bookOf(trace: TraceBuilder): TraceBook {
  const book = new TraceBook();
  for (const event of eventsOf(trace.segments())) book.step(event);
  return book;
}

describe('the book of locks', () => {
  it('says what the last event opened and closed', () => {
    const { locks } = bookOf(new TraceBuilder().at(1).by(BTC).request(1).at(3).grant(1));
    expect(locks.closed).toMatchObject({ hold: 1, seq: 0, sinceUs: 1_000 });
    expect(locks.opened).toMatchObject({ hold: 1, seq: 1, sinceUs: 3_000, asked: true });
  });

  it('says so where an event opened or closed nothing', () => {
    const twice = bookOf(new TraceBuilder().by(BTC).enter(1).enter(1)).locks;
    expect(twice.opened).toBeUndefined();
    expect(twice.of(0).inside.size).toBe(1);
    const surplus = bookOf(new TraceBuilder().by(BTC).acquire(1).giveBack(1).release(1)).locks;
    expect(surplus.closed).toBeUndefined();
  });

  it('counts for each waiter how often it was overtaken', () => {
    const trace = new TraceBuilder().by(BTC).request(1).by(ETH).request(2).by(XAU).request(3);
    const { waiting } = bookOf(trace.grant(3).by(ETH).grant(2)).locks.of(0);
    expect(waiting.size).toBe(1);
    expect(waiting.first).toMatchObject({ hold: 1, overtaken: 2 });
  });

  it('does not let a grant after a time-out overtake anybody, and knows that nobody asked', () => {
    const trace = new TraceBuilder().by(BTC).request(1).by(ETH).request(2).timeout(2).grant(2);
    const { waiting, held } = bookOf(trace).locks.of(0);
    expect(waiting.first?.overtaken).toBe(0);
    expect(held.first).toMatchObject({ hold: 2, asked: false });
  });

  it('knows what a task waits for, and which critical section it left last', () => {
    const { locks } = bookOf(new TraceBuilder().by(BTC).acquire(4).exit(4).request(5));
    expect(locks.waitOf(BTC)?.hold).toBe(5);
    expect(locks.leftLast(BTC)).toBe(4);
    expect(locks.waitOf(ETH)).toBeUndefined();
    expect(locks.leftLast(ETH)).toBe(-1);
    expect(locks.waits().map((wait) => wait.hold)).toEqual([5]);
  });

  it('knows since when a lock owes a grant, and that it was free for an instant', () => {
    const trace = new TraceBuilder().by(BTC).acquire(1).by(ETH).request(2).at(3).by(BTC).release(1);
    const owing = bookOf(trace).locks.of(0);
    expect(owing.owedSinceUs).toBe(3_000);
    expect(owing.debts).toBe(2);
    const paid = bookOf(new TraceBuilder().at(3).by(BTC).acquire(1)).locks;
    expect(paid.of(0).owedSinceUs).toBe(NOT_OWED);
    expect(paid.owedBeforeUs).toBe(3_000);
  });
});

describe('the book of orders', () => {
  it('tells a first execution from another one, and where it was', () => {
    const trace = new TraceBuilder().by(ETH).order(3, 0, 25).at(2).fill(3, -50);
    const { orders, ledger } = bookOf(trace);
    expect(orders.again).toBe(false);
    const record = orders.find(3);
    expect(record).toMatchObject({ effect: 0, exposureBp: 25, task: ETH, symbol: ETH, cents: -50 });
    expect(record && executionOf(record)).toEqual({ seq: 1, timeUs: 2_000 });
    expect(ledger.realised(ETH)).toBe(-50);
  });

  it('posts every execution and counts every order once', () => {
    const { orders, ledger } = bookOf(new TraceBuilder().by(BTC).order(1).fill(1, 9).fill(1, 9));
    expect(orders.again).toBe(true);
    expect(orders.executedCount).toBe(1);
    expect(ledger.total).toBe(18);
  });

  it('remembers for good what was asked for and executed, and the rest of the last 16,384', () => {
    const trace = new TraceBuilder().by(BTC);
    for (let order = 1; order <= 20_000; order++) trace.order(order).fill(order, 1);
    const { orders } = bookOf(trace);
    expect(orders.wasAsked(1) && orders.wasExecuted(1)).toBe(true);
    expect(orders.wasAsked(20_001) || orders.wasExecuted(20_001)).toBe(false);
    expect(orders.find(1)).toBeUndefined();
    expect(orders.find(20_000 - 16_383)?.cents).toBe(1);
  });

  it('executes an order that nobody asked for', () => {
    const { orders } = bookOf(new TraceBuilder().by(BTC).fill(7, 1));
    expect(orders.wasExecuted(7)).toBe(true);
    expect(orders.wasAsked(7)).toBe(false);
    expect(orders.find(7)).toBeUndefined();
  });
});
