/**
 * Updates of the aggregator's total that another may have overwritten: read, suspend, write.
 *
 * Only the total's last value is in the trace, so a lost update is inferred: a write is suspect if
 * the next one comes at the same instant from another task, and suspects are named only if their
 * amounts explain the gap to the cent, all of them or exactly one choice among at most 16.
 */
import type { EventRef, EventView } from '../trace/event.ts';

const KEPT = 256;
const CHOICES_MAX = 16;

/** A write of the total; the amount is in cents. */
export interface SuspectWrite {
  readonly order: number;
  readonly symbol: number;
  readonly cents: number;
  readonly at: EventRef;
}

export class OverwrittenUpdates {
  readonly #suspects: SuspectWrite[] = [];
  #count = 0;
  /** The last write; its task is -1 before the first. */
  #task = -1;
  #order = 0;
  #symbol = 0;
  #cents = 0;
  #seq = 0;
  #timeUs = -1;

  /** A symbol's own update, which moved its figure by `cents`. */
  write(event: EventView, cents: number): void {
    if (event.timeUs === this.#timeUs && event.task !== this.#task) this.#suspect();
    this.#task = event.task;
    this.#order = event.a;
    this.#symbol = event.symbol;
    this.#cents = cents;
    this.#seq = event.seq;
    this.#timeUs = event.timeUs;
  }

  /**
   * The updates whose loss explains that the total is `gapCents` short; empty if none or unclear.
   */
  explain(gapCents: number): readonly SuspectWrite[] {
    const suspects = this.#suspects;
    if (gapCents === 0 || this.#count === 0 || this.#count > suspects.length) return [];
    if (sumOf(suspects) === gapCents) return suspects;
    if (suspects.length > CHOICES_MAX) return [];
    let found: SuspectWrite[] = [];
    for (let choice = 1; choice < 1 << suspects.length; choice++) {
      const chosen = suspects.filter((_, at) => (choice & (1 << at)) !== 0);
      if (sumOf(chosen) !== gapCents) continue;
      if (found.length > 0) return [];
      found = chosen;
    }
    return found;
  }

  #suspect(): void {
    this.#count += 1;
    if (this.#suspects.length === KEPT) return;
    this.#suspects.push({
      order: this.#order,
      symbol: this.#symbol,
      cents: this.#cents,
      at: { seq: this.#seq, timeUs: this.#timeUs },
    });
  }
}

function sumOf(writes: readonly SuspectWrite[]): number {
  return writes.reduce((sum, write) => sum + write.cents, 0);
}
