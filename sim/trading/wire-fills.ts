/**
 * What a foreign gateway says of executions, stamped as it is heard: the trace's `fill` events.
 *
 * A simulated gateway stamps its executions itself; of a foreign one only the replies are known,
 * and the deals that it lists when it is asked. Invariants: an execution is stamped once, before
 * anybody acts on it; one order under two tickets is two executions, whoever heard of only one.
 * Known limits: the time is that of hearing; a second execution is heard of when deals are listed.
 */
import { EventKind, NONE } from '../trace/event.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { GatewayReply, GatewayRequest } from './protocol.ts';

interface Asked {
  readonly symbol: number;
  readonly tickets: number[];
}

/** As many as a gateway with 64 symbols remembers deals. */
const ORDERS_KEPT = 65_536;

export class WireFills {
  readonly #recorder: Recorder;
  readonly #orders = new Map<number, Asked>();

  constructor(recorder: Recorder) {
    this.#recorder = recorder;
  }

  /** An order is about to be sent. */
  onRequest(request: GatewayRequest): void {
    if (request.action === 'OPEN' || request.action === 'CLOSE') {
      this.expect(request.order, request.symbol);
    }
  }

  /** An order of this engine, whose executions are part of the trace. */
  expect(order: number, symbol: number): void {
    if (this.#orders.has(order)) return;
    this.#orders.set(order, { symbol, tickets: [] });
    if (this.#orders.size <= ORDERS_KEPT) return;
    for (const oldest of this.#orders.keys()) {
      this.#orders.delete(oldest);
      return;
    }
  }

  /** `task` is about to receive a reply. */
  onReply(task: number, reply: GatewayReply): void {
    if (reply.kind === 'filled') this.#hear(task, reply.order, reply.ticket, reply.profit);
    if (reply.kind !== 'sync') return;
    for (const { order, ticket, profit } of reply.deals) this.#hear(task, order, ticket, profit);
  }

  #hear(task: number, order: number, ticket: number, profit: number): void {
    const asked = this.#orders.get(order);
    if (asked === undefined || asked.tickets.includes(ticket)) return;
    asked.tickets.push(ticket);
    this.#recorder.stamp(EventKind.fill, task, asked.symbol, NONE, order, ticket, profit);
  }
}
