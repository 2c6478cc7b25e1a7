/**
 * run.throughput: more orders are executed each second than the scenario asks for.
 *
 * Each order counts once, however often it was executed; time runs from the start of the run to its
 * end. A minimum of 0 asks for nothing: no occasion.
 */
import { GrowingBits } from '../../base/growing-bits.ts';
import { formatMs, US_PER_S } from '../../base/time.ts';
import { EventKind, type EventView } from '../../trace/event.ts';
import type { Check, CheckFold, Facts, Finding, TraceEnd } from '../contract.ts';
import { Findings } from '../findings.ts';

const TOO_SLOW =
  '{trades} trades in {elapsedMs} ms are {perSecond} a second; more than {min} are asked for.';

class RunThroughput implements CheckFold {
  readonly #min: number;
  readonly #findings = new Findings();
  readonly #executed = new GrowingBits();
  #trades = 0;

  constructor(facts: Facts) {
    this.#min = facts.thresholds.tradesPerSecondMin;
  }

  step(event: EventView): void {
    if (this.#executed.has(event.a)) return;
    this.#executed.add(event.a);
    this.#trades += 1;
  }

  finish(end: TraceEnd): Finding {
    const trades = this.#trades;
    const elapsedUs = end.timeUs;
    const tradesPerSecond = elapsedUs > 0 ? (trades * US_PER_S) / elapsedUs : 0;
    if (this.#min > 0 && elapsedUs > 0) {
      this.#findings.examined = Math.max(1, trades);
      // A rate says something about a whole run only.
      if (end.complete && tradesPerSecond <= this.#min && this.#findings.violated()) {
        const perSecond = tradesPerSecond.toFixed(1);
        const values = { trades, elapsedMs: formatMs(elapsedUs), perSecond, min: this.#min };
        this.#findings.show(TOO_SLOW, values, []);
      }
    }
    return this.#findings.finish(end, { trades, elapsedUs, tradesPerSecond });
  }
}

export const runThroughput: Check = {
  id: 'run.throughput',
  claim: 'More trades are executed each second than asked for.',
  reads: [EventKind.fill],
  needs: [EventKind.fill, EventKind.signal],
  timed: true,
  start: (facts) => new RunThroughput(facts),
};
