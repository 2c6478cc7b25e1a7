/**
 * A figure that changes in steps, such as a total in cents: its value at any time, and its least
 * and greatest over any stretch without reading every step of it.
 *
 * Values are for drawing; what adds up exactly is the reconciliation. Times never go back.
 */
import { firstRow, PAGE_MASK, PAGE_ROWS, PAGE_SHIFT, Paged } from './paged.ts';

const BLOCK_SHIFT = 6;
const BLOCK_MASK = (1 << BLOCK_SHIFT) - 1;
const BLOCKS = PAGE_ROWS >> BLOCK_SHIFT;

class StepPage {
  readonly timeUs = new Float64Array(PAGE_ROWS);
  readonly value = new Float64Array(PAGE_ROWS);
  readonly seq = new Uint32Array(PAGE_ROWS);
  readonly least = new Float64Array(BLOCKS).fill(Infinity);
  readonly greatest = new Float64Array(BLOCKS).fill(-Infinity);
}

/** The least and the greatest of a stretch. */
export interface Span {
  readonly min: number;
  readonly max: number;
}

export class StepSeries {
  readonly #rows = new Paged(() => new StepPage());
  #min = 0;
  #max = 0;
  /** The value after the last step; 0 before the first. */
  last = 0;

  get size(): number {
    return this.#rows.size;
  }

  /** Of the whole series, 0 included. */
  get whole(): Span {
    return { min: this.#min, max: this.#max };
  }

  add(timeUs: number, value: number, seq: number): void {
    const row = this.#rows.add();
    const page = this.#rows.of(row);
    const at = row & PAGE_MASK;
    const block = at >> BLOCK_SHIFT;
    page.timeUs[at] = timeUs;
    page.value[at] = value;
    page.seq[at] = seq;
    page.least[block] = Math.min(page.least[block] as number, value);
    page.greatest[block] = Math.max(page.greatest[block] as number, value);
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
    this.last = value;
  }

  timeUs(row: number): number {
    return this.#rows.of(row).timeUs[row & PAGE_MASK] as number;
  }

  /** The value after step `row`; 0 for -1. */
  value(row: number): number {
    return row < 0 ? 0 : (this.#rows.of(row).value[row & PAGE_MASK] as number);
  }

  seq(row: number): number {
    return this.#rows.of(row).seq[row & PAGE_MASK] as number;
  }

  /** How many steps were made before `timeUs`, looked for from row `from` on. */
  before(timeUs: number, from = 0): number {
    return firstRow(from, this.size, (row) => this.timeUs(row) >= timeUs);
  }

  /** The value at a time, steps at that very time included. */
  at(timeUs: number): number {
    return this.value(firstRow(0, this.size, (row) => this.timeUs(row) > timeUs) - 1);
  }

  /** The least and greatest from after step `from - 1` to after step `to - 1`. */
  between(from: number, to: number): Span {
    let min = this.value(from - 1);
    let max = min;
    for (let row = from; row < to;) {
      const at = row & PAGE_MASK;
      if ((at & BLOCK_MASK) === 0 && row + BLOCK_MASK < to) {
        const page = this.#rows.pages[row >> PAGE_SHIFT] as StepPage;
        min = Math.min(min, page.least[at >> BLOCK_SHIFT] as number);
        max = Math.max(max, page.greatest[at >> BLOCK_SHIFT] as number);
        row += BLOCK_MASK + 1;
      } else {
        const value = this.value(row);
        min = Math.min(min, value);
        max = Math.max(max, value);
        row += 1;
      }
    }
    return { min, max };
  }
}
