/**
 * The intervals between a symbol's signals, as they came: in real time nobody gets quite those that
 * were asked for.
 */
import {
  EventKind,
  newView,
  type Percentiles,
  readEvent,
  type Scenario,
  type Segment,
  Tally,
} from '../../sim/index.ts';

/** One symbol's intervals, in microseconds. */
export interface Intervals {
  readonly name: string;
  /** Pause that the scenario asks for between two signals, shortest and longest. */
  readonly asked: readonly [number, number];
  readonly achieved: Percentiles;
}

/** Reads a run as it goes by. */
export class IntervalFold {
  readonly #symbols: Scenario['symbols'];
  readonly #tallies: readonly Tally[];
  readonly #lastUs: (number | undefined)[] = [];
  readonly #view = newView();

  constructor({ symbols }: Scenario) {
    this.#symbols = symbols;
    this.#tallies = symbols.map(() => new Tally());
  }

  readonly read = (segment: Segment): void => {
    const view = this.#view;
    for (let at = 0; at < segment.size; at++) {
      readEvent(segment, at, view);
      if (view.kind !== EventKind.signal) continue;
      const lastUs = this.#lastUs[view.symbol];
      if (lastUs !== undefined) this.#tallies[view.symbol]?.add(view.timeUs - lastUs);
      this.#lastUs[view.symbol] = view.timeUs;
    }
  };

  result(): Intervals[] {
    return this.#symbols.map(({ name, intervalUs }, symbol) => ({
      name,
      asked: intervalUs,
      achieved: (this.#tallies[symbol] ?? new Tally()).percentiles(),
    }));
  }
}
