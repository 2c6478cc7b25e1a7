/**
 * The conformance script's socket, twice: zeromq.js itself, and our endpoint over it.
 *
 * Time-outs and pauses are longer than in the simulation by the same factor, so that a machine
 * which is busy for a moment does not decide a row.
 */
import { setImmediate, setTimeout as delay } from 'node:timers/promises';
import { Request } from 'zeromq';
import {
  type Message,
  NONE,
  type Operation,
  park,
  RealTimeKernel,
  Recorder,
  type SocketOptions,
  type TaskRef,
} from '../../../sim/index.ts';
import type {
  ConformanceCall,
  ConformanceResult,
  ConformanceRow,
  ConformanceSocket,
} from '../../../sim/zmq/testing/conformance.ts';
import { processClock } from '../../clock.ts';
import { type Codec, ReqEndpoint } from '../req-endpoint.ts';
import { requestOptions } from '../socket-options.ts';
import {
  arrived,
  firstFrame,
  freeAddress,
  overOrLate,
  RealCall,
  RealPeer,
  type Transport,
} from './peer.ts';

const SLOWER = 4;

/** What the two sockets have in common: the peer, and the passing of time. */
abstract class RealSocket implements ConformanceSocket {
  protected readonly peer: RealPeer;

  constructor(address: string) {
    this.peer = new RealPeer(address);
  }

  abstract send(request: number): ConformanceCall;
  abstract receive(): ConformanceCall;
  abstract close(): void;
  abstract settled(call: ConformanceCall): Promise<void>;
  protected abstract release(): void;
  /** Waits for the reply that is on its way and that nobody receives yet, where that is seen. */
  protected abstract replyArrived(): Promise<void>;

  bind(): void {
    this.peer.bind();
  }

  peerReceive(): ConformanceCall {
    return this.peer.receive();
  }

  async answer(): Promise<void> {
    await this.peer.answer();
    await this.replyArrived();
  }

  async pass(ms: number): Promise<void> {
    await this.peer.bound();
    if (ms > 0) await delay(ms * SLOWER);
    await setImmediate();
  }

  async dispose(): Promise<void> {
    this.release();
    this.peer.close();
    await setImmediate();
  }
}

class RawSocket extends RealSocket {
  readonly request: Request;
  #receiving: RealCall | undefined;

  constructor(address: string, options: SocketOptions) {
    super(address);
    this.request = new Request(requestOptions(options));
  }

  send(request: number): ConformanceCall {
    return new RealCall(
      () => this.request.send(String(request)),
      () => 'sent',
    );
  }

  receive(): ConformanceCall {
    const call = new RealCall(
      () => this.request.receive(),
      (value) => `reply ${Number(firstFrame(value))}`,
    );
    if (call.result === 'pending') this.#receiving = call;
    return call;
  }

  close(): void {
    this.request.close();
  }

  async settled(call: ConformanceCall): Promise<void> {
    if (call instanceof RealCall) await overOrLate(call.over);
  }

  protected release(): void {
    this.request.close();
  }

  protected async replyArrived(): Promise<void> {
    if (this.#receiving?.result === 'pending') return;
    await arrived(this.request);
  }
}

const NUMBERS: Codec<Message, Message> = {
  encode: ({ request }) => String(request),
  decode: (text) => ({ request: Number(text), code: 0, symbol: NONE }),
};

/** A call whose end somebody may wait for. */
interface EndpointCall extends ConformanceCall {
  result: ConformanceResult;
  over: Promise<void>;
}

class EndpointSocket extends RealSocket {
  readonly #kernel: RealTimeKernel;
  readonly #endpoint: ReqEndpoint<Message, Message>;
  readonly #task: TaskRef;
  readonly #calls = new Set<EndpointCall>();

  constructor(address: string, options: SocketOptions) {
    super(address);
    const recorder = new Recorder({ keep: false, readers: [] });
    const timeLimitUs = Number.MAX_SAFE_INTEGER;
    this.#kernel = new RealTimeKernel({ clock: recorder, wall: processClock, timeLimitUs });
    this.#task = this.#kernel.spawn('script', NONE, 'worker', function* () {
      yield park(Infinity);
    });
    const kernel = this.#kernel;
    this.#endpoint = new ReqEndpoint({
      ...{ kernel, recorder, address, options },
      ...{ object: 0, codec: NUMBERS },
    });
    this.#kernel.await();
    this.#kernel.start(() => {});
  }

  send(request: number): ConformanceCall {
    const message = { request, code: 1, symbol: NONE };
    return this.#start((task) => this.#endpoint.send(task, message));
  }

  receive(): ConformanceCall {
    return this.#start((task) => this.#endpoint.receive(task));
  }

  close(): void {
    this.#kernel.outside(() => this.#endpoint.close(this.#task));
  }

  async settled(call: ConformanceCall): Promise<void> {
    for (const one of this.#calls) {
      if (one === call) await overOrLate(one.over);
    }
  }

  protected release(): void {
    this.#endpoint.dispose();
    this.#kernel.stop();
  }

  protected async replyArrived(): Promise<void> {
    // The endpoint does not show what nobody has asked for.
    await this.pass(0);
  }

  #start(begin: (task: TaskRef) => Operation<Message>): ConformanceCall {
    let end = (): void => {};
    const over = new Promise<void>((resolve) => {
      end = resolve;
    });
    const call: EndpointCall = { result: 'pending', over };
    const note = (operation: Operation<Message>): void => {
      if (operation.kind === 'failed') call.result = operation.error;
      else if (operation.kind === 'done') {
        const { message } = operation;
        call.result = message === undefined ? 'sent' : `reply ${message.request}`;
      }
      end();
    };
    this.#calls.add(call);
    this.#kernel.spawn('operation', NONE, 'daemon', function* (self) {
      const operation = begin(self);
      if (operation.kind !== 'pending') return note(operation);
      while (operation.ticket.settled === undefined) yield park(operation.ticket.timeoutUs);
      note(operation.ticket.settled);
    });
    return call;
  }
}

/**
 * Opens zeromq.js itself for a row. Nobody waits for the connection: what is sent before it stands
 * is queued, and what has to arrive is waited for.
 */
export function openRaw(transport: Transport) {
  return async (row: ConformanceRow): Promise<ConformanceSocket> => {
    const address = await freeAddress(transport);
    const socket = new RawSocket(address, slower(row.options));
    await begin(socket, row);
    socket.request.connect(address);
    return socket;
  };
}

/** Opens our endpoint for a row. */
export function openEndpoint(transport: Transport) {
  return async (row: ConformanceRow): Promise<ConformanceSocket> => {
    const address = await freeAddress(transport);
    const socket = new EndpointSocket(address, slower(row.options));
    await begin(socket, row);
    return socket;
  };
}

async function begin(socket: RealSocket, row: ConformanceRow): Promise<void> {
  if (row.peer === 'absent') return;
  socket.bind();
  await socket.pass(0);
}

function slower(options: SocketOptions): SocketOptions {
  return {
    ...options,
    sendTimeoutUs: options.sendTimeoutUs * SLOWER,
    receiveTimeoutUs: options.receiveTimeoutUs * SLOWER,
  };
}
