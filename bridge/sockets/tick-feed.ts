/**
 * A SUB socket that listens to a gateway's prices and counts what it missed.
 *
 * Invariant: a tick that cannot be read is counted and left out, never guessed. What was published
 * before the subscription arrived is not missed: a subscriber joins late, as PUB and SUB have it.
 */
import { Subscriber } from 'zeromq';
import { isIpv6 } from './listen.ts';
import type { Upstream } from './upstream.ts';

/** A price; bid and ask as the decimal text of the JSON number. */
export interface Tick {
  readonly symbol: string;
  readonly bid: string;
  readonly ask: string;
  /** Milliseconds since 1970, UTC, by the gateway's clock. */
  readonly timeMs: number;
}

/** What became of the ticks of one feed. */
export interface FeedCounts {
  received: number;
  /** Gaps in the numbers of a symbol's ticks, added up. */
  missed: number;
  unreadable: number;
}

export class TickFeed {
  readonly #socket: Subscriber;
  readonly #wanted: ReadonlySet<string>;
  readonly #take: (tick: Tick) => void;
  readonly #lastSeq = new Map<string, number>();
  readonly counts: FeedCounts = { received: 0, missed: 0, unreadable: 0 };

  /** Connects to `upstream` and gives the ticks of `symbols` to `take`. */
  constructor(upstream: Upstream, symbols: readonly string[], take: (tick: Tick) => void) {
    const { address, curve } = upstream;
    this.#socket = new Subscriber({ linger: 0, ipv6: isIpv6(address), ...curve });
    this.#wanted = new Set(symbols);
    this.#take = take;
    this.#socket.connect(address);
    this.#socket.subscribe(...symbols);
    void this.#listen();
  }

  close(): void {
    this.#socket.close();
  }

  async #listen(): Promise<void> {
    try {
      for await (const frames of this.#socket) this.#read(frames);
    } catch (error) {
      if (!this.#socket.closed) throw error;
    }
  }

  #read(frames: readonly Buffer[]): void {
    const [topic, body] = frames;
    // A subscription is a prefix: names that only begin alike come too.
    if (topic === undefined || !this.#wanted.has(topic.toString('utf8'))) return;
    const read = body === undefined ? undefined : readTick(body.toString('utf8'));
    if (read === undefined || read.tick.symbol !== topic.toString('utf8')) {
      this.counts.unreadable += 1;
      return;
    }
    const { tick, seq } = read;
    const last = this.#lastSeq.get(tick.symbol);
    // A number that goes back is a gateway that began anew.
    if (last !== undefined && seq > last) this.counts.missed += seq - last - 1;
    this.#lastSeq.set(tick.symbol, seq);
    this.counts.received += 1;
    this.#take(tick);
  }
}

function readTick(text: string): { tick: Tick; seq: number } | undefined {
  let fields: unknown;
  try {
    fields = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof fields !== 'object' || fields === null) return undefined;
  const { symbol, bid, ask, time, seq } = fields as Record<string, unknown>;
  if (typeof symbol !== 'string' || !isAmount(bid) || !isAmount(ask)) return undefined;
  if (typeof time !== 'number' || typeof seq !== 'number') return undefined;
  if (!Number.isSafeInteger(time) || !Number.isSafeInteger(seq)) return undefined;
  return { tick: { symbol, bid: String(bid), ask: String(ask), timeMs: time }, seq };
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
