/**
 * The holds of one lane with the wait that led to each: 32 bytes a hold, in order of their begin.
 *
 * Durations are whole microseconds in 32 bits; the few that are longer (over 71 minutes) stand in a
 * map beside. Known limits: sequence numbers below 2^32 - 1; more than 255 holders or waiters at
 * once are shown as 255; a lane whose own holds overlap (some logs) is found by pages instead of by
 * halves.
 */
import { firstRow, PAGE_MASK, PAGE_ROWS, PAGE_SHIFT, Paged } from './paged.ts';

/** A column holds this where an event was not recorded, or has not happened yet. */
export const NO_SEQ = 0xffff_ffff;
export const NO_LANE = 255;

const OPEN = 0xffff_ffff;
const LONG = 0xffff_fffe;
const NOT_RECORDED = 0xffff_ffff;

/** How many rows beside a place are looked at where holds of one lane overlap. */
const CROWD_ROWS = 64;

class HoldPage {
  readonly startUs: Float64Array;
  readonly holdUs: Uint32Array;
  readonly waitUs: Uint32Array;
  readonly enterSeq: Uint32Array;
  readonly exitSeq: Uint32Array;
  readonly requestSeq: Uint32Array;
  readonly holders: Uint8Array;
  readonly depth: Uint8Array;
  readonly overlapped: Uint8Array;
  readonly from: Uint8Array;
  /** The latest end of its closed holds, how many are open, and how many began as violations. */
  endUsMax = 0;
  open = 0;
  violations = 0;

  constructor() {
    const buffer = new ArrayBuffer(PAGE_ROWS * 32);
    const at = (bytes: number): number => PAGE_ROWS * bytes;
    this.startUs = new Float64Array(buffer, 0, PAGE_ROWS);
    this.holdUs = new Uint32Array(buffer, at(8), PAGE_ROWS);
    this.waitUs = new Uint32Array(buffer, at(12), PAGE_ROWS);
    this.enterSeq = new Uint32Array(buffer, at(16), PAGE_ROWS);
    this.exitSeq = new Uint32Array(buffer, at(20), PAGE_ROWS);
    this.requestSeq = new Uint32Array(buffer, at(24), PAGE_ROWS);
    this.holders = new Uint8Array(buffer, at(28), PAGE_ROWS);
    this.depth = new Uint8Array(buffer, at(29), PAGE_ROWS);
    this.overlapped = new Uint8Array(buffer, at(30), PAGE_ROWS);
    this.from = new Uint8Array(buffer, at(31), PAGE_ROWS);
    // Filled at once here, so that a hold that begins writes only what is its own.
    this.holdUs.fill(OPEN);
    this.waitUs.fill(NOT_RECORDED);
    this.exitSeq.fill(NO_SEQ);
    this.requestSeq.fill(NO_SEQ);
    this.from.fill(NO_LANE);
  }
}

export class HoldTable {
  readonly #rows = new Paged(() => new HoldPage());
  readonly #longHolds = new Map<number, number>();
  readonly #longWaits = new Map<number, number>();
  /** From grant to enter, for those that did not enter at once. */
  readonly #leads = new Map<number, number>();
  #open = 0;
  /** Whether two holds of this lane ever overlapped each other. */
  selfOverlap = false;

  get size(): number {
    return this.#rows.size;
  }

