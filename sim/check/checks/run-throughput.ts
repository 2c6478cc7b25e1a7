/**
 * run.throughput: more orders are executed each second than the scenario asks for.
 *
 * Each order counts once, however often it was executed; time runs from the start of the run to its
 * end. A minimum of 0 asks for nothing: no occasion.
 */
import { formatMs, US_PER_S } from '../../base/time.ts';
import { EventKind } from '../../trace/event.ts';
import type { TraceBook } from '../../trace/book.ts';
import type { Check, CheckFold, Facts, Finding } from '../contract.ts';
import type { TraceEnd } from '../../trace/observer.ts';
import { Findings } from '../findings.ts';

const TOO_SLOW =
  '{trades} trades in {elapsedMs} ms are {perSecond} a second; more than {min} are asked for.';

class RunThroughput implements CheckFold {
  readonly #min: number;
  readonly findings = new Findings();

  constructor(facts: Facts) {
    this.#min = facts.thresholds.tradesPerSecondMin;
  }

  step(): void {
    // The book counts the executions.
  }

  finish(end: TraceEnd, book: TraceBook): Finding {
    const trades = book.orders.executedCount;
    const elapsedUs = end.timeUs;
    const tradesPerSecond = elapsedUs > 0 ? (trades * US_PER_S) / elapsedUs : 0;
    if (this.#min > 0 && elapsedUs > 0) {
      this.findings.examined = Math.max(1, trades);
      // A rate says something about a whole run only.
      if (end.complete && tradesPerSecond <= this.#min && this.findings.violated()) {
        const perSecond = tradesPerSecond.toFixed(1);
        const values = { trades, elapsedMs: formatMs(elapsedUs), perSecond, min: this.#min };
        this.findings.show(TOO_SLOW, values, []);
      }
    }
    return this.findings.finish(end, { trades, elapsedUs, tradesPerSecond });
  }
}

export const runThroughput: Check = {
  id: 'run.throughput',
  claim: 'More trades are executed each second than asked for.',
  reads: [],
  needs: [EventKind.fill, EventKind.signal],
  timed: true,
  start: (facts) => new RunThroughput(facts),
};
