/**
 * The gateway as a task: takes one request at a time, works on it for a while, and answers.
 *
 * Invariant: a request is executed at most once for each time that it is taken, at the end of its
 * service. A crash in the middle loses the answer; the request was executed if at most half of the
 * work was still to come. Books, deals and positions outlive a crash. It serves any ReplySocket.
 */
import { RandomStream } from '../base/random.ts';
import { US_PER_MS } from '../base/time.ts';
import { EventKind, FaultKind, NONE, ReplyStatus } from '../trace/event.ts';
import type { Recorder } from '../trace/recorder.ts';
import { type Driver, park, sleep, type TaskBody, type TaskRef } from '../kernel/task.ts';
import type { ReplySocket } from '../zmq/contract.ts';
import type { TradingDesk } from './desk.ts';
import type { GatewayReply, GatewayRequest } from './protocol.ts';

/** A time during which the gateway does nothing. */
export interface Stall {
  readonly atUs: number;
  readonly forUs: number;
}

/** How the gateway works, named as in the scenario's `endpoint`. */
export interface GatewayOptions {
  /** How long it works on one request, drawn uniformly, both ends included. */
  readonly serviceUs: readonly [number, number];
  /** Serves one request a wake, at the multiples of this period; 0 serves at once. */
  readonly pumpUs: number;
  readonly faults: { readonly stalls: readonly Stall[] };
}

export interface GatewayParts {
  readonly seed: number;
  readonly driver: Driver;
  readonly recorder: Recorder;
  readonly socket: ReplySocket<GatewayRequest, GatewayReply>;
  readonly desk: TradingDesk;
  /** In the order of their indices; each has its own stream of service times. */
  readonly symbolNames: readonly string[];
  readonly options: GatewayOptions;
}

/** How long to wait after a socket operation failed before trying again. */
const RETRY_US = 1_000;

export class Gateway {
  readonly #driver: Driver;
  readonly #recorder: Recorder;
  readonly #socket: ReplySocket<GatewayRequest, GatewayReply>;
  readonly #desk: TradingDesk;
  readonly #service: readonly RandomStream[];
  readonly #serviceOfNone: RandomStream;
  readonly #options: GatewayOptions;
  readonly #stalls: Stall[];
  #self: TaskRef | undefined;
  /** What is being worked on, since when, until when, and how much work it is. */
  #current: GatewayRequest | undefined;
  #beganUs = 0;
  #dueUs = 0;
  #workUs = 0;
  #crashes = 0;
  #down = false;

  constructor(parts: GatewayParts) {
    const { seed, symbolNames, options } = parts;
    this.#driver = parts.driver;
    this.#recorder = parts.recorder;
    this.#socket = parts.socket;
    this.#desk = parts.desk;
    this.#options = options;
    this.#service = symbolNames.map((name) => new RandomStream(seed, name, 'service'));
    this.#serviceOfNone = new RandomStream(seed, '', 'service');
    this.#stalls = [...options.faults.stalls].sort((x, y) => x.atUs - y.atUs);
  }

