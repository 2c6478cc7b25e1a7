/**
 * What pointers on the timeline ask for: pan, pinch, select, scrub the minimap, or tap.
 *
 * Pixels in, wishes out; what a wish does to the view is the caller's affair. One pointer does what
 * the place asks for where it went down; two always pinch. Invariant: a tap is a single pointer
 * that never moved further than TAP_PX.
 */

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What a single pointer does from where it went down. */
export type Grip = 'pan' | 'select' | 'scrub';

export type Gesture =
  | { readonly kind: 'none' }
  | { readonly kind: 'pan'; readonly byPx: number }
  /** Fingers spread by `factor` about `atX` and moved by `byPx`. */
  | { readonly kind: 'pinch'; readonly atX: number; readonly factor: number; readonly byPx: number }
  | { readonly kind: 'select'; readonly fromX: number; readonly toX: number }
  | { readonly kind: 'scrub'; readonly x: number }
  | { readonly kind: 'tap'; readonly x: number; readonly y: number };

/** How far a pointer may move and still tap. */
export const TAP_PX = 5;
/** Closer than this, two fingers are one. */
const APART_PX_MIN = 8;

const NONE: Gesture = { kind: 'none' };

export class Gestures {
  /** Pointers that are down, by id, with where they were last. */
  readonly #points = new Map<number, Point>();
  #grip: Grip = 'pan';
  #from: Point = { x: 0, y: 0 };
  #isTap = false;

  /** Whether that pointer is down. */
  has(id: number): boolean {
    return this.#points.has(id);
  }

  down(id: number, point: Point, grip: Grip): Gesture {
    this.#points.set(id, point);
    this.#isTap = this.#points.size === 1;
    this.#grip = grip;
    this.#from = point;
    return grip === 'scrub' && this.#isTap ? { kind: 'scrub', x: point.x } : NONE;
  }

  move(id: number, point: Point): Gesture {
    const last = this.#points.get(id);
    if (last === undefined) return NONE;
    this.#points.set(id, point);
    const away = Math.max(Math.abs(point.x - this.#from.x), Math.abs(point.y - this.#from.y));
    if (away > TAP_PX) this.#isTap = false;
    const other = [...this.#points].find(([one]) => one !== id)?.[1];
    if (other !== undefined) return pinch(last, point, other);
    switch (this.#grip) {
      case 'select':
        return this.#isTap ? NONE : { kind: 'select', fromX: this.#from.x, toX: point.x };
      case 'scrub':
        return { kind: 'scrub', x: point.x };
      case 'pan':
        return { kind: 'pan', byPx: last.x - point.x };
    }
  }

  up(id: number): Gesture {
    const point = this.#points.get(id);
    this.cancel(id);
    if (point === undefined || !this.#isTap || this.#grip === 'scrub') return NONE;
    return { kind: 'tap', ...point };
  }

  /** The pointer is gone: lifted, or taken over by the browser for scrolling. */
  cancel(id: number): void {
    this.#points.delete(id);
    // What is left of a pinch pans on.
    this.#grip = this.#points.size > 0 ? 'pan' : this.#grip;
  }
}

function pinch(last: Point, point: Point, other: Point): Gesture {
  const apart = (one: Point): number =>
    Math.max(APART_PX_MIN, Math.hypot(one.x - other.x, one.y - other.y));
  return {
    kind: 'pinch',
    atX: (point.x + other.x) / 2,
    factor: apart(point) / apart(last),
    byPx: (last.x - point.x) / 2,
  };
}