  /** A hold begins; its row. */
  open(startUs: number, seq: number, holders: number): number {
    const row = this.#rows.add();
    const page = this.#rows.of(row);
    const at = row & PAGE_MASK;
    page.startUs[at] = startUs;
    page.enterSeq[at] = seq;
    page.holders[at] = Math.min(holders, 255);
    page.open += 1;
    if (holders > 1) {
      page.violations += 1;
      page.overlapped[at] = 1;
    }
    if (this.#open > 0) this.selfOverlap = true;
    this.#open += 1;
    return row;
  }

  /** What the hold in `row` had waited for, and how many stood in line with it. */
  setWait(
    row: number,
    requestUs: number,
    grantUs: number,
    requestSeq: number,
    depth: number,
    from: number,
  ): void {
    const page = this.#rows.of(row);
    const at = row & PAGE_MASK;
    const waitUs = grantUs - requestUs;
    if (waitUs >= LONG) this.#longWaits.set(row, waitUs);
    page.waitUs[at] = waitUs >= LONG ? LONG : waitUs;
    page.requestSeq[at] = requestSeq;
    page.depth[at] = Math.min(depth, 255);
    page.from[at] = Math.min(from, NO_LANE);
    const leadUs = (page.startUs[at] as number) - grantUs;
    if (leadUs > 0) this.#leads.set(row, leadUs);
  }

  /** It is over; when it had begun. */
  close(row: number, endUs: number, seq: number): number {
    const page = this.#rows.of(row);
    const at = row & PAGE_MASK;
    const startUs = page.startUs[at] as number;
    const holdUs = endUs - startUs;
    if (holdUs >= LONG) this.#longHolds.set(row, holdUs);
    page.holdUs[at] = holdUs >= LONG ? LONG : holdUs;
    page.exitSeq[at] = seq;
    page.open -= 1;
    if (endUs > page.endUsMax) page.endUsMax = endUs;
    this.#open -= 1;
    return startUs;
  }

  /** Somebody else was inside with it. */
  markOverlapped(row: number): void {
    this.#rows.of(row).overlapped[row & PAGE_MASK] = 1;
  }

  startUs(row: number): number {
    return this.#rows.of(row).startUs[row & PAGE_MASK] as number;
  }

  /** Infinity while it lasts. */
  endUs(row: number): number {
    const page = this.#rows.of(row);
    const holdUs = page.holdUs[row & PAGE_MASK] as number;
    if (holdUs === OPEN) return Infinity;
    const startUs = page.startUs[row & PAGE_MASK] as number;
    return startUs + (holdUs === LONG ? (this.#longHolds.get(row) ?? 0) : holdUs);
  }

  /** From request to grant; undefined where no request is recorded. */
  waitUs(row: number): number | undefined {
    const waitUs = this.#rows.of(row).waitUs[row & PAGE_MASK] as number;
    if (waitUs === NOT_RECORDED) return undefined;
    return waitUs === LONG ? this.#longWaits.get(row) : waitUs;
  }

  /** When it was let in: at its begin, or before if it did not enter at once. */
  grantUs(row: number): number {
    const startUs = this.startUs(row);
    return this.#leads.size === 0 ? startUs : startUs - (this.#leads.get(row) ?? 0);
  }

  /** When it was asked for; its begin where no request is recorded. */
  requestUs(row: number): number {
    return this.grantUs(row) - (this.waitUs(row) ?? 0);
  }

  enterSeq(row: number): number {
    return this.#rows.of(row).enterSeq[row & PAGE_MASK] as number;
  }

  /** NO_SEQ while it lasts. */
  exitSeq(row: number): number {
    return this.#rows.of(row).exitSeq[row & PAGE_MASK] as number;
  }

  /** NO_SEQ where no request is recorded. */
  requestSeq(row: number): number {
    return this.#rows.of(row).requestSeq[row & PAGE_MASK] as number;
  }

  /** How many were inside when it began, itself included. */
  holders(row: number): number {
    return this.#rows.of(row).holders[row & PAGE_MASK] as number;
  }

  /** How many stood in line when it asked, itself included; 0 if it was let in at once. */
  depth(row: number): number {
    return this.#rows.of(row).depth[row & PAGE_MASK] as number;
  }

  isOverlapped(row: number): boolean {
    return this.#rows.of(row).overlapped[row & PAGE_MASK] === 1;
  }

  /** Lane of whoever let go last before it was let in, or NO_LANE. */
  from(row: number): number {
    return this.#rows.of(row).from[row & PAGE_MASK] as number;
  }

  /** The first row that begins at `timeUs` or later. */
  firstFrom(timeUs: number): number {
    return firstRow(0, this.size, (row) => this.startUs(row) >= timeUs);
  }

  /** The first row whose hold ends after `timeUs`; all before it are over by then. */
  firstLasting(timeUs: number): number {
    const from = this.firstFrom(timeUs);
    if (!this.selfOverlap) {
      return from > 0 && this.endUs(from - 1) > timeUs ? from - 1 : from;
    }
    const { pages } = this.#rows;
    const last = Math.min(from >> PAGE_SHIFT, pages.length - 1);
    for (let number = 0; number <= last; number++) {
      const page = pages[number] as HoldPage;
      if (page.open === 0 && page.endUsMax <= timeUs) continue;
      const end = Math.min((number + 1) << PAGE_SHIFT, from);
      for (let row = number << PAGE_SHIFT; row < end; row++) {
        if (this.endUs(row) > timeUs) return row;
      }
    }
    return from;
  }

  /** Behind the last row whose hold, or whose wait, begins before `timeUs`. */
  endBefore(timeUs: number): number {
    let end = this.firstFrom(timeUs);
    const limit = Math.min(this.size, end + this.#crowd());
    for (let row = end; row < limit; row++) if (this.requestUs(row) < timeUs) end = row + 1;
    return end;
  }

  /** Rows near `row` in which a neighbouring event can be found. */
  around(row: number): { readonly from: number; readonly to: number } {
    const crowd = this.#crowd();
    return { from: Math.max(0, row - crowd), to: Math.min(this.size, row + crowd) };
  }

  /** The next row from `row` on that began while somebody else was inside, or `size`. */
  violationFrom(row: number): number {
    for (let at = row; at < this.size;) {
      if (this.#rows.of(at).violations === 0) at = ((at >> PAGE_SHIFT) + 1) << PAGE_SHIFT;
      else if (this.holders(at) > 1) return at;
      else at += 1;
    }
    return this.size;
  }

  /** The last row before `row` that began while somebody else was inside, or -1. */
  violationBefore(row: number): number {
    for (let at = Math.min(row, this.size) - 1; at >= 0;) {
      if (this.#rows.of(at).violations === 0) at = ((at >> PAGE_SHIFT) << PAGE_SHIFT) - 1;
      else if (this.holders(at) > 1) return at;
      else at -= 1;
    }
    return -1;
  }

  #crowd(): number {
    return this.selfOverlap ? CROWD_ROWS : 2;
  }
}
