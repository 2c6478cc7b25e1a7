/**
 * The ledger's total and the aggregator's as they change, in cents, for the lane that shows both.
 *
 * The aggregator is the sum of its symbols' figures, until it states a total of its own. Known
 * limit: figures in dollars are floats and are drawn, not judged; exact text is the
 * reconciliation's.
 */
import { StepSeries } from './step-series.ts';

const CENTS_PER_DOLLAR = 100;

export class PnlIndex {
  readonly ledger = new StepSeries();
  readonly aggregator = new StepSeries();
  readonly #figures = new Float64Array(256);

  fill(timeUs: number, cents: number, seq: number): void {
    this.ledger.add(timeUs, this.ledger.last + cents, seq);
  }

  figure(timeUs: number, symbol: number, inDollars: boolean, value: number, seq: number): void {
    const cents = inDollars ? value * CENTS_PER_DOLLAR : value;
    const changed = cents - (this.#figures[symbol] as number);
    this.#figures[symbol] = cents;
    this.aggregator.add(timeUs, this.aggregator.last + changed, seq);
  }

  total(timeUs: number, inDollars: boolean, value: number, seq: number): void {
    this.aggregator.add(timeUs, inDollars ? value * CENTS_PER_DOLLAR : value, seq);
  }
}
