/**
 * Exposure limits: how much may be at risk, in all and in one symbol.
 *
 * At risk are open positions, orders from the moment they pass until they are filled, refused or
 * resolved, and, as the reference adds it up, the exposure of every round trip of the run. Basis
 * points throughout. Known limit: one order at a time a symbol.
 */

export interface ExposureOptions {
  readonly exposureTotalBpMax: number;
  readonly exposureSymbolBpMax: number;
  /** `ignored` is the defect that never asks. */
  readonly exposureLimit: 'enforced' | 'ignored';
}

export class Exposure {
  readonly #options: ExposureOptions;
  /** By symbol: at risk in positions, in past round trips, and in the order that is under way. */
  readonly #open: Float64Array;
  readonly #roundTrips: Float64Array;
  readonly #pending: Float64Array;
  #totalBp = 0;

  constructor(symbolCount: number, options: ExposureOptions) {
    this.#options = options;
    this.#open = new Float64Array(symbolCount);
    this.#roundTrips = new Float64Array(symbolCount);
    this.#pending = new Float64Array(symbolCount);
  }

  /** At risk now over all symbols. */
  get totalBp(): number {
    return this.#totalBp;
  }

  /** At risk now in one symbol. */
  symbolBp(symbol: number): number {
    const settled = (this.#open[symbol] as number) + (this.#roundTrips[symbol] as number);
    return settled + (this.#pending[symbol] as number);
  }

  /** Whether `addedBp` more may be put at risk in `symbol`. */
  admits(symbol: number, addedBp: number): boolean {
    const { exposureLimit, exposureSymbolBpMax, exposureTotalBpMax } = this.#options;
    if (exposureLimit === 'ignored') return true;
    const fitsSymbol = this.symbolBp(symbol) + addedBp <= exposureSymbolBpMax;
    return fitsSymbol && this.#totalBp + addedBp <= exposureTotalBpMax;
  }

  /** Sets what the symbol's order under way puts at risk; 0 once it is over. */
  setPending(symbol: number, bp: number): void {
    this.#totalBp += bp - (this.#pending[symbol] as number);
    this.#pending[symbol] = bp;
  }

  /** Sets what the symbol's positions put at risk. */
  setOpen(symbol: number, bp: number): void {
    this.#totalBp += bp - (this.#open[symbol] as number);
    this.#open[symbol] = bp;
  }

  /** A position of the symbol grew by `bp`, or shrank if it is negative; never below nothing. */
  addOpen(symbol: number, bp: number): void {
    this.setOpen(symbol, Math.max(0, (this.#open[symbol] as number) + bp));
  }

  /** A round trip of the symbol was executed. */
  addRoundTrip(symbol: number, bp: number): void {
    this.#totalBp += bp;
    this.#roundTrips[symbol] = (this.#roundTrips[symbol] as number) + bp;
  }
}
