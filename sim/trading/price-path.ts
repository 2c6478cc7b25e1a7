/**
 * A price path that is a function of time alone: asking more often, or for another symbol, moves
 * nothing.
 *
 * A walk is built by midpoint displacement: the middle of a stretch of 2^n steps is the mean of its
 * ends plus a draw whose size grows with the square root of the stretch. Two neighbouring steps
 * therefore differ by at most `stepPoints`, and any instant costs a few dozen operations, however
 * long nobody asked. Known limit: the steps of a path are less independent than those of a true
 * random walk.
 */
import { PlacedDraws } from './draws.ts';

/** 2^42 steps of 1 us are 50 days, longer than any run. */
const LEVELS = 42;
/**
 * A displacement is at most a fifth of a step times the square root of the stretch: bounds the
 * step.
 */
const SIZE_DIVISOR = 5;
/** The path is folded back into this range, which keeps it positive and its steps as small. */
const POINTS_MIN = 1;
const POINTS_MAX = 2_000_000_000;

/** Steps of a stretch by its level, and their square roots. */
const LENGTH: number[] = [1];
for (let level = 1; level <= LEVELS; level++) LENGTH.push(2 * (LENGTH[level - 1] as number));
const ROOT: readonly number[] = LENGTH.map((length) => Math.sqrt(length));
/** More than there are levels: a place among the draws is stretch * PLACES + level. */
const PLACES = 64;

export class PricePath {
  readonly #stepUs: number;
  readonly #stepPoints: number;
  readonly #draws: PlacedDraws;
  /** By level: the stretch that was asked for last, and the prices at its ends. */
  readonly #index = new Float64Array(LEVELS + 1).fill(-1);
  readonly #left = new Float64Array(LEVELS + 1);
  readonly #right = new Float64Array(LEVELS + 1);

  /** `pricePoints` is the price at time 0; it moves by at most `stepPoints` every `stepUs`. */
  constructor(
    seed: number,
    symbolName: string,
    pricePoints: number,
    stepPoints: number,
    stepUs: number,
  ) {
    this.#stepUs = stepUs;
    this.#stepPoints = stepPoints;
    this.#draws = new PlacedDraws(seed, symbolName, 'price');
    this.#index[LEVELS] = 0;
    this.#left[LEVELS] = pricePoints;
    this.#right[LEVELS] = pricePoints;
  }

  /** The price at `nowUs`, in points. */
  at(nowUs: number): number {
    const step = Math.floor(nowUs / this.#stepUs);
    let level = 0;
    while (level < LEVELS && this.#index[level] !== this.#stretch(step, level)) level += 1;
    for (; level > 0; level--) this.#halve(step, level);
    return fold(this.#left[0] as number);
  }

  #stretch(step: number, level: number): number {
    return Math.floor(step / (LENGTH[level] as number));
  }

  /** Goes from the stretch at `level` to its half that holds `step`. */
  #halve(step: number, level: number): void {
    const left = this.#left[level] as number;
    const right = this.#right[level] as number;
    const size = Math.floor(((ROOT[level] as number) * this.#stepPoints) / SIZE_DIVISOR);
    const place = (this.#index[level] as number) * PLACES + level;
    const middle = Math.floor((left + right) / 2) + this.#draws.between(place, -size, size);
    const below = level - 1;
    const half = this.#stretch(step, below);
    const inLeft = half % 2 === 0;
    this.#index[below] = half;
    this.#left[below] = inLeft ? left : middle;
    this.#right[below] = inLeft ? middle : right;
  }
}

function fold(points: number): number {
  const span = POINTS_MAX - POINTS_MIN;
  const period = 2 * span;
  const phase = (((points - POINTS_MIN) % period) + period) % period;
  return POINTS_MIN + (phase <= span ? phase : period - phase);
}
