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

/** How events come to the page: as it gets them, or as a peer would send them. */
export type Channel = 'transferred' | 'callback' | 'cloned';

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
  /** Takes the trace off the stage. */
  clear(): void;
  /** Streams a run to the page, which indexes and draws it where it comes by our own channel. */
  stream(channel: Channel): Promise<Flow>;
}
