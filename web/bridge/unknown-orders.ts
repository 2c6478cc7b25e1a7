/**
 * Orders of one session whose outcome nobody knows: those of its welcome, and those since.
 *
 * The bridge has the last word on them; this is what the page has heard. Invariant: an order stays
 * until an answer of the gateway shows it, or a person, or the engine that sent it, has said what
 * became of it.
 */
import { type Outcome, TRADE_OPS, type UnknownOrder } from '../../bridge/protocol.ts';
import type { WireRequest } from './wire.ts';

export class UnknownOrders {
  readonly #orders: Map<string, UnknownOrder>;

  constructor(known: readonly UnknownOrder[]) {
    this.#orders = new Map(known.map((order) => [order.uuid, order]));
  }

  get list(): readonly UnknownOrder[] {
    return [...this.#orders.values()];
  }

  /** Takes in what became of a request. */
  learn({ op, body }: Pick<WireRequest, 'op' | 'body'>, outcome: Outcome): void {
    const { uuid, symbol } = body;
    if (typeof uuid !== 'string') return;
    if (outcome.outcome === 'answered') {
      for (const resolved of outcome.resolved) this.#orders.delete(resolved);
    } else if (op === 'RESOLVE' && outcome.outcome === 'done') this.#orders.delete(uuid);
    else if (outcome.outcome === 'unknown' && typeof symbol === 'string') {
      const trade = TRADE_OPS.find((one) => one === op);
      if (trade !== undefined) this.#orders.set(uuid, { uuid, op: trade, symbol });
    }
  }
}
