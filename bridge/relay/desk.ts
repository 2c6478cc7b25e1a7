/**
 * What a page with the token may do: questions always, orders only where four things hold.
 *
 * An order leaves only if the bridge was started for it, the page armed this endpoint and this
 * symbol, the lock is correct or the gateway is the reference one, and no outcome of the symbol is
 * open. Invariant: an order is handed to the socket once; whatever leaves and has no reply, or none
 * that its page could be told, is unknown, here and to every later page, until a query settles it.
 */
import { assertUnreachable, type LockName } from '../../sim/index.ts';
import type { GatewayEnvelope, Outcome, RequestEnvelope } from '../protocol.ts';
import { type Tick, TickFeed } from '../sockets/tick-feed.ts';
import type { Exchange } from './exchange.ts';
import { type Line, lineTo } from './line.ts';
import { isFaulty, LockedLine, lockNamed, SymbolIndex } from './locked-line.ts';
import type { RelayParts } from './relay-parts.ts';
import { executedIn, gatewayText, readReply } from './wire.ts';

type OwnEnvelope = Exclude<RequestEnvelope, GatewayEnvelope>;
type OrderEnvelope = Extract<GatewayEnvelope, { op: 'OPEN' | 'CLOSE' }>;

const DONE: Outcome = { outcome: 'done' };

export class Desk {
  readonly #parts: RelayParts;
  readonly #onTick: (tick: Tick) => void;
  readonly #line: Line;
  readonly #symbols = new SymbolIndex();
  #lock: LockName = 'fifo';
  #locked: LockedLine;
  #feed: TickFeed | undefined = undefined;
  #armed: ReadonlySet<string> = new Set();
  #underWay = 0;
  #closed = false;

  constructor(parts: RelayParts, onTick: (tick: Tick) => void) {
    this.#parts = parts;
    this.#onTick = onTick;
    this.#line = lineTo(parts);
    this.#locked = new LockedLine(this.#line, this.#lock);
  }

  /** What the bridge decides by itself. */
  decide(envelope: OwnEnvelope): Outcome {
    switch (envelope.op) {
      case 'LOCK':
        return this.#choose(envelope.body.lock);
      case 'ARM':
        return this.#arm(envelope.body.endpoint, envelope.body.symbols);
      case 'DISARM':
        this.#armed = new Set();
        return DONE;
      case 'SUBSCRIBE':
        return this.#subscribe(envelope.body.symbols);
      case 'RESOLVE': {
        const refusal = this.#parts.orders.resolve(envelope.body.uuid);
        return refusal === undefined ? DONE : refuse(refusal.code, refusal.message);
      }
      default:
        return assertUnreachable(envelope);
    }
  }

  /** Asks the gateway. */
  async ask(envelope: GatewayEnvelope): Promise<Outcome> {
    const order = envelope.op === 'OPEN' || envelope.op === 'CLOSE' ? envelope : undefined;
    const begun = order && this.#judge(order);
    if (begun !== undefined && !(begun instanceof Promise)) return begun;
    const symbol = this.#symbols.of(order?.body.symbol ?? clientOf(envelope));
    // From here on the lock stays what it was when the order was judged.
    this.#underWay += 1;
    try {
      if (begun !== undefined) await begun;
      const text = gatewayText(envelope);
      const exchange = await this.#exchange(text, symbol, envelope);
      return this.#outcome(envelope, order, exchange);
    } finally {
      this.#underWay -= 1;
    }
  }

  close(): void {
    this.#closed = true;
    this.#feed?.close();
    this.#locked.close();
    this.#line.close();
  }

