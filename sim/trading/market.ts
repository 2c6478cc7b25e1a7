/**
 * A symbol's market as the gateway knows it: prices, and what a trade earns.
 *
 * Invariant: what an order of one signal earns in the `reference` model depends on seed, symbol and
 * signal only, so an order that is executed twice books the same amount twice. In `random-walk` it
 * depends on the prices at the two instants. All amounts are whole cents, posted half-even.
 */
import { assertUnreachable } from '../base/assert.ts';
import { PlacedDraws } from './draws.ts';
import { PricePath } from './price-path.ts';
import type { Side } from './protocol.ts';
import { divideHalfEven } from './rounding.ts';
import type { SignalOptions } from './signals.ts';

/** A volume of 1,000 thousandths is one lot; a move of one point earns a lot one cent. */
const MILLI_PER_LOT = 1_000;

export interface ReferenceMarketOptions extends SignalOptions {
  readonly kind: 'reference';
  /** What a trade earns, drawn uniformly, both ends included. */
  readonly pnlCents: readonly [number, number];
}

export interface RandomWalkMarketOptions extends SignalOptions {
  readonly kind: 'random-walk';
  /** First bid, in points. */
  readonly pricePoints: number;
  /** Largest move of the bid in one step, up or down. */
  readonly stepPoints: number;
  readonly stepUs: number;
  readonly spreadPoints: number;
  /** Charged for each execution, opening and closing alike. */
  readonly commissionCents: number;
}

export type MarketOptions = ReferenceMarketOptions | RandomWalkMarketOptions;

/** A position, as far as its market must know it. */
export interface Exposed {
  readonly signal: number;
  readonly side: Side;
  /** Volume when it was opened, and what is left of it. */
  readonly openedMilli: number;
  readonly volumeMilli: number;
  readonly openPoints: number;
}

export interface Market {
  /** Charged for each execution. */
  readonly commissionCents: number;
  /** The price at which `side` opens, in points. */
  openPoints(side: Side, nowUs: number): number;
  /** The price at which a position of `side` closes, in points. */
  closePoints(side: Side, nowUs: number): number;
  /** What closing `volumeMilli` of a position earns now, before commission, in cents. */
  profitCents(position: Exposed, volumeMilli: number, nowUs: number): number;
  /** What opening and closing at once earns, before commission, in cents. */
  roundTripCents(signal: number, side: Side, volumeMilli: number, nowUs: number): number;
}

/** The market that a scenario's section describes, for one symbol. */
export function createMarket(seed: number, symbolName: string, options: MarketOptions): Market {
  switch (options.kind) {
    case 'reference':
      return new ReferenceMarket(seed, symbolName, options);
    case 'random-walk':
      return new RandomWalkMarket(seed, symbolName, options);
    default:
      return assertUnreachable(options);
  }
}

/**
 * The reference's rule: a trade earns a uniform draw, whatever its volume; the price stands still.
 */
class ReferenceMarket implements Market {
  static readonly #PRICE_POINTS = 100_000;
  readonly commissionCents = 0;
  readonly #pnl: PlacedDraws;
  readonly #min: number;
  readonly #max: number;

  constructor(seed: number, symbolName: string, options: ReferenceMarketOptions) {
    this.#pnl = new PlacedDraws(seed, symbolName, 'pnl');
    this.#min = Math.min(options.pnlCents[0], options.pnlCents[1]);
    this.#max = Math.max(options.pnlCents[0], options.pnlCents[1]);
  }

  openPoints(): number {
    return ReferenceMarket.#PRICE_POINTS;
  }

  closePoints(): number {
    return ReferenceMarket.#PRICE_POINTS;
  }

  /** Shares of a position add up to its draw exactly, in whatever portions it is closed. */
  profitCents(position: Exposed, volumeMilli: number): number {
    const { openedMilli } = position;
    const drawn = this.roundTripCents(position.signal);
    const closed = openedMilli - position.volumeMilli;
    const before = divideHalfEven(drawn * closed, openedMilli);
    return divideHalfEven(drawn * (closed + volumeMilli), openedMilli) - before;
  }

  roundTripCents(signal: number): number {
    return this.#pnl.between(signal, this.#min, this.#max);
  }
}

/** A bid that wanders, an ask above it, and profit from the difference of two prices. */
class RandomWalkMarket implements Market {
  readonly commissionCents: number;
  readonly #path: PricePath;
  readonly #spreadPoints: number;

  constructor(seed: number, symbolName: string, options: RandomWalkMarketOptions) {
    const { pricePoints, stepPoints, stepUs } = options;
    this.commissionCents = options.commissionCents;
    this.#path = new PricePath(seed, symbolName, pricePoints, stepPoints, stepUs);
    this.#spreadPoints = options.spreadPoints;
  }

  openPoints(side: Side, nowUs: number): number {
    const bid = this.#path.at(nowUs);
    return side === 'BUY' ? bid + this.#spreadPoints : bid;
  }

  closePoints(side: Side, nowUs: number): number {
    const bid = this.#path.at(nowUs);
    return side === 'BUY' ? bid : bid + this.#spreadPoints;
  }

  profitCents(position: Exposed, volumeMilli: number, nowUs: number): number {
    const { side, openPoints } = position;
    const close = this.closePoints(side, nowUs);
    const move = side === 'BUY' ? close - openPoints : openPoints - close;
    return divideHalfEven(move * volumeMilli, MILLI_PER_LOT);
  }

  roundTripCents(_signal: number, _side: Side, volumeMilli: number, _nowUs: number): number {
    return divideHalfEven(-this.#spreadPoints * volumeMilli, MILLI_PER_LOT);
  }
}
