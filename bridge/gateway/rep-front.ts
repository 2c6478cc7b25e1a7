/**
 * A real REP socket as the gateway's end: takes one request, gives one answer, in turn.
 *
 * Invariant: what cannot be read is answered at once and never reaches the gateway; a request in
 * service when the process dies gets no answer. Known limit: REP cannot drop, double or delay a
 * message; a scenario with such faults is served by a ROUTER instead.
 */
import { Reply } from 'zeromq';
import {
  EventKind,
  FaultKind,
  type GatewayReply,
  type GatewayRequest,
  NONE,
  type Operation,
  type ReplySocket,
  type TaskRef,
} from '../../sim/index.ts';
import { isIpv6, listen } from '../sockets/listen.ts';
import { Ticket } from '../sockets/ticket.ts';
import { answerText, take, type Taken } from './answer.ts';
import type { Front, FrontParts } from './front.ts';

interface Waiting {
  readonly task: TaskRef;
  readonly ticket: Ticket<GatewayRequest>;
}

/** A request that the gateway has, or may have, and how its answer reaches the socket. */
interface Service {
  readonly taken: Taken;
  answer(text: string): void;
}

export class RepFront implements Front, ReplySocket<GatewayRequest, GatewayReply> {
  readonly socket = this;
  readonly #parts: FrontParts;
  #address = '';
  #reply: Reply | undefined = undefined;
  /** Arrived and not yet received by the gateway. */
  #unread: Service | undefined = undefined;
  #serving: Service | undefined = undefined;
  #waiting: Waiting | undefined = undefined;

  constructor(parts: FrontParts) {
    this.#parts = parts;
  }

  async open(address: string): Promise<string> {
    const reply = new Reply({ linger: 0, ipv6: isIpv6(address) });
    this.#reply = reply;
    this.#address = await listen(reply, address);
    void this.#listen(reply);
    return this.#address;
  }

  receive(task: TaskRef): Operation<GatewayRequest> {
    if (this.#serving !== undefined) return { kind: 'failed', error: 'EFSM' };
    const ticket = new Ticket<GatewayRequest>();
    this.#waiting = { task, ticket };
    this.#hand();
    return ticket.settled ?? ticket;
  }

  send(_task: TaskRef, reply: GatewayReply): Operation<GatewayReply> {
    const service = this.#serving;
    if (service === undefined) return { kind: 'failed', error: 'EFSM' };
    this.#serving = undefined;
    service.answer(answerText(reply, service.taken, this.#parts));
    return { kind: 'done', message: undefined };
  }

  crash(): void {
    this.#parts.recorder.stamp(EventKind.fault, NONE, NONE, NONE, FaultKind.crash, 0, 0);
    this.#unread = undefined;
    this.#serving = undefined;
    this.close();
  }

  restart(): void {
    this.#parts.recorder.stamp(EventKind.fault, NONE, NONE, NONE, FaultKind.restart, 0, 0);
    this.open(this.#address).catch((error: unknown) => this.#parts.kernel.fail(error));
  }

  close(): void {
    const reply = this.#reply;
    this.#reply = undefined;
    reply?.close();
  }

  /** Takes and answers for as long as the socket is open. */
  async #listen(reply: Reply): Promise<void> {
    try {
      for await (const [frame = Buffer.alloc(0)] of reply) {
        const answer = await this.#answerTo(frame, reply);
        await this.#parts.recorded();
        await reply.send(answer);
      }
    } catch (error) {
      // A socket that was given up, dead or closed, has nobody to answer.
      if (reply === this.#reply) throw error;
    }
  }

  #answerTo(frame: Buffer, reply: Reply): Promise<string> {
    return new Promise((answer) => {
      this.#parts.kernel.outside(() => {
        // What a socket had received and not yet handed over dies with it.
        if (reply !== this.#reply) return;
        const taken = take(frame, this.#parts);
        if (typeof taken === 'string') {
          answer(taken);
          return;
        }
        this.#unread = { taken, answer };
        this.#hand();
      });
    });
  }

  /** Gives the gateway what it waits for. */
  #hand(): void {
    const waiting = this.#waiting;
    const service = this.#unread;
    if (waiting === undefined || service === undefined) return;
    this.#waiting = undefined;
    this.#unread = undefined;
    this.#serving = service;
    waiting.ticket.settled = { kind: 'done', message: service.taken.request };
    this.#parts.kernel.wake(waiting.task);
  }
}
