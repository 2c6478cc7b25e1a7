/**
 * The scheduler's oracle: every choice of a run passes through it, so a strategy is one small
 * object.
 *
 * The kernel lists what could happen next, in the order in which a FIFO event loop would do it; 0
 * is therefore always the default. Random, PCT, exhaustive and replaying strategies implement the
 * same two methods and never see the engine.
 */

/** One thing that could happen next. */
export interface Option {
  /** Task id, or NONE for a delivery. Identifies the same task throughout a run. */
  readonly task: number;
  /** Who it is among tasks and deliveries: a task's id, or FIRST_DELIVERY and more. */
  readonly process: number;
  readonly dueUs: number;
}

/** What `chooseNext` returns to end the run here, as cancelled; only in abstract time. */
export const STOP = -1;

export interface Oracle {
  /**
   * Picks what happens next: an index into `options`, of which there are at least two. The array is
   * used again: copy what you keep.
   */
  chooseNext(options: readonly Option[]): number;
  /**
   * Picks one of `count` >= 2 other possibilities: a delivery order, a fault. `about` is what it is
   * about, a FaultKind, or below 0.
   */
  choose(count: number, about: number): number;
}

/** What a FIFO event loop does: the first that became ready, the first delivery, no extra fault. */
export const fifoOracle: Oracle = {
  chooseNext: () => 0,
  choose: () => 0,
};
