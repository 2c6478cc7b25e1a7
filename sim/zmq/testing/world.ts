/**
 * A small world for the tests of this folder: a kernel, a recorder, a REP that answers, REQ
 * sockets.
 *
 * Everything is the real thing; only the gateway is a stand-in that answers each request with its
 * number after a fixed time.
 */
import { Kernel, type Timing } from '../../kernel/kernel.ts';
import { fifoOracle, type Oracle } from '../../kernel/oracle.ts';
import { park, sleep, type TaskBody, type TaskRef } from '../../kernel/task.ts';
import { type EventKind, keepEvent, NONE, type TraceEvent } from '../../trace/event.ts';
import { Recorder } from '../../trace/recorder.ts';
import { eventsOf } from '../../trace/segment.ts';
import type { Message, Operation, SocketOptions } from '../contract.ts';
import { type FaultOptions, NO_FAULTS, type RangeUs } from '../faults.ts';
import { Network } from '../network.ts';
import { REP_DEFAULTS, type RepOptions, RepSocket } from '../rep-socket.ts';
import { ReqSocket } from '../req-socket.ts';

export interface WorldOptions {
  readonly seed?: number;
  readonly symbolNames?: readonly string[];
  readonly latencyUs?: RangeUs;
  readonly faults?: Partial<FaultOptions>;
  readonly rep?: Partial<RepOptions>;
  readonly timing?: Timing;
  readonly oracle?: Oracle;
}

export const STRICT: SocketOptions = {
  profile: 'libzmq',
  sendTimeoutUs: 100_000,
  receiveTimeoutUs: 100_000,
  lingerUs: 0,
  immediate: false,
  relaxed: false,
  correlate: false,
};

export class World {
  readonly recorder = new Recorder({ keep: true, readers: [] });
  readonly kernel: Kernel;
  readonly network: Network<Message, Message>;
  readonly rep: RepSocket<Message, Message>;
  /** Numbers of the requests that the gateway has received, in order. */
  readonly served: number[] = [];
  #requests = 0;
  #sockets = 0;

  constructor(options: WorldOptions = {}) {
    this.kernel = new Kernel({
      clock: this.recorder,
      oracle: options.oracle ?? fifoOracle,
      timing: options.timing ?? 'virtual',
      timeLimitUs: 3_600_000_000,
    });
    this.network = new Network(this.kernel, this.recorder, {
      seed: options.seed ?? 1,
      symbolNames: options.symbolNames ?? ['BTCUSD.s', 'ETHUSD.s', 'XAUUSD.s'],
      latencyUs: options.latencyUs ?? [0, 0],
      faults: { ...NO_FAULTS, ...options.faults },
    });
    this.rep = new RepSocket(this.kernel, this.recorder, this.network, {
      ...REP_DEFAULTS,
      ...options.rep,
    });
  }

  socket(options: Partial<SocketOptions> = {}): ReqSocket<Message, Message> {
    const full = { ...STRICT, ...options };
    return new ReqSocket(this.kernel, this.recorder, this.network, full, this.#sockets++);
  }

  /** A request with a number of its own. */
  request(symbol = 0): Message {
    this.#requests += 1;
    return { request: this.#requests, code: 1, symbol };
  }

  /** A gateway that answers each request after `serviceUs`. */
  serve(serviceUs: number): TaskRef {
    this.rep.bind();
    const { rep, served } = this;
    return this.kernel.spawn('gateway', NONE, 'daemon', function* (self): TaskBody {
      for (;;) {
        const got = yield* settle(rep.receive(self));
        if (got.kind !== 'done' || got.message === undefined) continue;
        served.push(got.message.request);
        if (serviceUs > 0) yield sleep(serviceUs);
        rep.send(self, { ...got.message, code: 0 });
      }
    });
  }

  spawn(name: string, symbol: number, body: (self: TaskRef) => TaskBody): TaskRef {
    return this.kernel.spawn(name, symbol, 'worker', body);
  }

  /** Runs to the end and returns the whole trace. */
  run(): readonly TraceEvent[] {
    while (this.kernel.run(10_000));
    this.recorder.finish();
    return Array.from(eventsOf(this.recorder.segments), keepEvent);
  }
}

/** Waits for an operation as a task does. */
export function* settle<M extends Message>(
  operation: Operation<M>,
): TaskBody<Exclude<Operation<M>, { kind: 'pending' }>> {
  if (operation.kind !== 'pending') return operation;
  const { ticket } = operation;
  for (;;) {
    if (ticket.settled !== undefined) return ticket.settled;
    if (!(yield park(ticket.timeoutUs))) ticket.expire();
  }
}

/** What came of an operation, in a word or a number. */
export function outcome(operation: Operation<Message>): string | number {
  switch (operation.kind) {
    case 'done':
      return operation.message === undefined ? 'sent' : operation.message.request;
    case 'failed':
      return operation.error;
    case 'pending':
      return 'pending';
  }
}

/** The events of one kind. */
export function only(events: readonly TraceEvent[], kind: EventKind): readonly TraceEvent[] {
  return events.filter((event) => event.kind === kind);
}
