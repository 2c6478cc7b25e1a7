/**
 * How often each symbol really made a signal, beside how often it was asked to.
 *
 * Invariant: an interval is the time from one signal of a symbol to its next one in the trace: the
 * pause that was asked for, and all that delayed it.
 */
import { type EventView, EventKind, type Scenario, Tally } from '../../sim/index.ts';
import type { Interval } from './contract.ts';

interface Pace {
  signals: number;
  lastUs: number;
  minUs: number;
  readonly intervals: Tally;
}

export class Paces {
  readonly #scenario: Scenario;
  readonly #paces: readonly Pace[];

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.#paces = scenario.symbols.map(() => ({
      ...{ signals: 0, lastUs: 0, minUs: Infinity, intervals: new Tally() },
    }));
  }

  /** Signals so far, by symbol. */
  get signals(): readonly number[] {
    return this.#paces.map(({ signals }) => signals);
  }

  /** Sees the next event of the trace. */
  readonly step = ({ kind, symbol, timeUs }: EventView): void => {
    if (kind !== EventKind.signal) return;
    const pace = this.#paces[symbol];
    if (pace === undefined) return;
    if (pace.signals > 0) {
      const us = timeUs - pace.lastUs;
      pace.intervals.add(us);
      pace.minUs = Math.min(pace.minUs, us);
    }
    pace.signals += 1;
    pace.lastUs = timeUs;
  };

  /** By symbol. */
  intervals(): readonly Interval[] {
    return this.#paces.map(({ intervals, minUs }, symbol) => {
      const { samples, p50, max } = intervals.percentiles();
      const achievedUs = samples === 0 ? undefined : { min: minUs, median: p50, max };
      const askedUs = this.#scenario.symbols[symbol]?.intervalUs ?? [0, 0];
      return { symbol, askedUs, achievedUs };
    });
  }
}
