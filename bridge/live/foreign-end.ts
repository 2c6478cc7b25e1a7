/**
 * Somebody's own gateway at the other end, with orders or without.
 *
 * Invariants: without permission no order leaves, whoever asks; with it, none leaves before what
 * the engine then knows is on disk, so that after a kill its outcome is asked for. Its executions
 * are stamped as they are heard, and the account's balance at the end is the gateway's word on the
 * ledger. Known limit: that word is about the whole account, so nobody else may trade on it
 * meanwhile.
 */
import { randomInt } from 'node:crypto';
import {
  assert,
  Directory,
  EventKind,
  type GatewayRequest,
  type LiveRun,
  NONE,
  type Problem,
  type Recollection,
  type Result,
  type Scenario,
  type SocketOptions,
  WireFills,
} from '../../sim/index.ts';
import { type EngineStore, memoryOf } from '../durable/engine-store.ts';
import { GatewayCodec } from '../sockets/gateway-codec.ts';
import { type EngineSocket, ReqEndpoint } from '../sockets/req-endpoint.ts';
import type { Upstream } from '../sockets/upstream.ts';
import type { EndParts, FarEnd } from './far-end.ts';
import { query, type QueryOptions } from './query.ts';

export interface ForeignOptions {
  readonly scenario: Scenario;
  readonly upstream: Upstream;
  /** Where the engine's knowledge is kept; orders may be sent if and only if there is one. */
  readonly store: EngineStore | undefined;
  readonly signal: AbortSignal;
}

const ATTEMPTS = 3;
const TIMEOUT_MS = 2_000;
const SEED_MAX = 2 ** 48 - 1;

export class ForeignEnd implements FarEnd {
  readonly #parts: EndParts;
  readonly #options: ForeignOptions;
  readonly #codec: GatewayCodec;
  readonly #fills: WireFills;
  readonly #uuidSeed: number;
  readonly #symbolNames: readonly string[];
  readonly #baselineCents: number;
  /** What earlier runs had realised by the time this one began. */
  #earlierCents = 0;
  #run: LiveRun | undefined = undefined;
  readonly #sockets: EngineSocket[] = [];

  private constructor(
    parts: EndParts,
    options: ForeignOptions,
    codec: GatewayCodec,
    uuidSeed: number,
    balanceCents: number,
  ) {
    const stored = options.store?.stored;
    this.#parts = parts;
    this.#options = options;
    this.#codec = codec;
    this.#uuidSeed = uuidSeed;
    this.#symbolNames = options.scenario.symbols.map(({ name }) => name);
    this.#baselineCents = stored?.baselineCents ?? balanceCents;
    this.#fills = new WireFills(parts.recorder);
  }

  /** Asks whether the gateway is there, and what the account holds; a problem if it is not. */
  static async open(
    options: ForeignOptions,
    parts: EndParts,
  ): Promise<Result<ForeignEnd, Problem>> {
    const { scenario, upstream, store } = options;
    const uuidSeed = store?.stored?.uuidSeed ?? randomInt(SEED_MAX);
    const directory = new Directory(
      uuidSeed,
      scenario.symbols.map(({ name }) => name),
    );
    const codec = new GatewayCodec(directory, parts.originUs);
    const action = store === undefined ? 'PING' : 'SYNC_ALL';
    const { signal } = options;
    const asking = { upstream, codec, signal, attempts: ATTEMPTS, timeoutMs: TIMEOUT_MS };
    const reply = await query(action, asking);
    if (reply === undefined) {
      const why = codec.unreadable.first;
      const how = why === undefined ? 'no answer' : `an answer that cannot be read: ${why}`;
      const message = `expected a gateway that answers ${action} at ${upstream.address}, got ${how}`;
      return { kind: 'error', error: { code: 'unavailable', message } };
    }
    const balance = reply.kind === 'sync' ? reply.account.balance : 0;
    return { kind: 'ok', value: new ForeignEnd(parts, options, codec, uuidSeed, balance) };
  }

  get unreadable(): GatewayCodec['unreadable'] {
    return this.#codec.unreadable;
  }

  createSocket(object: number, options: SocketOptions): EngineSocket {
    const { kernel, recorder } = this.#parts;
    const { address, curve } = this.#options.upstream;
    const socket = new ReqEndpoint({
      ...{ kernel, recorder, address, curve, options, object, codec: this.#codec },
      beforeSend: (request) => this.#beforeSend(request),
      onReply: (task, reply) => this.#fills.onReply(task.id, reply),
    });
    this.#sockets.push(socket);
    return socket;
  }

  recollection(): Recollection | undefined {
    const { store } = this.#options;
    const originUs = this.#parts.originUs();
    const baselineCents = this.#baselineCents;
    store?.begin({ uuidSeed: this.#uuidSeed, baselineCents, originUs }, this.#symbolNames);
    const stored = store?.stored;
    if (stored === undefined) return undefined;
    const memory = memoryOf(stored, this.#symbolNames);
    for (const { realisedCents } of Object.values(stored.desks)) {
      this.#earlierCents += realisedCents;
    }
    memory.desks.forEach(({ open }, symbol) => {
      if (open !== undefined) this.#fills.expect(open.order, symbol);
    });
    return { memory, shiftUs: stored.originUs - originUs };
  }

  begun(run: LiveRun): void {
    this.#run = run;
  }

  betweenTurns(run: LiveRun): void {
    void this.#save(run);
  }

  async lastWords(whole: boolean): Promise<() => void> {
    const { store } = this.#options;
    // A run that was cut short has orders under way, of which the books would say too much.
    if (store === undefined || !whole) return () => {};
    const reply = await query('SYNC_ALL', this.#asking());
    if (reply?.kind !== 'sync') return () => {};
    const realised = reply.account.balance - this.#baselineCents - this.#earlierCents;
    return () => {
      this.#fills.onReply(NONE, reply);
      // An order whose outcome is open is in the books or not: then they say nothing.
      if (this.#run?.memory?.desks.some(({ open }) => open !== undefined) === true) return;
      this.#parts.recorder.stamp(EventKind.books, NONE, NONE, NONE, 0, 0, realised);
    };
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.dispose();
    const { store } = this.#options;
    const memory = this.#run?.memory;
    try {
      if (memory !== undefined) await store?.save(memory);
    } finally {
      await store?.close();
    }
  }

  #asking(): QueryOptions {
    const { upstream, signal } = this.#options;
    const codec = this.#codec;
    return { upstream, codec, signal, attempts: ATTEMPTS, timeoutMs: TIMEOUT_MS };
  }

  #beforeSend(request: GatewayRequest): Promise<void> | undefined {
    const isOrder = request.action === 'OPEN' || request.action === 'CLOSE';
    if (!isOrder) return undefined;
    const { store } = this.#options;
    assert(store !== undefined, 'expected no order without permission');
    const memory = this.#run?.memory;
    assert(memory !== undefined, 'expected an engine that has started');
    this.#fills.onRequest(request);
    return store.save(memory);
  }

  /** Keeps what the engine knows now; if that fails the run must not go on. */
  async #save(run: LiveRun): Promise<void> {
    const { store } = this.#options;
    const { memory } = run;
    if (store === undefined || memory === undefined) return;
    try {
      await store.save(memory);
    } catch (error) {
      this.#parts.kernel.fail(error);
    }
  }
}
