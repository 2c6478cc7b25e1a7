/**
 * A symbol's signals: whether it wants to trade, which way, and how much it puts at risk.
 *
 * Invariant: each signal draws once from each of its streams, whatever becomes of it, so that a
 * refused order, a fault or another symbol moves none of the later draws. What a trade earns is not
 * decided here but by the gateway's market.
 */
import { RandomStream } from '../base/random.ts';
import type { Side } from './protocol.ts';

const MILLION_MAX = 999_999;

/** The part of a market's settings that the engine's side draws from. */
export interface SignalOptions {
  /** A signal wants to trade when its draw of 0 to 999,999 exceeds this. */
  readonly skipPerMillion: number;
  /** Exposure of an order in basis points, least and most. */
  readonly exposureBp: readonly [number, number];
}

/** One signal, as an order desk needs to know it. */
export type Signal = Readonly<Pick<Signals, 'number' | 'wantsTrade' | 'side' | 'exposureBp'>>;

/** The present signal of one symbol; `next` moves on to the following one. */
export class Signals {
  readonly #trade: RandomStream;
  readonly #side: RandomStream;
  readonly #exposure: RandomStream;
  readonly #options: SignalOptions;
  /** Number of the present signal, from 0; -1 before the first. */
  number = -1;
  wantsTrade = false;
  side: Side = 'BUY';
  /** What an order of this signal would put at risk, in basis points. */
  exposureBp = 0;

  constructor(seed: number, symbolName: string, options: SignalOptions) {
    this.#trade = new RandomStream(seed, symbolName, 'trade');
    this.#side = new RandomStream(seed, symbolName, 'side');
    this.#exposure = new RandomStream(seed, symbolName, 'exposure');
    this.#options = options;
  }

  next(): void {
    const { skipPerMillion, exposureBp } = this.#options;
    this.number += 1;
    this.wantsTrade = this.#trade.between(0, MILLION_MAX) > skipPerMillion;
    this.side = this.#side.between(0, 1) === 0 ? 'BUY' : 'SELL';
    this.exposureBp = this.#exposure.between(exposureBp[0], exposureBp[1]);
  }
}
