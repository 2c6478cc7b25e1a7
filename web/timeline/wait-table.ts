/** Waits of one lane that led to no hold: given up, withdrawn, or granted and never used. */
import { firstRow, PAGE_MASK, PAGE_ROWS, Paged } from './paged.ts';

/** How a wait ended, as a number in a column. */
export const WaitEnd = { granted: 0, timeout: 1, cancelled: 2 } as const;
export type WaitEnd = (typeof WaitEnd)[keyof typeof WaitEnd];

const NAMES = ['granted', 'timeout', 'cancelled'] as const;

class WaitPage {
  readonly startUs = new Float64Array(PAGE_ROWS);
  readonly endUs = new Float64Array(PAGE_ROWS);
  readonly seq = new Uint32Array(PAGE_ROWS);
  readonly end = new Uint8Array(PAGE_ROWS);
  readonly depth = new Uint8Array(PAGE_ROWS);
}

export class WaitTable {
  readonly #rows = new Paged(() => new WaitPage());

  get size(): number {
    return this.#rows.size;
  }

  /** A wait is over. */
  add(startUs: number, endUs: number, seq: number, depth: number, end: WaitEnd): void {
    const row = this.#rows.add();
    const page = this.#rows.of(row);
    const at = row & PAGE_MASK;
    page.startUs[at] = startUs;
    page.endUs[at] = endUs;
    page.seq[at] = seq;
    page.end[at] = end;
    page.depth[at] = Math.min(depth, 255);
  }

  startUs(row: number): number {
    return this.#rows.of(row).startUs[row & PAGE_MASK] as number;
  }

  endUs(row: number): number {
    return this.#rows.of(row).endUs[row & PAGE_MASK] as number;
  }

  /** Of the request. */
  seq(row: number): number {
    return this.#rows.of(row).seq[row & PAGE_MASK] as number;
  }

  endOf(row: number): (typeof NAMES)[number] {
    return NAMES[this.#rows.of(row).end[row & PAGE_MASK] as WaitEnd];
  }

  /** How many stood in line when it was asked for, itself included; up to 255. */
  depth(row: number): number {
    return this.#rows.of(row).depth[row & PAGE_MASK] as number;
  }

  /** The first row that ends at `timeUs` or later: rows stand in the order of their end. */
  firstUntil(timeUs: number): number {
    return firstRow(0, this.size, (row) => this.endUs(row) >= timeUs);
  }
}
