/**
 * Every order that went through this bridge, whichever page sent it: none goes twice, and one whose
 * reply was lost stays open until a query shows it, or a person decides after one.
 *
 * Invariants: a uuid that was handed to the socket is refused ever after; while an outcome is open
 * its symbol takes no further order. It outlives a page that is reloaded and, with a store, the
 * bridge. Known limit: of settled orders the last 131,072 are known.
 */
import type { HeldOrders } from '../durable/order-store.ts';
import type { TRADE_OPS, UnknownOrder } from '../protocol.ts';

type TradeOp = (typeof TRADE_OPS)[number];

/** Why something about an order is refused. */
export interface OrderRefusal {
  readonly code: string;
  readonly message: string;
}

/** Where orders are kept, if they are to outlive the bridge. */
export interface OrderKeeper {
  readonly held: HeldOrders;
  /** Resolves once it is safe that the order is about to leave. */
  begun(order: UnknownOrder): Promise<void>;
  ended(uuid: string, how: 'free' | 'settled'): Promise<void>;
  shorten(known: Iterable<string>, open: readonly UnknownOrder[]): Promise<void>;
}

interface Open extends UnknownOrder {
  /** A query that could have shown it was answered since its reply was lost. */
  asked: boolean;
}

const SETTLED_MAX = 131_072;

export class Orders {
  readonly #keeper: OrderKeeper | undefined;
  readonly #failed: (error: unknown) => void;
  readonly #known: Set<string>;
  readonly #open: Map<string, Open>;

  /** `failed` hears of a keeper that could not keep what became of an order. */
  constructor(keeper?: OrderKeeper, failed: (error: unknown) => void = () => {}) {
    this.#keeper = keeper;
    this.#failed = failed;
    this.#known = new Set(keeper?.held.known);
    const open = keeper?.held.open ?? [];
    this.#open = new Map(open.map((order) => [order.uuid, { ...order, asked: false }]));
  }

  /**
   * Takes an order on its way to the socket, or says why it must not go. It may leave once the
   * promise, if there is one, has resolved.
   */
  begin(order: UnknownOrder): OrderRefusal | Promise<void> | undefined {
    const { uuid, symbol } = order;
    for (const open of this.#open.values()) {
      if (open.symbol !== symbol) continue;
      const message = `expected the outcome of order ${open.uuid} of ${symbol} to be settled first`;
      return { code: 'outcome-open', message: `${message}: ask with SYNC_ALL` };
    }
    if (this.#known.has(uuid)) {
      const message = `expected an order that was never sent, got ${uuid} again: ask with SYNC_ALL`;
      return { code: 'sent-before', message };
    }
    this.#known.add(uuid);
    if (this.#known.size > SETTLED_MAX) this.#forgetOldest();
    return this.#keeper?.begun(order);
  }

  /** It never left: the same order may be sent. */
  neverLeft(uuid: string): void {
    this.#known.delete(uuid);
    this.#keep(uuid, 'free');
  }

  /** Its page was told what became of it. */
  settled(uuid: string): void {
    this.#keep(uuid, 'settled');
  }

  /** It left, and its page does not know what became of it. */
  lost(uuid: string, op: TradeOp, symbol: string): void {
    this.#open.set(uuid, { uuid, op, symbol, asked: false });
  }

  /** A query was answered that shows these uuids executed: gives those whose outcome was open. */
  seen(executed: readonly string[]): string[] {
    for (const open of this.#open.values()) open.asked = true;
    const resolved = executed.filter((uuid) => this.#open.delete(uuid));
    for (const uuid of resolved) this.#keep(uuid, 'settled');
    return resolved;
  }

  /** A person says what became of it; undefined if that is taken. */
  resolve(uuid: string): OrderRefusal | undefined {
    const open = this.#open.get(uuid);
    if (open === undefined) {
      const message = `expected an order whose outcome is open, got ${uuid}`;
      return { code: 'not-open', message };
    }
    if (!open.asked) {
      const message =
        'expected the gateway to be asked first, by SYNC_ALL, since the reply was lost';
      return { code: 'not-asked', message };
    }
    this.#open.delete(uuid);
    this.#keep(uuid, 'settled');
    return undefined;
  }

  /** Orders of unknown outcome. */
  get unknown(): UnknownOrder[] {
    return [...this.#open.values()].map(({ uuid, op, symbol }) => ({ uuid, op, symbol }));
  }

  /** What became of an order need not be waited for: lost by a crash, it is asked for again. */
  #keep(uuid: string, how: 'free' | 'settled'): void {
    const keeper = this.#keeper;
    if (keeper === undefined) return;
    keeper
      .ended(uuid, how)
      .then(() => keeper.shorten(this.#known, this.unknown))
      .catch(this.#failed);
  }

  /** The oldest one that is settled, or still on its way: those that are open stay. */
  #forgetOldest(): void {
    for (const uuid of this.#known) {
      if (this.#open.has(uuid)) continue;
      this.#known.delete(uuid);
      return;
    }
  }
}
