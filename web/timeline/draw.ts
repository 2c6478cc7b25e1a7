/** Stub. */
import type { TimelineIndex } from './index-builder.ts';
import type { Layout } from './layout.ts';
import type { Palette } from './palette.ts';
import type { Pen } from './pen.ts';
import type { ViewState } from './view-state.ts';

/** Words that stand in the drawing, in the page's language. */
export interface SceneWords {
  readonly holders: string;
  readonly socket: string;
  readonly queue: string;
  readonly pnl: string;
  readonly ledger: string;
  readonly aggregator: string;
  readonly notRecorded: string;
}

/** All that one drawing depends on. */
export interface Scene {
  readonly index: TimelineIndex;
  readonly view: ViewState;
  readonly layout: Layout;
  readonly palette: Palette;
  readonly words: SceneWords;
  /** A name a lane, in the order of `index.lanes`. */
  readonly laneNames: readonly string[];
  /** Device pixels a CSS pixel. */
  readonly ratio: number;
  /** CSS font families: for words, and for figures (its digits must be of one width). */
  readonly fonts: { readonly text: string; readonly figures: string };
  /** What the pointer is on. */
  readonly hover: { readonly lane: number; readonly timeUs: number } | undefined;
  /**
   * Times of findings to mark on the ruler, such as checks' evidence; the overlaps mark themselves.
   */
  readonly marks: readonly number[];
}

/** Draws the whole timeline. */
export function drawTimeline(_pen: Pen, _scene: Scene): void {}
