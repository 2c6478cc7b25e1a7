/**
 * A symbol's open positions at the gateway: at most 1,000 at a time, as accounts limit them.
 */
import { assert } from '../base/assert.ts';
import type { Exposed, Market } from './market.ts';
import type { Position, Side } from './protocol.ts';
import { divideHalfEven } from './rounding.ts';

export const POSITIONS_MAX = 1_000;

/** A position as the gateway keeps it; only `volumeMilli` changes. */
export interface OpenPosition extends Exposed {
  readonly ticket: number;
  readonly order: number;
  readonly side: Side;
  volumeMilli: number;
  /** Exposure when it was opened, in basis points. */
  readonly exposureBp: number;
}

export class Positions {
  readonly #symbol: number;
  readonly #market: Market;
  readonly #open: OpenPosition[] = [];

  constructor(symbol: number, market: Market) {
    this.#symbol = symbol;
    this.#market = market;
  }

  get full(): boolean {
    return this.#open.length >= POSITIONS_MAX;
  }

  add(position: OpenPosition): void {
    assert(!this.full, `expected fewer than ${POSITIONS_MAX} open positions`);
    this.#open.push(position);
  }

  find(ticket: number): OpenPosition | undefined {
    for (const position of this.#open) if (position.ticket === ticket) return position;
    return undefined;
  }

  /** Takes `volumeMilli` off a position; one that is used up is gone. */
  reduce(position: OpenPosition, volumeMilli: number): void {
    position.volumeMilli -= volumeMilli;
    if (position.volumeMilli > 0) return;
    if (this.#open.length === 1) this.#open.length = 0;
    else this.#open.splice(this.#open.indexOf(position), 1);
  }

  /** Appends the positions as a client sees them. */
  list(into: Position[], nowUs: number): void {
    for (const position of this.#open) {
      const { ticket, order, side, volumeMilli, openPoints } = position;
      into.push({
        ticket,
        order,
        symbol: this.#symbol,
        side,
        volumeMilli,
        openPoints,
        currentPoints: this.#market.closePoints(side, nowUs),
        profit: this.#market.profitCents(position, volumeMilli, nowUs),
        exposureBp: exposureLeft(position),
      });
    }
  }

  /** Unrealised profit of all of them, in cents. */
  unrealisedCents(nowUs: number): number {
    let sum = 0;
    for (const position of this.#open) {
      sum += this.#market.profitCents(position, position.volumeMilli, nowUs);
    }
    return sum;
  }

  /** Exposure of all of them, in basis points. */
  exposureBp(): number {
    let sum = 0;
    for (const position of this.#open) sum += exposureLeft(position);
    return sum;
  }
}

function exposureLeft(position: OpenPosition): number {
  const { exposureBp, volumeMilli, openedMilli } = position;
  return divideHalfEven(exposureBp * volumeMilli, openedMilli);
}
