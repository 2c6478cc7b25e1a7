/** What the benchmarks' page can be asked to do, by name, and what it answers with. */

/** Milliseconds from frame to frame, sorted, and how long the picture took to draw. */
export interface FrameTimes {
  readonly intervalsMs: readonly number[];
}

export interface IndexTime {
  readonly ms: number;
  readonly holds: number;
}

/** What came from a worker, and how long that took. */
export interface Flow {
  readonly events: number;
  readonly ticks: number;
  readonly ms: number;
}

/** Exchanges of one worker, and how long they took. */
export interface Exchanges {
  readonly count: number;
  readonly ms: number;
  readonly p50Us: number;
}

/** How events come to the page: as it gets them, or as a peer would send them. */
export type Channel = 'transferred' | 'callback' | 'cloned';

/** What to run in real time, in workers: a scenario of the gallery. */
export interface LiveWork {
  readonly name: string;
  readonly lockAt: 'worker' | 'browser';
  /** So many symbols in place of its own, alike, with that pause between signals. */
  readonly symbols?: {
    readonly count: number;
    readonly intervalUs: number;
    readonly signals: number;
  };
  /** When to stop it, in milliseconds. */
  readonly stopMs?: number;
}

/** What a live run came to. */
export interface LiveOutcome {
  readonly verdict: string;
  readonly violated: readonly string[];
  readonly elapsedUs: number;
  /** Events that reached the page. */
  readonly events: number;
  readonly standings: number;
  /** From the start to all workers standing, and from there to the end, in milliseconds. */
  readonly openedMs: number;
  readonly tookMs: number;
  readonly clockErrorUs: number;
  /** The median pause between two signals, by symbol, in microseconds. */
  readonly mediansUs: readonly number[];
  readonly lost: number;
}

/** Times a second that a lock changes hands between two workers. */
export interface HandOffs {
  readonly ours: number;
  /** `navigator.locks`. */
  readonly browser: number;
  /** Round trips of a bare message between two workers, and no lock. */
  readonly raw: number;
}

/** The page's global `bench`. */
export interface BenchPage {
  /** Shows the page's own timeline and inspector over a million holds. */
  stage(): Promise<void>;
  /** Pans and zooms the timeline that is on the stage. */
  journey(): Promise<FrameTimes>;
  /** The same holds, each drawn by itself in every frame. */
  naive(): Promise<FrameTimes>;
  /** Builds the index of a million holds. */
  index(): Promise<IndexTime>;
  /** From each click on the timeline to the paint with its details, in milliseconds. */
  latencies(): readonly number[];
  /** Runs the engine's worker alone: what it sends is counted and let go. */
  engine(): Promise<Flow>;
  /** Runs a scenario in real time, in workers of the product's own. */
  live(work: LiveWork): Promise<LiveOutcome>;
  /** Lets two workers want one lock all the time, by each kind of lock. */
  handOffs(): Promise<HandOffs>;
  /** Takes the trace off the stage. */
  clear(): void;
  /** Pairs with the bridge that serves the page and has a worker ask its gateway. */
  bridge(code: string, underWay: number): Promise<Exchanges>;
  /** Has a worker say something to a WebSocket that says it back, one after the other. */
  echo(url: string): Promise<Exchanges>;
  /** Streams a run to the page, which indexes and draws it where it comes by our own channel. */
  stream(channel: Channel): Promise<Flow>;
}
