/**
 * What our endpoint adds to zeromq.js: the trace, messages on record before they leave, reopening.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { Reply } from 'zeromq';
import {
  EventKind,
  LazyPirate,
  type Message,
  newView,
  NONE,
  readEvent,
  type RealTimeEnd,
  RealTimeKernel,
  Recorder,
  RunEnd,
  SocketErrorCode,
  type SocketOptions,
  type TaskBody,
  type TaskRef,
  type TraceEvent,
} from '../../sim/index.ts';
import { processClock } from '../clock.ts';
import { type Codec, ReqEndpoint, type ReqEndpointParts } from './req-endpoint.ts';
import { withDeadline } from './testing/peer.ts';

const OPTIONS: SocketOptions = {
  ...{ profile: 'zeromq.js', sendTimeoutUs: 2_000_000, receiveTimeoutUs: 2_000_000 },
  ...{ lingerUs: 0, immediate: false, relaxed: false, correlate: false },
};
const NUMBERS: Codec<Message, Message> = {
  encode: ({ request }) => String(request),
  decode: (text) => ({ request: Number(text), code: 0, symbol: NONE }),
};

const opened: { close(): unknown }[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});

/** A REP that answers with what it got, unless it is told to keep quiet. */
async function echo(answers: (request: number, count: number) => boolean = () => true) {
  const reply = new Reply({ linger: 0 });
  await reply.bind('tcp://127.0.0.1:*');
  opened.push(reply);
  const received: number[] = [];
  void (async () => {
    for await (const [frame] of reply) {
      received.push(Number(frame));
      // What is not answered is answered with the number of no request.
      await reply.send(answers(Number(frame), received.length) ? (frame ?? '') : '0');
    }
  })();
  return { address: reply.lastEndpoint ?? '', received };
}

type Body = (self: TaskRef, endpoint: ReqEndpoint<Message, Message>) => TaskBody;

/** Runs one task on an endpoint to its end. */
async function run(
  address: string,
  body: Body,
  parts: Partial<ReqEndpointParts<Message, Message>> = {},
): Promise<{ readonly end: RealTimeEnd; readonly events: readonly TraceEvent[] }> {
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
  const timeLimitUs = 20_000_000;
  const kernel = new RealTimeKernel({ clock: recorder, wall: processClock, timeLimitUs });
  const endpoint = new ReqEndpoint({
    ...{ kernel, recorder, address, options: OPTIONS, object: 0, codec: NUMBERS },
    ...parts,
  });
  kernel.spawn('task', NONE, 'worker', (self) => body(self, endpoint));
  const over = new Promise<RealTimeEnd>((resolve) => kernel.start(resolve));
  const end = await withDeadline(over, 'expected the run to end');
  endpoint.dispose();
  recorder.finish();
  return { end, events };
}

const kindsOf = (events: readonly TraceEvent[]): number[] => events.map(({ kind }) => kind);
const message = (request: number): Message => ({ request, code: 1, symbol: NONE });

function* exchange(
  self: TaskRef,
  endpoint: ReqEndpoint<Message, Message>,
  requests: readonly number[],
): TaskBody<unknown[]> {
  const client = new LazyPirate(
    { nowUs: 0, wake: () => {}, after: () => () => {}, choose: () => 0 },
    endpoint,
    { attempts: 3, backoffUs: 0, reopen: 'always' },
  );
  const results: unknown[] = [];
  let last = requests[0] ?? 1;
  for (const request of requests) {
    results.push(
      yield* client.exchange(self, true, () => message((last = Math.max(last, request)))),
    );
    last += 1;
  }
  return results;
}

describe('an endpoint', () => {
  it('stamps what the socket did, in order, with the numbers of the messages', async () => {
    const { address, received } = await echo();
    const { end, events } = await run(address, function* (self, endpoint) {
      yield* exchange(self, endpoint, [1, 2]);
    });
    expect(end).toEqual({ kind: 'over', end: RunEnd.done });
    expect(received).toEqual([1, 2]);
    const { socketOpen, send, receive } = EventKind;
    expect(kindsOf(events)).toEqual([socketOpen, send, receive, send, receive]);
    expect(events.map(({ a }) => a)).toEqual([0, 1, 1, 2, 2]);
  });

  it('is opened anew by its client after a reply that answers nothing, and works again', async () => {
    const { address, received } = await echo((_, count) => count !== 1);
    const { events } = await run(address, function* (self, endpoint) {
      const results = yield* exchange(self, endpoint, [1]);
      expect(results).toMatchObject([{ kind: 'reply' }]);
    });
    expect(received).toHaveLength(2);
    const { socketOpen, send, receive, socketClose } = EventKind;
    expect(kindsOf(events)).toEqual([
      ...[socketOpen, send, receive, socketClose, socketOpen, send, receive],
    ]);
  });

  it('tells its tasks of EBUSY at once, and stamps it', async () => {
    const { address } = await echo();
    const { events } = await run(address, function* (self, endpoint) {
      const first = endpoint.receive(self);
      expect(first.kind).toBe('pending');
      expect(endpoint.receive(self)).toEqual({ kind: 'failed', error: 'EBUSY' });
    });
    expect(events.at(-1)).toMatchObject({
      kind: EventKind.socketError,
      b: SocketErrorCode.EBUSY * 4 + 1,
    });
  });
});

describe('a message that has to be on record first', () => {
  it('is not handed to the socket before it is', async () => {
    const { address, received } = await echo();
    const order: string[] = [];
    const { events } = await run(
      address,
      function* (self, endpoint) {
        yield* exchange(self, endpoint, [1]);
      },
      {
        beforeSend: async () => {
          for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
          order.push(`recorded, ${received.length} received`);
        },
        onReply: () => order.push('replied'),
      },
    );
    expect(order).toEqual(['recorded, 0 received', 'replied']);
    expect(kindsOf(events)).toContain(EventKind.receive);
  });

  it('never leaves if it cannot be put on record: the run ends there', async () => {
    const { address, received } = await echo();
    const error = new Error('the disk is full');
    const { end, events } = await run(
      address,
      function* (self, endpoint) {
        yield* exchange(self, endpoint, [1]);
      },
      { beforeSend: () => Promise.reject(error) },
    );
    expect(end).toEqual({ kind: 'crashed', error });
    expect(kindsOf(events)).toEqual([EventKind.socketOpen]);
    expect(received).toEqual([]);
  });

  it('does not hold up those that need not be', async () => {
    const { address } = await echo();
    const asked: number[] = [];
    await run(
      address,
      function* (self, endpoint) {
        yield* exchange(self, endpoint, [1, 2]);
      },
      {
        beforeSend: ({ request }) => {
          asked.push(request);
          return undefined;
        },
      },
    );
    expect(asked).toEqual([1, 2]);
  });
});