  #exchange(text: string, symbol: number, { deadlineMs, body }: GatewayEnvelope) {
    return this.#parts.socket === 'dealer'
      ? this.#line.exchange(text, deadlineMs, body.uuid)
      : this.#locked.exchange(text, symbol, deadlineMs, body.uuid);
  }

  #choose(name: string): Outcome {
    if (this.#parts.socket === 'dealer') {
      return refuse(
        'no-lock',
        'expected a REQ socket: a DEALER has no turn that a lock could keep',
      );
    }
    const lock = lockNamed(name);
    if (lock === undefined) return refuse('unknown-lock', `expected a lock's name, got ${name}`);
    if (this.#underWay > 0) {
      return refuse('busy', 'expected no request under way while the lock is changed');
    }
    this.#lock = lock;
    this.#armed = new Set();
    this.#locked.close();
    this.#locked = new LockedLine(this.#line, lock);
    return DONE;
  }

  #arm(endpoint: string, symbols: readonly string[]): Outcome {
    const { address } = this.#parts.endpoint;
    const refusal = this.#forbidden();
    if (refusal !== undefined) return refusal;
    if (endpoint !== address) {
      return refuse('other-endpoint', `expected ${address} to be armed, got ${endpoint}`);
    }
    this.#armed = new Set(symbols);
    return DONE;
  }

  #subscribe(symbols: readonly string[]): Outcome {
    const { ticks } = this.#parts;
    if (ticks === undefined) {
      return refuse('no-ticks', 'expected a bridge that was started with --ticks tcp://HOST:PORT');
    }
    this.#feed?.close();
    this.#feed = new TickFeed(ticks, symbols, this.#onTick);
    return DONE;
  }

  /** Why no order may go at all. */
  #forbidden(): Outcome | undefined {
    const { allowTrade, gateway } = this.#parts;
    if (!allowTrade) {
      return refuse('read-only', 'expected a bridge that was started with --allow-trade');
    }
    if (gateway === 'reference' || !isFaulty(this.#lock)) return undefined;
    const message = `expected a correct lock or the reference gateway, got ${this.#lock}`;
    return refuse('faulty-lock', message);
  }

  /** Why an order may not go, or a promise if it may once that has resolved. */
  #judge({ op, body }: OrderEnvelope): Outcome | Promise<void> | undefined {
    const forbidden = this.#forbidden();
    if (forbidden !== undefined) return forbidden;
    if (!this.#armed.has(body.symbol)) {
      return refuse('not-armed', `expected ARM with ${body.symbol} before an order of it`);
    }
    const { uuid, symbol } = body;
    const begun = this.#parts.orders.begin({ uuid, op, symbol });
    if (begun === undefined || begun instanceof Promise) return begun;
    return refuse(begun.code, begun.message);
  }

  #outcome(
    { op, body: { uuid } }: GatewayEnvelope,
    order: OrderEnvelope | undefined,
    exchange: Exchange,
  ): Outcome {
    const { orders } = this.#parts;
    if (exchange.kind === 'not-sent') {
      if (order !== undefined) orders.neverLeft(uuid);
      return { outcome: 'failed', code: exchange.code, message: exchange.message };
    }
    const lost = ({ code, message }: { code: string; message: string }): Outcome => {
      if (order === undefined) return { outcome: 'failed', code, message, sent: true };
      orders.lost(uuid, order.op, order.body.symbol);
      return { outcome: 'unknown', code, message: `${message}; ask with SYNC_ALL, do not resend` };
    };
    if (exchange.kind === 'lost') return lost(exchange);
    const read = readReply(exchange.text, uuid);
    if (read.kind === 'error') return lost(read);
    if (order !== undefined) {
      // A page that has gone cannot be told: then its order is as unknown to it as a lost one.
      if (this.#closed) orders.lost(uuid, order.op, order.body.symbol);
      else orders.settled(uuid);
    }
    const isQuery = op === 'SYNC_ALL' && read.fields['status'] === 'OK';
    const resolved = isQuery ? orders.seen(executedIn(read.fields)) : [];
    return { outcome: 'answered', reply: read.fields, resolved };
  }
}

function refuse(code: string, message: string): Outcome {
  return { outcome: 'refused', code, message };
}

function clientOf({ body }: GatewayEnvelope): string | undefined {
  return 'client' in body ? body.client : undefined;
}
