/**
 * The network between any number of REQ sockets and one REP.
 *
 * Invariant: it changes no message; it decides when, how often and whether one arrives. All links
 * break when the REP dies, and find it again by themselves.
 */
import { assert } from '../base/assert.ts';
import type { Driver } from '../kernel/task.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { Message } from './contract.ts';
import { Faults, type PathOptions } from './faults.ts';
import { Link, type LinkClient, type LinkOptions, type LinkServer } from './link.ts';

export class Network<Req extends Message, Rep extends Message> {
  readonly #driver: Driver;
  readonly #faults: Faults;
  #links: Link<Req, Rep>[] = [];
  #server: LinkServer<Req, Rep> | undefined = undefined;

  constructor(driver: Driver, recorder: Recorder, options: PathOptions) {
    this.#driver = driver;
    this.#faults = new Faults(recorder, options);
  }

  /** How many links may still have something to do. */
  get size(): number {
    return this.#links.length;
  }

  /** Sets the one REP that all clients talk to. */
  attach(server: LinkServer<Req, Rep>): void {
    assert(this.#server === undefined, 'expected one REP a network');
    this.#server = server;
  }

  /** A client's new connection; while the REP is down it waits for it. */
  connect(client: LinkClient<Rep>, options: LinkOptions): Link<Req, Rep> {
    const server = this.#server;
    assert(server !== undefined, 'expected a REP before its first client');
    this.#links = this.#links.filter((link) => !link.finished);
    const link = new Link(this.#driver, this.#faults, server, client, options);
    this.#links.push(link);
    return link;
  }

  /** The REP has died. */
  serverDown(): void {
    for (const link of this.#links) link.broke();
  }

  /** The REP has come up. */
  serverUp(): void {
    for (const link of this.#links) link.peerUp();
  }
}
