/**
 * A ROUTER socket that stands in for REP where messages are to be dropped, doubled or delayed.
 *
 * To a REQ socket the two are the same. Behind it stand the simulated network and REP, each peer a
 * link of its own: latency and faults of the messages are therefore the simulation's own code,
 * drawn from the same streams. Known limits: a peer that is gone is noticed only when a thousand
 * newer ones have come; a reply that is dropped on purpose is dropped here, not on the wire.
 */
import { Router } from 'zeromq';
import {
  type GatewayReply,
  type GatewayRequest,
  type LinkClient,
  Network,
  REP_DEFAULTS,
  RepSocket,
  type Scenario,
} from '../../sim/index.ts';
import { isIpv6, listen } from '../sockets/listen.ts';
import { answerText, take, type Taken } from './answer.ts';
import type { Front, FrontParts } from './front.ts';

type Link = ReturnType<Network<GatewayRequest, GatewayReply>['connect']>;

const PEERS_MAX = 1_024;
/** Requests of one peer whose reply may still come, or come again: a DEALER has many under way. */
const REQUESTS_KEPT = 512;

/** One peer: what it has asked, and where answers to it go. */
class Peer implements LinkClient<GatewayReply> {
  readonly #answer: (taken: Taken, envelope: readonly Buffer[], reply: GatewayReply) => void;
  readonly #asked = new Map<number, { taken: Taken; envelope: readonly Buffer[] }>();
  #lastId = 0;

  constructor(answer: (taken: Taken, envelope: readonly Buffer[], reply: GatewayReply) => void) {
    this.#answer = answer;
  }

  note(taken: Taken, envelope: readonly Buffer[]): number {
    this.#lastId += 1;
    this.#asked.set(this.#lastId, { taken, envelope });
    this.#asked.delete(this.#lastId - REQUESTS_KEPT);
    return this.#lastId;
  }

  arrived(id: number, reply: GatewayReply): void {
    const asked = this.#asked.get(id);
    if (asked !== undefined) this.#answer(asked.taken, asked.envelope, reply);
  }

  writable(): void {
    // A peer is asked nothing, so nothing waits for room.
  }
}

export class RouterFront implements Front {
  readonly socket: RepSocket<GatewayRequest, GatewayReply>;
  readonly #parts: FrontParts;
  readonly #network: Network<GatewayRequest, GatewayReply>;
  readonly #peers = new Map<string, { peer: Peer; link: Link }>();
  /** What is to be sent, in order; each resolves when it has left. */
  #sending: Promise<void> = Promise.resolve();
  #router: Router | undefined = undefined;
  #address = '';

  constructor(parts: FrontParts, scenario: Scenario) {
    const { seed, symbols, endpoint } = scenario;
    const symbolNames = symbols.map(({ name }) => name);
    const { latencyUs, faults } = endpoint;
    this.#parts = parts;
    this.#network = new Network(parts.kernel, parts.recorder, {
      ...{ seed, symbolNames, latencyUs, faults },
    });
    this.socket = new RepSocket(parts.kernel, parts.recorder, this.#network, REP_DEFAULTS);
    this.socket.bind();
  }

  async open(address: string): Promise<string> {
    const router = new Router({ linger: 0, ipv6: isIpv6(address) });
    this.#router = router;
    this.#address = await listen(router, address);
    void this.#listen(router);
    return this.#address;
  }

  crash(): void {
    this.socket.crash();
    for (const { link } of this.#peers.values()) link.close();
    this.#peers.clear();
    this.close();
  }

  restart(): void {
    this.socket.restart();
    this.open(this.#address).catch((error: unknown) => this.#parts.kernel.fail(error));
  }

  close(): void {
    const router = this.#router;
    this.#router = undefined;
    router?.close();
  }

  async #listen(router: Router): Promise<void> {
    try {
      for await (const frames of router) {
        this.#parts.kernel.outside(() => {
          // What a socket had received and not yet handed over dies with it.
          if (router === this.#router) this.#take(frames);
        });
      }
    } catch (error) {
      // A socket that was given up, dead or closed, has nobody to listen to.
      if (router === this.#router) this.#parts.kernel.fail(error);
    }
  }

  #take(frames: readonly Buffer[]): void {
    const [identity = Buffer.alloc(0)] = frames;
    const envelope = frames.slice(0, -1);
    const taken = take(frames.at(-1) ?? Buffer.alloc(0), this.#parts);
    if (typeof taken === 'string') {
      this.#put([...envelope, taken]);
      return;
    }
    const { peer, link } = this.#peerOf(identity.toString('hex'));
    link.send(peer.note(taken, envelope), taken.request);
  }

  #peerOf(identity: string): { peer: Peer; link: Link } {
    const known = this.#peers.get(identity);
    if (known !== undefined) return known;
    for (const [oldest, { link }] of this.#peers) {
      if (this.#peers.size < PEERS_MAX) break;
      link.close();
      this.#peers.delete(oldest);
    }
    const peer = new Peer((taken, envelope, reply) =>
      this.#put([...envelope, answerText(reply, taken, this.#parts)]),
    );
    const link = this.#network.connect(peer, { immediate: false, lingerUs: 0 });
    const fresh = { peer, link };
    this.#peers.set(identity, fresh);
    return fresh;
  }

  /** Sends frames after all before them; those for a peer that has gone are dropped by ZeroMQ. */
  #put(frames: readonly (Buffer | string)[]): void {
    const router = this.#router;
    this.#sending = this.#sending.then(async () => {
      await this.#parts.recorded();
      if (router === undefined || router.closed) return;
      try {
        await router.send([...frames]);
      } catch (error) {
        if (router === this.#router) this.#parts.kernel.fail(error);
      }
    });
  }
}
