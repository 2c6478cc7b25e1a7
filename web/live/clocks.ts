/**
 * The clocks of a live run: each worker's own, and how far it stands from the conductor's.
 *
 * A worker's clock counts from an instant that the browser reads anew for each of them, and moves
 * in steps, so two of them are compared by questions and answers. Invariant: the error that is
 * stated bounds the true one: half of the shortest round trip, in which the answer fell somewhere,
 * and one step of a clock. Known limit: clocks that drift apart while a run lasts are not seen;
 * those of one machine share their oscillator.
 */

/** Half a round trip and the step of the clock bound how wrong an offset may be. */
export interface Offset {
  /** What the other clock shows more than one's own, in microseconds. */
  readonly us: number;
  readonly errorUs: number;
}

/** One question and its answer, in microseconds: asked and heard by one clock, told by another. */
export interface Exchange {
  readonly askedUs: number;
  readonly toldUs: number;
  readonly heardUs: number;
}

/** The offset that the shortest exchange shows; `stepUs` is the coarser clock's step. */
export function offsetOf(exchanges: readonly Exchange[], stepUs: number): Offset {
  let best: Offset = { us: 0, errorUs: Infinity };
  for (const { askedUs, toldUs, heardUs } of exchanges) {
    const errorUs = (heardUs - askedUs) / 2 + stepUs;
    if (errorUs < best.errorUs) best = { us: toldUs - (askedUs + heardUs) / 2, errorUs };
  }
  return best;
}

/** How far two clocks may stand apart at most, each known with its own error. */
export function spreadOf(offsets: readonly Offset[]): number {
  const [first = 0, second = 0] = offsets.map(({ errorUs }) => errorUs).sort((x, y) => y - x);
  return Math.ceil(first + second);
}

const US_PER_MS = 1_000;
const STEPS_SEEN = 5;
const LOOKS_MAX = 200_000;

const ORIGIN_MS = performance.timeOrigin;

/** This thread's clock in microseconds: since 1970, as far as anybody set it right. */
export function localUs(): number {
  return (ORIGIN_MS + performance.now()) * US_PER_MS;
}

/** The smallest step that this thread's clock was seen to make, in microseconds. */
export function stepOfClock(nowUs: () => number = localUs): number {
  let stepUs = Infinity;
  let lastUs = nowUs();
  for (let looks = 0, steps = 0; looks < LOOKS_MAX && steps < STEPS_SEEN; looks++) {
    const presentUs = nowUs();
    if (presentUs === lastUs) continue;
    stepUs = Math.min(stepUs, presentUs - lastUs);
    lastUs = presentUs;
    steps += 1;
  }
  return stepUs === Infinity ? US_PER_MS : stepUs;
}