  /** The task's body; a gateway serves for as long as the run lasts. */
  *serve(self: TaskRef): TaskBody {
    this.#self = self;
    for (;;) {
      while (this.#down) yield park(Infinity);
      let crashes = this.#crashes;
      let taken = this.#socket.receive(self);
      while (taken.kind === 'pending') {
        const { ticket } = taken;
        if (ticket.settled !== undefined) {
          taken = ticket.settled;
        } else {
          crashes = this.#crashes;
          if (!(yield park(ticket.timeoutUs))) ticket.expire();
        }
      }
      if (taken.kind === 'failed' || taken.message === undefined) {
        yield sleep(RETRY_US);
        continue;
      }
      const request = taken.message;
      if (this.#crashes !== crashes) {
        this.#socket.send(self, failedReply(request));
        continue;
      }
      if (this.#options.pumpUs > 0) yield* this.#awaitPump(crashes);
      if (this.#stalls.length > 0) yield* this.#sitOutStalls(request, crashes);
      if (this.#crashes === crashes) this.#begin(request);
      while (this.#crashes === crashes) {
        if (this.#stalls.length > 0) yield* this.#sitOutStalls(request, crashes);
        const leftUs = this.#dueUs - this.#driver.nowUs;
        if (leftUs <= 0) break;
        yield park(Math.min(leftUs, this.#untilStallUs()));
      }
      if (this.#crashes !== crashes) continue;
      this.#current = undefined;
      let sent = this.#socket.send(self, this.#desk.answer(request, this.#beganUs, self.id));
      while (sent.kind === 'pending') {
        const { ticket } = sent;
        if (ticket.settled !== undefined) sent = ticket.settled;
        else if (!(yield park(ticket.timeoutUs))) ticket.expire();
      }
    }
  }

  /** The process dies: what it was working on gets no answer. */
  crash(): void {
    this.#crashes += 1;
    this.#down = true;
    const request = this.#current;
    const self = this.#self;
    if (self === undefined) return;
    this.#current = undefined;
    const leftUs = this.#dueUs - this.#driver.nowUs;
    const done = request !== undefined && leftUs * 2 <= this.#workUs;
    if (done) this.#desk.answer(request, this.#beganUs, self.id);
    this.#driver.wake(self);
  }

  /** The process is back, with its books, and takes requests again. */
  restart(): void {
    this.#down = false;
    if (this.#self !== undefined) this.#driver.wake(this.#self);
  }

  #begin(request: GatewayRequest): void {
    const { serviceUs } = this.#options;
    const draws = this.#service[request.symbol] ?? this.#serviceOfNone;
    this.#workUs = draws.between(serviceUs[0], serviceUs[1]);
    this.#beganUs = this.#driver.nowUs;
    this.#dueUs = this.#beganUs + this.#workUs;
    this.#current = request;
  }

  /** Waits for the pump's next wake, which is never the present instant. */
  *#awaitPump(crashes: number): TaskBody {
    const { pumpUs } = this.#options;
    const wakeUs = (Math.floor(this.#driver.nowUs / pumpUs) + 1) * pumpUs;
    while (this.#driver.nowUs < wakeUs && this.#crashes === crashes) {
      yield park(wakeUs - this.#driver.nowUs);
    }
  }

  /**
   * Sits out the stall that is on now, and those that follow on it; the work takes that much
   * longer.
   */
  *#sitOutStalls(request: GatewayRequest, crashes: number): TaskBody {
    for (;;) {
      const stall = this.#stalls[0];
      const nowUs = this.#driver.nowUs;
      if (stall === undefined || stall.atUs > nowUs || this.#crashes !== crashes) return;
      const endUs = stall.atUs + stall.forUs;
      if (endUs > nowUs) {
        this.#stampStall(request, stall);
        this.#dueUs += endUs - nowUs;
      }
      while (this.#driver.nowUs < endUs && this.#crashes === crashes) {
        yield park(endUs - this.#driver.nowUs);
      }
      if (this.#crashes === crashes) this.#stalls.shift();
    }
  }

  #untilStallUs(): number {
    const stall = this.#stalls[0];
    return stall === undefined ? Infinity : stall.atUs - this.#driver.nowUs;
  }

  /** The stall's detail is how long it lasts, in milliseconds. */
  #stampStall(request: GatewayRequest, stall: Stall): void {
    const task = this.#self?.id ?? NONE;
    const detail = Math.floor(stall.forUs / US_PER_MS);
    this.#recorder.stamp(EventKind.fault, task, request.symbol, NONE, FaultKind.stall, detail, 0);
  }
}

/**
 * For a request that a crash met on its way in: it was not executed, and the turn is given back.
 */
function failedReply({ request, symbol }: GatewayRequest): GatewayReply {
  return { request, code: ReplyStatus.error, symbol, kind: 'failed', error: 'SERVER_ERROR' };
}
