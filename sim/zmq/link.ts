/**
 * One connection between a REQ socket and the REP, from connecting to the last message after
 * closing.
 *
 * Invariants: a reply reaches the socket that asked or nobody; what is queued for an absent peer
 * waits for it, in order, up to the high-water mark; a broken connection loses what was under way
 * or unread at the peer, never what still waits at this end. Known limits: connecting takes no time
 * while the peer is up, and the buffers of the operating system count as part of the queues.
 */
import type { Driver } from '../kernel/task.ts';
import type { Message } from './contract.ts';
import type { Faults } from './faults.ts';
import { type Envelope, Lane } from './lane.ts';
import { HIGH_WATER_MARK } from './req-turn.ts';

/** ZMQ_RECONNECT_IVL: how long a client waits between two attempts to connect. */
export const RECONNECT_US = 100_000;

/** The socket at the asking end. */
export interface LinkClient<Rep extends Message> {
  /** A reply to the request `id` has arrived. */
  arrived(id: number, reply: Rep): void;
  /** There is room again, or a peer. */
  writable(): void;
}

/** The socket at the answering end. */
export interface LinkServer<Req extends Message, Rep extends Message> {
  readonly up: boolean;
  accept(link: Link<Req, Rep>, id: number, request: Req): void;
}

export interface LinkOptions {
  readonly immediate: boolean;
  readonly lingerUs: number;
}

export class Link<Req extends Message, Rep extends Message> {
  readonly #driver: Driver;
  readonly #server: LinkServer<Req, Rep>;
  readonly #client: LinkClient<Rep>;
  readonly #options: LinkOptions;
  /** Undefined where messages take no time and no fault befalls them. */
  readonly #requests: Lane<Req> | undefined;
  readonly #replies: Lane<Rep> | undefined;
  /** Sent, but not yet on the wire. */
  readonly #outbox: Envelope<Req>[] = [];
  /** Arrived, but not yet received by the REP. */
  readonly #unread: Envelope<Req>[] = [];
  /** On the wire or unread. */
  #unserved = 0;
  #open = true;
  #connected: boolean;
  /** When this end began to look for its peer. */
  #absentSinceUs: number;
  #cancelReconnect: (() => void) | undefined = undefined;

  constructor(
    driver: Driver,
    faults: Faults,
    server: LinkServer<Req, Rep>,
    client: LinkClient<Rep>,
    options: LinkOptions,
  ) {
    this.#driver = driver;
    this.#server = server;
    this.#client = client;
    this.#options = options;
    this.#connected = server.up;
    this.#absentSinceUs = driver.nowUs;
    if (faults.none) return;
    this.#requests = new Lane(driver, faults, 'request', (id, request) =>
      server.accept(this, id, request),
    );
    this.#replies = new Lane(driver, faults, 'reply', (id, reply) => client.arrived(id, reply));
  }

  /** Whether `send` has room. With IMMEDIATE there is none without a peer. */
  get writable(): boolean {
    if (!this.#connected && this.#options.immediate) return false;
    return this.#outbox.length < HIGH_WATER_MARK;
  }

  /** Whether nothing is left to do for this link. */
  get finished(): boolean {
    const underWay = this.#requests === undefined ? 0 : this.#requests.size;
    return !this.#open && this.#outbox.length === 0 && underWay === 0;
  }

  /** How many requests the REP has not received yet. */
  get unread(): number {
    return this.#unread.length;
  }

  send(id: number, request: Req): void {
    if (this.#connected && this.#unserved < HIGH_WATER_MARK) this.#launch(id, request);
    else this.#outbox.push({ id, message: request });
  }

  /** The REP keeps a request until it receives it. */
  keep(id: number, request: Req): void {
    this.#unread.push({ id, message: request });
  }

  /** The REP receives the oldest request that it has kept. */
  takeUnread(): Envelope<Req> | undefined {
    const oldest = this.#unread.shift();
    if (oldest !== undefined) this.served();
    return oldest;
  }

  /** The REP has received a request: there is room for another one. */
  served(): void {
    this.#unserved -= 1;
    if (this.#outbox.length > 0) this.#pump();
  }

  /** The REP answers the request `id`. Nothing happens if the asking socket is gone. */
  reply(id: number, reply: Rep): void {
    if (!this.#open || !this.#connected) return;
    if (this.#replies === undefined) this.#client.arrived(id, reply);
    else this.#replies.put(id, reply);
  }

  /** The asking socket is closed. What it has not sent yet gets LINGER to be sent. */
  close(): void {
    this.#open = false;
    this.#replies?.clear();
    if (this.#outbox.length === 0) return;
    if (this.#options.lingerUs === 0) this.#outbox.length = 0;
    else if (this.#options.lingerUs !== Infinity) {
      this.#driver.after(this.#options.lingerUs, () => {
        this.#outbox.length = 0;
      });
    }
  }

  /** The peer is gone. */
  broke(): void {
    this.#connected = false;
    this.#absentSinceUs = this.#driver.nowUs;
    this.#unserved = 0;
    this.#unread.length = 0;
    this.#requests?.clear();
    this.#replies?.clear();
    this.#cancelReconnect?.();
    this.#cancelReconnect = undefined;
  }

  /** The peer is there: this end finds it with its next attempt to connect. */
  peerUp(): void {
    const overdueUs = (this.#driver.nowUs - this.#absentSinceUs) % RECONNECT_US;
    if (overdueUs === 0) this.#connect();
    else {
      const us = RECONNECT_US - overdueUs;
      this.#cancelReconnect = this.#driver.after(us, () => this.#connect());
    }
  }

  #connect(): void {
    this.#connected = true;
    this.#cancelReconnect = undefined;
    this.#pump();
  }

  #pump(): void {
    while (this.#connected && this.#unserved < HIGH_WATER_MARK) {
      const next = this.#outbox.shift();
      if (next === undefined) break;
      this.#launch(next.id, next.message);
    }
    if (this.#open) this.#client.writable();
  }

  #launch(id: number, request: Req): void {
    this.#unserved += 1;
    if (this.#requests === undefined) {
      this.#server.accept(this, id, request);
      return;
    }
    const copies = this.#requests.put(id, request);
    this.#unserved += copies - 1;
  }
}
