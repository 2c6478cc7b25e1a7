/**
 * Rows in pages of fixed size: columns that grow without ever being copied, at most a page unused.
 *
 * Invariant: row `r` stands in place `r & PAGE_MASK` of page `r >> PAGE_SHIFT`.
 */
import { assertExists } from '../../sim/index.ts';

export const PAGE_SHIFT = 11;
export const PAGE_ROWS = 1 << PAGE_SHIFT;
export const PAGE_MASK = PAGE_ROWS - 1;

/** A growing list of pages that `make` makes; what a page holds is its own affair. */
export class Paged<P> {
  readonly pages: P[] = [];
  readonly #make: () => P;
  size = 0;

  constructor(make: () => P) {
    this.#make = make;
  }

  /** Makes room for one more row; its number. */
  add(): number {
    const row = this.size;
    if ((row & PAGE_MASK) === 0) this.pages.push(this.#make());
    this.size = row + 1;
    return row;
  }

  /** The page of a row that exists. */
  of(row: number): P {
    return assertExists(this.pages[row >> PAGE_SHIFT], 'expected a row of the table');
  }
}

/** The first row from `low` to `size` that `reached` is true of; it is true of all that follow. */
export function firstRow(low: number, size: number, reached: (row: number) => boolean): number {
  let from = low;
  let to = size;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (reached(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}
