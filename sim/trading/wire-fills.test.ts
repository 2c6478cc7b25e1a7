/**
 * Executions as they are heard: each once, the right ones, and a second one under another ticket.
 */
import { describe, expect, it } from 'vitest';
import { EventKind, NONE, type TraceEvent } from '../trace/event.ts';
import { Recorder } from '../trace/recorder.ts';
import { newView, readEvent } from '../trace/segment.ts';
import type { GatewayReply, GatewayRequest } from './protocol.ts';
import { WireFills } from './wire-fills.ts';

function bench() {
  const events: TraceEvent[] = [];
  const recorder = new Recorder({
    keep: false,
    readers: [
      (segment) => {
        for (let at = 0; at < segment.size; at++) {
          const view = newView();
          readEvent(segment, at, view);
          events.push(view);
        }
      },
    ],
  });
  const fills = new WireFills(recorder);
  const heard = (): (readonly [number, number, number, number])[] => {
    recorder.finish();
    return events
      .filter(({ kind }) => kind === EventKind.fill)
      .map(({ a, b, symbol, value }) => [a, b, symbol, value] as const);
  };
  return { fills, heard };
}

const open = (order: number, symbol: number): GatewayRequest => ({
  ...{ request: order, code: 2, symbol, action: 'OPEN', order, side: 'BUY' },
  ...{ volumeMilli: 1, roundTrip: true, exposureBp: 1, validUntilUs: Infinity },
});
const filled = (order: number, ticket: number, profit: number): GatewayReply => ({
  ...{ request: order, code: 1, symbol: NONE, kind: 'filled' },
  ...{ order, ticket, points: 1, profit },
});
const sync = (...deals: readonly (readonly [number, number, number])[]): GatewayReply => ({
  ...{ request: 99, code: 0, symbol: NONE, kind: 'sync', positions: [] },
  account: { balance: 0, equity: 0, margin: 0 },
  deals: deals.map(([order, ticket, profit]) => ({ order, ticket, profit })),
});

describe('an execution', () => {
  it('is stamped once, with the symbol of its order, however often it is heard of', () => {
    const { fills, heard } = bench();
    fills.onRequest(open(3, 1));
    fills.onReply(7, filled(3, 30, 250));
    fills.onReply(7, filled(3, 30, 250));
    fills.onReply(7, sync([3, 30, 250]));
    expect(heard()).toEqual([[3, 30, 1, 250]]);
  });

  it('that is heard of in the list of deals only is stamped all the same', () => {
    const { fills, heard } = bench();
    fills.onRequest(open(3, 1));
    fills.onRequest(open(4, 0));
    fills.onReply(NONE, sync([4, 41, -5], [3, 30, 250]));
    expect(heard()).toEqual([
      [4, 41, 0, -5],
      [3, 30, 1, 250],
    ]);
  });

  it('of an order under a second ticket is a second execution', () => {
    const { fills, heard } = bench();
    fills.onRequest(open(3, 1));
    fills.onReply(7, filled(3, 30, 250));
    fills.onReply(7, sync([3, 30, 250], [3, 31, 250]));
    expect(heard()).toHaveLength(2);
  });

  it("of somebody else's order, or of an earlier run, is no part of this trace", () => {
    const { fills, heard } = bench();
    fills.onRequest({ request: 1, code: 1, symbol: 0, action: 'PING' });
    fills.onReply(7, sync([1, 10, 5]));
    fills.onReply(7, filled(2, 11, 5));
    expect(heard()).toEqual([]);
    fills.expect(2, 4);
    fills.onReply(7, filled(2, 11, 5));
    expect(heard()).toEqual([[2, 11, 4, 5]]);
  });
});
