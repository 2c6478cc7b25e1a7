/**
 * What the gateway remembers of a symbol's executions: the last 1,024 of them, in bounded memory.
 *
 * By it the gateway recognises an order that comes again, and answers what became of one. Known
 * limit: an order that comes again after 1,024 later executions of its symbol is taken for a new
 * one.
 */
import type { Deal } from './protocol.ts';

export const DEALS_KEPT = 1_024;
const MASK = DEALS_KEPT - 1;

/** A deal with what it takes to answer, or to execute, the same order again. */
export interface RememberedDeal extends Deal {
  /** Names the draw of its outcome. */
  readonly signal: number;
  /** The price of the execution. */
  readonly points: number;
}

export class Deals {
  readonly #order: number[] = [];
  readonly #ticket: number[] = [];
  readonly #signal: number[] = [];
  readonly #points: number[] = [];
  readonly #profit: number[] = [];
  #count = 0;
  #newest = -1;

  /** `profit` is what was realised, commission included, in cents. */
  remember(order: number, ticket: number, signal: number, points: number, profit: number): void {
    const at = this.#count & MASK;
    this.#count += 1;
    this.#order[at] = order;
    this.#ticket[at] = ticket;
    this.#signal[at] = signal;
    this.#points[at] = points;
    this.#profit[at] = profit;
    if (order > this.#newest) this.#newest = order;
  }

  /** An order's first execution that is remembered. */
  find(order: number): RememberedDeal | undefined {
    // Orders are numbered upwards, so nearly every one is known to be new without a search.
    if (order > this.#newest) return undefined;
    for (let place = this.#first(); place < this.#count; place++) {
      if (this.#order[place & MASK] === order) return this.#at(place & MASK);
    }
    return undefined;
  }

  /** What is remembered, oldest first. */
  list(): Deal[] {
    const deals: Deal[] = [];
    for (let place = this.#first(); place < this.#count; place++) {
      const { order, ticket, profit } = this.#at(place & MASK);
      deals.push({ order, ticket, profit });
    }
    return deals;
  }

  #first(): number {
    return Math.max(0, this.#count - DEALS_KEPT);
  }

  #at(at: number): RememberedDeal {
    return {
      order: this.#order[at] as number,
      ticket: this.#ticket[at] as number,
      signal: this.#signal[at] as number,
      points: this.#points[at] as number,
      profit: this.#profit[at] as number,
    };
  }
}
