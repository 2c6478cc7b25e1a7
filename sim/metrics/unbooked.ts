/**
 * The fills of one symbol that the aggregator's figure does not contain yet, oldest first.
 *
 * Bounded: the first 1,024 are kept one by one, more are only counted. They empty whenever the
 * figure agrees with the ledger.
 */
import type { EventRef, EventView } from '../trace/event.ts';

const KEPT = 1_024;

/** A fill as it is remembered; amounts in cents. */
export interface UnbookedFill {
  readonly order: number;
  readonly cents: number;
  readonly at: EventRef;
}

export class UnbookedFills {
  readonly #order: number[] = [];
  readonly #cents: number[] = [];
  readonly #seq: number[] = [];
  readonly #timeUs: number[] = [];
  #size = 0;
  #more = 0;

  /** How many there are, those included that are only counted. */
  get count(): number {
    return this.#size + this.#more;
  }

  add(fill: EventView): void {
    if (this.#size === KEPT) {
      this.#more += 1;
      return;
    }
    const at = this.#size;
    this.#order[at] = fill.a;
    this.#cents[at] = fill.value;
    this.#seq[at] = fill.seq;
    this.#timeUs[at] = fill.timeUs;
    this.#size = at + 1;
  }

  clear(): void {
    this.#size = 0;
    this.#more = 0;
  }

  /**
   * The figure moved by `deltaCents` with an update whose last order is `order`: takes out that
   * order if the amount is its own, or all up to it if it is theirs together, where each fill and
   * the figure before and after may be off by `roundingCents`. An amount that is neither takes out
   * nothing.
   */
  book(order: number, deltaCents: number, roundingCents: number): void {
    const last = this.#lastOf(order);
    if (last < 0) return;
    if (Math.abs((this.#cents[last] as number) - deltaCents) <= roundingCents * 3) {
      this.#cut(last, last + 1);
      return;
    }
    let sum = 0;
    for (let at = 0; at <= last; at++) sum += this.#cents[at] as number;
    if (Math.abs(sum - deltaCents) <= roundingCents * (last + 3)) this.#cut(0, last + 1);
  }

  list(): UnbookedFill[] {
    return Array.from({ length: this.#size }, (_, at) => ({
      order: this.#order[at] as number,
      cents: this.#cents[at] as number,
      at: { seq: this.#seq[at] as number, timeUs: this.#timeUs[at] as number },
    }));
  }

  #lastOf(order: number): number {
    for (let at = this.#size - 1; at >= 0; at--) if (this.#order[at] === order) return at;
    return -1;
  }

  #cut(from: number, to: number): void {
    for (let at = to; at < this.#size; at++) {
      const place = at - (to - from);
      this.#order[place] = this.#order[at] as number;
      this.#cents[place] = this.#cents[at] as number;
      this.#seq[place] = this.#seq[at] as number;
      this.#timeUs[place] = this.#timeUs[at] as number;
    }
    this.#size -= to - from;
  }
}
