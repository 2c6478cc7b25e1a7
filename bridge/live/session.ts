/**
 * A live run from opening its sockets to closing them: the core's run, its far end, the price feed.
 *
 * Invariant: whatever happens on the way, closing leaves no socket, timer or file behind.
 */
import {
  LiveRun,
  type Problem,
  type RealTimeEnd,
  type Result,
  RunEnd,
  type RunResult,
  type Scenario,
  type SegmentReader,
} from '../../sim/index.ts';
import { processClock, unixNowUs } from '../clock.ts';
import { EngineStore } from '../durable/engine-store.ts';
import { JournalError } from '../durable/journal.ts';
import type { Unreadable } from '../sockets/gateway-codec.ts';
import { type FeedCounts, TickFeed } from '../sockets/tick-feed.ts';
import type { Upstream } from '../sockets/upstream.ts';
import { BridgedEnd } from './bridged-end.ts';
import type { EndParts, FarEnd } from './far-end.ts';
import { ForeignEnd } from './foreign-end.ts';
import { OwnEnd } from './own-end.ts';

export interface SessionOptions {
  readonly scenario: Scenario;
  /** Somebody's own gateway; without one the reference gateway is started. */
  readonly upstream: Upstream | undefined;
  /** Whether the reference gateway is reached through a bridge, as a page reaches it. */
  readonly bridge?: boolean;
  /** Its prices, if it publishes any. */
  readonly ticks: Upstream | undefined;
  /** What the engine knows is kept here; for another's gateway, orders are sent only with it. */
  readonly stateDirectory: string | undefined;
  readonly readers: readonly SegmentReader[];
  /** Gives up opening at once. */
  readonly signal: AbortSignal;
}

/** What an earlier run had left. */
export interface Resumed {
  /** Names of symbols with an order whose outcome was open. */
  readonly openOrders: readonly string[];
  readonly executions: number;
  readonly realisedCents: number;
  /** Bytes of a last record that a crash had cut short. */
  readonly droppedBytes: number;
}

/** What a session came to. */
export interface SessionResult {
  readonly run: RunResult;
  readonly ticks: FeedCounts | undefined;
  readonly unreadable: Unreadable;
}

export class LiveSession {
  readonly #run: LiveRun;
  readonly #end: FarEnd;
  readonly #feed: TickFeed | undefined;
  readonly #setOrigin: () => void;
  /** Where requests go. */
  readonly address: string;
  readonly resumed: Resumed | undefined;

  private constructor(
    run: LiveRun,
    end: FarEnd,
    feed: TickFeed | undefined,
    setOrigin: () => void,
    address: string,
    resumed: Resumed | undefined,
  ) {
    this.#run = run;
    this.#end = end;
    this.#feed = feed;
    this.#setOrigin = setOrigin;
    this.address = address;
    this.resumed = resumed;
  }

  /** Opens everything; a problem says what is missing. */
  static async open(options: SessionOptions): Promise<Result<LiveSession, Problem>> {
    const { scenario, upstream, readers } = options;
    let end: FarEnd | undefined;
    const betweenTurns = (): void => end?.betweenTurns(run);
    const run = new LiveRun(scenario, { wall: processClock, readers, betweenTurns });
    let originUs = unixNowUs();
    const setOrigin = (): void => {
      originUs = unixNowUs();
    };
    const parts: EndParts = { ...pick(run), originUs: () => originUs };
    if (upstream === undefined && options.bridge === true) {
      const bridged = await BridgedEnd.open(scenario, parts);
      if (bridged.kind === 'error') return bridged;
      end = bridged.value;
      const { address } = bridged.value;
      return ok(new LiveSession(run, end, undefined, setOrigin, address, undefined));
    }
    if (upstream === undefined) {
      const own = await OwnEnd.open(scenario, parts);
      end = own;
      const { requests, ticks } = own.addresses;
      const feed = feedOf({ address: ticks, curve: undefined }, scenario);
      return ok(new LiveSession(run, own, feed, setOrigin, requests, undefined));
    }
    const opened = await openForeign({ ...options, upstream }, parts);
    if (opened.kind === 'error') return opened;
    end = opened.value.end;
    const { resumed } = opened.value;
    const feed = options.ticks && feedOf(options.ticks, scenario);
    return ok(new LiveSession(run, end, feed, setOrigin, upstream.address, resumed));
  }

  /** Names of the run's tasks by id; grows as they start. */
  get taskNames(): readonly string[] {
    return this.#run.taskNames;
  }

  /** How far the run is, 0 to 1. */
  progress(): number {
    return this.#run.progress();
  }

  /** Runs to the end, or until it is stopped; throws what ended it by mistake. */
  async run(): Promise<SessionResult> {
    const end = await new Promise<RealTimeEnd>((resolve) => {
      this.#setOrigin();
      const recollection = this.#end.recollection();
      this.#run.start({ sockets: this.#end, recollection }, resolve);
      this.#end.begun(this.#run);
    });
    if (end.kind === 'crashed') throw end.error;
    const whole = end.end === RunEnd.done || end.end === RunEnd.stuck;
    const lastWords = await this.#end.lastWords(whole);
    const run = this.#run.result(lastWords);
    return { run, ticks: this.#feed?.counts, unreadable: this.#end.unreadable };
  }

  /** Cuts the run short. */
  stop(): void {
    this.#run.stop();
  }

  /** Closes all sockets and files, after the run. */
  async close(): Promise<void> {
    this.#run.stop();
    this.#feed?.close();
    await this.#end.close();
  }
}

function pick({ kernel, recorder }: LiveRun): Pick<EndParts, 'kernel' | 'recorder'> {
  return { kernel, recorder };
}

function feedOf(upstream: Upstream, { symbols }: Scenario): TickFeed {
  return new TickFeed(
    upstream,
    symbols.map(({ name }) => name),
    () => {},
  );
}

async function openForeign(
  options: SessionOptions & { readonly upstream: Upstream },
  parts: EndParts,
): Promise<Result<{ readonly end: FarEnd; readonly resumed: Resumed | undefined }, Problem>> {
  const { scenario, upstream, stateDirectory, signal } = options;
  let store: EngineStore | undefined;
  try {
    store = stateDirectory === undefined ? undefined : await EngineStore.open(stateDirectory);
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    return { kind: 'error', error: { code: 'state-unusable', message: error.message } };
  }
  const resumed = store && resumedFrom(store);
  const stranger = resumed?.openOrders.find(
    (name) => !scenario.symbols.some((symbol) => symbol.name === name),
  );
  if (stranger !== undefined) {
    await store?.close();
    const message =
      `expected ${stranger} among the symbols: an order of it was on its way when the last run ended, ` +
      'and its outcome is asked for before any other order';
    return { kind: 'error', error: { code: 'open-order', message } };
  }
  const end = await ForeignEnd.open({ scenario, upstream, store, signal }, parts);
  if (end.kind === 'ok') return ok({ end: end.value, resumed });
  await store?.close();
  return end;
}

function resumedFrom({ stored, droppedBytes }: EngineStore): Resumed | undefined {
  if (stored === undefined) return undefined;
  const desks = Object.entries(stored.desks);
  return {
    openOrders: desks.filter(([, desk]) => desk.open !== null).map(([name]) => name),
    executions: desks.reduce((sum, [, desk]) => sum + desk.executions, 0),
    realisedCents: desks.reduce((sum, [, desk]) => sum + desk.realisedCents, 0),
    droppedBytes,
  };
}

function ok<T>(value: T): { readonly kind: 'ok'; readonly value: T } {
  return { kind: 'ok', value };
}
