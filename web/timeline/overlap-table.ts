/**
 * Stretches in which more than one was inside, each with what was ordered and filled in it.
 *
 * A stretch begins with the enter that made two and ends with the exit that left one; whatever
 * stands between those two events in the trace is inside. Invariant: stretches are in order and
 * never share an event, so their fills and cents add up to the whole run's. Known limit: an order
 * that is asked for again after a later one of its symbol counts twice within one stretch.
 */
import { GrowingBits } from '../../sim/index.ts';
import { firstRow, PAGE_MASK, PAGE_ROWS, Paged } from './paged.ts';

/** Orders, executions and their realised cents. */
export interface Affected {
  readonly orders: number;
  readonly fills: number;
  readonly cents: number;
}

/** One stretch; its end is undefined while it lasts. */
export interface OverlapStretch extends Affected {
  readonly startUs: number;
  readonly startSeq: number;
  readonly endUs: number | undefined;
  readonly endSeq: number | undefined;
  /** The most that were inside at once. */
  readonly most: number;
}

const OPEN_SEQ = 0xffff_ffff;

class OverlapPage {
  readonly startUs = new Float64Array(PAGE_ROWS);
  readonly endUs = new Float64Array(PAGE_ROWS);
  readonly cents = new Float64Array(PAGE_ROWS);
  readonly startSeq = new Uint32Array(PAGE_ROWS);
  readonly endSeq = new Uint32Array(PAGE_ROWS);
  readonly orders = new Uint32Array(PAGE_ROWS);
  readonly fills = new Uint32Array(PAGE_ROWS);
  readonly most = new Uint16Array(PAGE_ROWS);
}

/** Counts orders once, however often they are met. */
class Count {
  readonly #met = new GrowingBits();
  orders = 0;
  fills = 0;
  cents = 0;

  meet(order: number): void {
    if (this.#met.has(order)) return;
    this.#met.add(order);
    this.orders += 1;
  }

  fill(order: number, cents: number): void {
    this.meet(order);
    this.fills += 1;
    this.cents += cents;
  }

  get affected(): Affected {
    return { orders: this.orders, fills: this.fills, cents: this.cents };
  }
}

export class OverlapTable {
  readonly #rows = new Paged(() => new OverlapPage());
  readonly #all = new Count();
  readonly #inside = new Count();
  /** The order that each symbol was last met with, and in which stretch. */
  readonly #lastOrder = new Float64Array(256).fill(-1);
  readonly #lastRow = new Float64Array(256).fill(-1);
  #isOpen = false;
  #insideUs = 0;

  /** How many stretches there were. */
  get size(): number {
    return this.#rows.size;
  }

  /** How long the stretches that are over lasted, in microseconds. */
  get insideUs(): number {
    return this.#insideUs;
  }

  /** What happened in the whole trace. */
  get all(): Affected {
    return this.#all.affected;
  }

  /** What happened while more than one was inside. */
  get inside(): Affected {
    return this.#inside.affected;
  }

  /** So many are inside since now: more than one. */
  raise(timeUs: number, seq: number, holders: number): void {
    const row = this.#isOpen ? this.size - 1 : this.#rows.add();
    const page = this.#rows.of(row);
    const at = row & PAGE_MASK;
    if (!this.#isOpen) {
      this.#isOpen = true;
      page.startUs[at] = timeUs;
      page.startSeq[at] = seq;
      page.endUs[at] = Infinity;
      page.endSeq[at] = OPEN_SEQ;
    }
    if (holders > (page.most[at] as number)) page.most[at] = Math.min(holders, 0xffff);
  }

  /** No more than one is inside since now. */
  end(timeUs: number, seq: number): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    const row = this.size - 1;
    const page = this.#rows.of(row);
    const at = row & PAGE_MASK;
    page.endUs[at] = timeUs;
    page.endSeq[at] = seq;
    this.#insideUs += timeUs - (page.startUs[at] as number);
  }

  /** An order was asked for. */
  order(symbol: number, order: number): void {
    this.#all.meet(order);
    if (!this.#isOpen) return;
    this.#inside.meet(order);
    this.#touch(symbol, order);
  }

  /** An order was executed. */
  fill(symbol: number, order: number, cents: number): void {
    this.#all.fill(order, cents);
    if (!this.#isOpen) return;
    this.#inside.fill(order, cents);
    this.#touch(symbol, order);
    const row = this.size - 1;
    const page = this.#rows.of(row);
    const at = row & PAGE_MASK;
    page.fills[at] = (page.fills[at] as number) + 1;
    page.cents[at] = (page.cents[at] as number) + cents;
  }

  #touch(symbol: number, order: number): void {
    const row = this.size - 1;
    if (this.#lastOrder[symbol] === order && this.#lastRow[symbol] === row) return;
    this.#lastOrder[symbol] = order;
    this.#lastRow[symbol] = row;
    const page = this.#rows.of(row);
    const at = row & PAGE_MASK;
    page.orders[at] = (page.orders[at] as number) + 1;
  }

  /** The stretch in place `row`, from 0. */
  read(row: number): OverlapStretch {
    const page = this.#rows.of(row);
    const at = row & PAGE_MASK;
    const endSeq = page.endSeq[at] as number;
    const isOver = endSeq !== OPEN_SEQ;
    return {
      startUs: page.startUs[at] as number,
      startSeq: page.startSeq[at] as number,
      endUs: isOver ? page.endUs[at] : undefined,
      endSeq: isOver ? endSeq : undefined,
      most: page.most[at] as number,
      orders: page.orders[at] as number,
      fills: page.fills[at] as number,
      cents: page.cents[at] as number,
    };
  }

  /** The stretch that event `seq` lies in, its first and its last event included. */
  at(seq: number): OverlapStretch | undefined {
    const row = firstRow(0, this.size, (one) => this.#startSeq(one) > seq) - 1;
    if (row < 0) return undefined;
    const stretch = this.read(row);
    return stretch.endSeq === undefined || seq <= stretch.endSeq ? stretch : undefined;
  }

  #startSeq(row: number): number {
    return this.#rows.of(row).startSeq[row & PAGE_MASK] as number;
  }
}
