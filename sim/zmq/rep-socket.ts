/**
 * The simulated REP socket: takes one request at a time, in turn from each client, and answers it.
 *
 * Invariants: clients are served round-robin, a client's requests in order; a reply to a client
 * that has gone is dropped; a request of a client that has gone is served all the same. A crash
 * loses what is unread and what is in service, never what the clients still hold. Known limit: with
 * `libzmq`, binding takes no time.
 */
import { assertExists } from '../base/assert.ts';
import type { Driver, TaskRef } from '../kernel/task.ts';
import { EventKind, FaultKind, NONE, type SocketErrorName } from '../trace/event.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { Message, ReplySocket } from './contract.ts';
import type { Link, LinkServer } from './link.ts';
import type { Network } from './network.ts';
import { TurnSocket, type WaitOptions } from './turn-socket.ts';

export interface RepOptions extends WaitOptions {
  /** How long binding takes, in microseconds: `zeromq.js` blocks the socket for so long. */
  readonly bindUs: number;
}

/** How a gateway's REP is usually set up: waits for ever, binds at once. */
export const REP_DEFAULTS: RepOptions = {
  profile: 'libzmq',
  sendTimeoutUs: Infinity,
  receiveTimeoutUs: Infinity,
  bindUs: 0,
};

export class RepSocket<Req extends Message, Rep extends Message>
  extends TurnSocket<Rep, Req>
  implements ReplySocket<Req, Rep>, LinkServer<Req, Rep>
{
  readonly #driver: Driver;
  readonly #recorder: Recorder;
  readonly #network: Network<Req, Rep>;
  readonly #bindUs: number;
  #state: 'down' | 'binding' | 'up' = 'down';
  #cancelBind: (() => void) | undefined = undefined;
  /** Links with unread requests; the first is served next. */
  readonly #waiting: Link<Req, Rep>[] = [];
  #serving: Link<Req, Rep> | undefined = undefined;
  #servingId = 0;

  constructor(driver: Driver, recorder: Recorder, network: Network<Req, Rep>, options: RepOptions) {
    super(driver, options);
    this.#driver = driver;
    this.#recorder = recorder;
    this.#network = network;
    this.#bindUs = options.profile === 'zeromq.js' ? options.bindUs : 0;
    network.attach(this);
  }

  get up(): boolean {
    return this.#state === 'up';
  }

  /** Starts to listen; clients find it at once, or with their next attempt to connect. */
  bind(): void {
    if (this.#state !== 'down') return;
    this.#state = 'binding';
    if (this.#bindUs === 0) this.#bound();
    else this.#cancelBind = this.#driver.after(this.#bindUs, () => this.#bound());
  }

  /** The process dies: its queue and the request in service are lost. */
  crash(): void {
    if (this.#state === 'down') return;
    this.#state = 'down';
    this.#cancelBind?.();
    this.#waiting.length = 0;
    this.#serving = undefined;
    this.#stampFault(FaultKind.crash);
    this.#network.serverDown();
  }

  /** The process is back. */
  restart(): void {
    if (this.#state !== 'down') return;
    this.#stampFault(FaultKind.restart);
    this.bind();
  }

  accept(link: Link<Req, Rep>, id: number, request: Req): void {
    if (this.receiver !== undefined && this.#serving === undefined) {
      this.#serving = link;
      this.#servingId = id;
      link.served();
      this.handOver(request);
      return;
    }
    link.keep(id, request);
    if (link.unread === 1) this.#waiting.push(link);
    this.settle();
  }

  protected override trySend(_task: TaskRef, reply: Rep): SocketErrorName | undefined {
    if (this.#state === 'binding') return 'EBUSY';
    const link = this.#serving;
    if (link === undefined) return 'EFSM';
    this.#serving = undefined;
    link.reply(this.#servingId, reply);
    return undefined;
  }

  protected override tryReceive(_task: TaskRef): Req | SocketErrorName {
    if (this.#state === 'binding') return 'EBUSY';
    if (this.#serving !== undefined) return 'EFSM';
    const link = this.#waiting.shift();
    if (link === undefined) return 'EAGAIN';
    const envelope = assertExists(link.takeUnread(), 'expected that a waiting link has a request');
    if (link.unread > 0) this.#waiting.push(link);
    this.#serving = link;
    this.#servingId = envelope.id;
    return envelope.message;
  }

  protected override failed(): void {
    // The trace tells of the sockets that ask; the gateway's own are not under test.
  }

  #bound(): void {
    this.#state = 'up';
    this.#cancelBind = undefined;
    this.#network.serverUp();
  }

  #stampFault(kind: FaultKind): void {
    this.#recorder.stamp(EventKind.fault, NONE, NONE, NONE, kind, 0, 0);
  }
}
