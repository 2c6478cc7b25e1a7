/** order.answered catches orders of which the client never learns truly what became. */
import { describe, expect, it } from 'vitest';
import { OrderEffect, Outcome, RejectReason, RunEnd } from '../../trace/event.ts';
import { describeCheck, judged, texts } from '../testing/judged.ts';
import { BTC, ETH, TraceBuilder } from '../testing/trace-builder.ts';
import { orderAnswered } from './order-answered.ts';

const asked = (): TraceBuilder => new TraceBuilder().by(BTC).at(1).signal(1).order(1).at(3);
const lost = (): TraceBuilder => asked().fill(1, 70).at(23).unknown(1).settle(1, Outcome.unknown);

describeCheck(orderAnswered, () => asked().fill(1, 70).settle(1, Outcome.filled));

describe('order.answered', () => {
  it.each([
    ['a fill', (t: TraceBuilder) => t.fill(1, 70).settle(1, Outcome.filled)],
    ['a rejection by the gateway', (t: TraceBuilder) => t.reject(1, RejectReason.gateway)],
    ['a rejection that settles the signal', (t: TraceBuilder) => t.settle(1, Outcome.rejected)],
    ['a resolution', (t: TraceBuilder) => t.fill(1, 70).unknown(1).resolve(1, true)],
    ['a resolution as not executed', (t: TraceBuilder) => t.unknown(1).resolve(1, false)],
  ])('takes %s for an answer', (_, answer) => {
    const result = judged(orderAnswered, answer(asked()).end(RunEnd.done));
    expect(result).toMatchObject({ verdict: 'passed', examined: 1 });
  });

  it('catches an order that is given up without an answer', () => {
    const result = judged(orderAnswered, asked().settle(1, Outcome.failed).end(RunEnd.done));
    expect(result.count).toBe(1);
    expect(texts(result)).toEqual([
      'Order 1 of BTCUSD.s, asked for at 1 ms, was given up at 3 ms without an answer.',
    ]);
  });

  it('catches an order that is sent again under another number', () => {
    const trace = asked().order(2).fill(2, 70).settle(1, Outcome.filled).end(RunEnd.done);
    expect(texts(judged(orderAnswered, trace))).toEqual([
      'Order 1 of BTCUSD.s, asked for at 1 ms, had no answer when order 2 took its place at 3 ms.',
    ]);
  });

  it('catches an unknown outcome that is never resolved', () => {
    expect(texts(judged(orderAnswered, lost().end(RunEnd.done)))).toEqual([
      'What became of order 1 of BTCUSD.s was not known at 23 ms and was never found out.',
    ]);
  });

  it('catches an order that is still open when the run is done', () => {
    expect(texts(judged(orderAnswered, asked().end(RunEnd.done)))).toEqual([
      'Order 1 of BTCUSD.s, asked for at 1 ms, never got an answer.',
    ]);
  });

  it.each([
    ['stuck', RunEnd.stuck, true],
    ['cut short', RunEnd.limit, false],
  ])('does not know what becomes of what is open when the run is %s', (_, how, complete) => {
    const result = judged(orderAnswered, asked().end(how), { end: { complete } });
    expect(result.verdict).toBe('inconclusive');
    expect(texts(result)[0]).toBe(
      'The trace ends at 3 ms before order 1 of BTCUSD.s, of 1 ms, was answered.',
    );
  });

  it('catches resolutions that are not true', () => {
    expect(texts(judged(orderAnswered, lost().resolve(1, false)))).toEqual([
      'Order 1 of BTCUSD.s was resolved as not executed at 23 ms, although it was.',
    ]);
    expect(texts(judged(orderAnswered, asked().unknown(1).resolve(1, true)))).toEqual([
      'Order 1 of BTCUSD.s was resolved as executed at 3 ms, although it was not.',
    ]);
    expect(
      texts(judged(orderAnswered, asked().unknown(1).resolve(1, false).at(40).fill(1, 5))),
    ).toEqual([
      'Order 1 of BTCUSD.s was executed at 40 ms, after it had been resolved as not executed.',
    ]);
  });

  it('keeps the orders of two symbols apart', () => {
    const trace = asked().by(ETH).order(2, OrderEffect.open).by(BTC).settle(1, Outcome.filled);
    const result = judged(orderAnswered, trace.end(RunEnd.done));
    expect(texts(result)).toEqual(['Order 2 of ETHUSD.s, asked for at 3 ms, never got an answer.']);
  });
});
