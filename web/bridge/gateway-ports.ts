/**
 * The ports by which live runs reach the gateway: their requests go into the one connection, and
 * each outcome comes back to the port that asked.
 *
 * Invariants: a port outlives a cut, and hears `lost` after the outcomes of what was under way, and
 * `found` when requests go again; what comes back in one turn goes in one message. Known limit: the
 * page has one price feed, so the port that subscribed last has it.
 */
import { DEADLINE_MS_MAX, type Outcome, READ_OPS, TRADE_OPS } from '../../bridge/protocol.ts';
import type { TickBody } from '../../bridge/protocol.ts';
import type { FromGateway, ToGateway } from './contract.ts';
import type { LinkDoor, PortEnd } from './link-door.ts';
import { NOT_CONNECTED, type WireRequest } from './wire.ts';

export type GatewayPort = PortEnd<ToGateway, FromGateway>;

/** The connection, while there is one that requests may go by. */
export interface Carrier {
  ask(request: WireRequest): void;
  grant(credits: number): void;
}

const OPS: readonly string[] = [...READ_OPS, ...TRADE_OPS, 'RESOLVE', 'SUBSCRIBE'];

type Asked = ToGateway[number];

export class GatewayPorts {
  readonly #door: LinkDoor;
  readonly #carrier: () => Carrier | undefined;
  readonly #ports = new Set<Outbox>();
  #subscriber: Outbox | undefined = undefined;

  constructor(door: LinkDoor, carrier: () => Carrier | undefined) {
    this.#door = door;
    this.#carrier = carrier;
  }

  add(port: GatewayPort): void {
    const outbox = new Outbox(this.#door, port);
    this.#ports.add(outbox);
    port.listen((requests) => {
      for (const request of requests) this.#take(outbox, request);
    });
  }

  /** The connection is gone, and every outcome has been told. */
  lost(): void {
    for (const outbox of this.#ports) outbox.put({ kind: 'lost' });
    this.#subscriber = undefined;
  }

  /** Requests go again. */
  found(): void {
    for (const outbox of this.#ports) outbox.put({ kind: 'found' });
  }

  tick(tick: TickBody): void {
    this.#subscriber?.put({ kind: 'tick', tick });
  }

  #take(outbox: Outbox, { id, op, body, deadlineMs }: Asked): void {
    const carrier = this.#carrier();
    if (op === 'CREDIT') {
      const { credits } = body;
      if (outbox === this.#subscriber && typeof credits === 'number') carrier?.grant(credits);
      return;
    }
    const onOutcome = (outcome: Outcome): void => {
      if (op === 'SUBSCRIBE' && outcome.outcome === 'done') this.#subscriber = outbox;
      outbox.put({ kind: 'outcome', id, outcome });
    };
    if (!OPS.includes(op)) return onOutcome(notForPorts(op));
    if (carrier === undefined) return onOutcome(NOT_CONNECTED);
    const inTime = Math.min(DEADLINE_MS_MAX, Math.max(1, Math.ceil(deadlineMs)));
    carrier.ask({ op, body, deadlineMs: inTime, onOutcome });
  }
}

function notForPorts(op: string): Outcome {
  const message = `expected an operation for the gateway, got ${op}`;
  return { outcome: 'refused', code: 'not-for-ports', message };
}

/** What goes back to one port, a turn at a time. */
class Outbox {
  readonly #door: LinkDoor;
  readonly #port: GatewayPort;
  #news: FromGateway[number][] = [];

  constructor(door: LinkDoor, port: GatewayPort) {
    this.#door = door;
    this.#port = port;
  }

  put(news: FromGateway[number]): void {
    this.#news.push(news);
    if (this.#news.length > 1) return;
    this.#door.atEndOfTurn(() => {
      const all = this.#news;
      this.#news = [];
      this.#port.send(all);
    });
  }
}
