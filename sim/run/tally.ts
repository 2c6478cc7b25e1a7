/** Counts what a summary line names: the signals and the trades of a run. */
import type { Observer } from '../check/contract.ts';
import { EventKind, type EventView } from '../trace/event.ts';

export class Tally implements Observer {
  readonly reads = [EventKind.signal, EventKind.fill] as const;
  ticks = 0;
  /** Orders executed, each counted once however often the gateway executed it. */
  trades = 0;
  #seen = new Uint8Array(1_024);

  step(event: EventView): void {
    if (event.kind === EventKind.signal) this.ticks += 1;
    else if (this.#isNew(event.a)) this.trades += 1;
  }

  /** Order numbers are dense from 1: a bit each. */
  #isNew(order: number): boolean {
    const at = order >>> 3;
    if (at >= this.#seen.length) {
      const grown = new Uint8Array(Math.max(at + 1, this.#seen.length * 2));
      grown.set(this.#seen);
      this.#seen = grown;
    }
    const bits = this.#seen[at] as number;
    const bit = 1 << (order & 7);
    this.#seen[at] = bits | bit;
    return (bits & bit) === 0;
  }
}
