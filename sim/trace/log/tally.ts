/** What an engine keeps count of for its own report: trades, wins, PnL and exposure of a symbol. */
import { addCents } from '../../base/money.ts';
import { EventKind, type EventView, OrderEffect } from '../event.ts';

export class SymbolTally {
  trades = 0;
  wins = 0;
  cents = 0;
  exposureBp = 0;
  /** Number of the last signal. */
  signal = 0;
  #orderedBp = 0;

  /** Counts an event of the symbol. */
  step(event: EventView): void {
    switch (event.kind) {
      case EventKind.signal:
        this.signal = event.a;
        return;
      case EventKind.order:
        this.#orderedBp = event.b === OrderEffect.reduce ? 0 : event.value;
        return;
      case EventKind.fill:
        this.trades += 1;
        if (event.value > 0) this.wins += 1;
        this.cents = addCents(this.cents, event.value);
        this.exposureBp += this.#orderedBp;
        this.#orderedBp = 0;
        return;
      default:
    }
  }

  /** Wins per trade in hundredths of a percent, rounded half up; 0 without trades. */
  get winRateBp(): number {
    return this.trades === 0
      ? 0
      : Math.floor((this.wins * 20_000 + this.trades) / (2 * this.trades));
  }
}
