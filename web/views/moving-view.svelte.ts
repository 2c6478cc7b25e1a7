/**
 * Where the timeline looks, and where it is on its way there: at once, or for an eye to follow.
 *
 * Known limit: a move that begins on the way of another starts from what is seen then.
 */
import {
  newView,
  rangeOnTheWay,
  type TimeRange,
  type ViewState,
  ZOOM_MS,
} from '../timeline/index.ts';

const NOTHING: TimeRange = { startUs: 0, endUs: 1 };

export class MovingView {
  /** Where the view is, or is going. */
  view: ViewState = $state.raw(newView(NOTHING));
  /** What is on the screen on the way. */
  range: TimeRange = $state.raw(NOTHING);
  readonly seen: ViewState = $derived({ ...this.view, range: this.range });
  readonly #stillness = matchMedia('(prefers-reduced-motion: reduce)');
  #frame = 0;

  look(next: ViewState, isGradual = false): void {
    const from = this.range;
    this.view = next;
    this.stop();
    const isThere = from.startUs === next.range.startUs && from.endUs === next.range.endUs;
    if (!isGradual || isThere || this.#stillness.matches) {
      this.range = next.range;
      return;
    }
    const startMs = performance.now();
    const go = (nowMs: number): void => {
      this.range = rangeOnTheWay(from, this.view.range, nowMs - startMs);
      if (nowMs - startMs < ZOOM_MS) this.#frame = requestAnimationFrame(go);
    };
    this.#frame = requestAnimationFrame(go);
  }

  /** Stays where it is on its way. */
  stop(): void {
    cancelAnimationFrame(this.#frame);
  }
}
